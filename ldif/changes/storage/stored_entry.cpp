#include <ldif/attribute_description.hpp>
#include <ldif/changes/storage/stored_entry.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/text/name_folding.hpp>

#include <unordered_set>

namespace dsplan::ldif {
void append_stored(std::string& octets, std::string_view mark, std::string_view dn) {
    append_text(octets, mark);
    append_text(octets, dn);
}

void append_stored_value(std::string& octets, std::string_view description, std::string_view value) {
    append_text(octets, description);
    append_text(octets, value);
}

void append_stored_values(std::string& octets, std::string_view more) {
    (void)take_text(more);
    (void)take_text(more);
    octets += more;
}

std::string with_values_once(std::string_view octets, std::string_view mark) {
    std::string once;
    (void)take_text(octets);
    append_stored(once, mark, take_text(octets));
    std::unordered_set<std::string> known;
    while (!octets.empty()) {
        auto const description = take_text(octets);
        auto const value = take_text(octets);
        auto name = lower_case(without_range(description));
        if (known.insert(name.append(1, '\0').append(value)).second)
            append_stored_value(once, description, value);
    }
    return once;
}

std::string_view stored_mark(std::string_view octets) {
    return take_text(octets);
}

std::string_view stored_dn(std::string_view octets) {
    (void)take_text(octets);
    return take_text(octets);
}

entry load_stored(std::string_view octets) {
    record_view record;
    std::vector<attribute_value_view> attributes;
    (void)take_text(octets);
    record.dn = take_text(octets);
    while (!octets.empty()) {
        auto const description = take_text(octets);
        attributes.push_back({description, take_text(octets)});
    }
    record.attributes = attributes;
    return to_entry(record);
}

} // namespace dsplan::ldif
