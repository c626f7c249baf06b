#include <ldif/storage/stored_entry.hpp>

#include <cstdint>
#include <cstring>

namespace dsplan::ldif {
namespace {

void append_text(std::string& octets, std::string_view text) {
    auto const size = static_cast<std::uint32_t>(text.size());
    char head[sizeof size];
    std::memcpy(head, &size, sizeof size);
    octets.append(head, sizeof size);
    octets += text;
}

std::string_view take_text(std::string_view& octets) {
    std::uint32_t size = 0;
    std::memcpy(&size, octets.data(), sizeof size);
    auto const text = octets.substr(sizeof size, size);
    octets.remove_prefix(sizeof size + size);
    return text;
}

} // namespace

void append_stored(std::string& octets, std::string_view mark, std::string_view dn) {
    append_text(octets, mark);
    append_text(octets, dn);
}

void append_stored_value(std::string& octets, std::string_view description, std::string_view value) {
    append_text(octets, description);
    append_text(octets, value);
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
