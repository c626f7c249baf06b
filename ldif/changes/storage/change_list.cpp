#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/change_list.hpp>
#include <ldif/changes/storage/stored_record.hpp>
#include <ldif/changes/storage/stored_text.hpp>

#include <string_view>

namespace dsplan::ldif {
namespace {

std::string number(std::uint64_t value) {
    std::string octets;
    append_sorted(octets, value);
    return octets;
}

std::string place_of(std::string_view key, std::size_t index) {
    return std::string(key).append(1, '\0').append(number(index));
}

} // namespace

void change_list::add(std::size_t file, record const& change) {
    auto const type = change.changetype.value_or(change_type::add);
    if (type == change_type::add || type == change_type::ntds_schema_add)
        additions_.put(place_of(tree_key(change.dn), changes_.size()), number(change.line));
    std::string octets;
    append_sorted(octets, static_cast<std::uint64_t>(file));
    append_sorted(octets, change.line);
    append_count(octets, change.value_lines.size());
    for (auto const line : change.value_lines)
        append_count(octets, line);
    append_stored_record(octets, change);
    changes_.add({}, octets); // equal keys keep their order
}

void change_list::for_each(
    std::function<void(std::size_t index, std::size_t file, record const& change)> const& use) {
    std::string_view key;
    std::string_view octets;
    changes_.rewind();
    for (std::size_t index = 0; changes_.next(key, octets); ++index) {
        auto const file = take_sorted<std::uint64_t>(octets);
        auto const line = take_sorted<std::uint64_t>(octets);
        std::vector<std::uint32_t> value_lines(take_count(octets));
        for (auto& each : value_lines)
            each = static_cast<std::uint32_t>(take_count(octets));
        auto change = load_record(octets);
        change.line = line;
        change.value_lines = std::move(value_lines);
        use(index, file, change);
    }
}

std::uint64_t change_list::added_later(std::string const& dn, std::size_t index) {
    auto const key = tree_key(dn);
    std::string place;
    std::string line;
    for (std::string_view above = key; !above.empty(); above = parent_key(above)) {
        auto const prefix = std::string(above) + '\0';
        if (!additions_.behind(place_of(above, index), place, line) || !place.starts_with(prefix))
            continue;
        std::string_view rest = line;
        return take_sorted<std::uint64_t>(rest);
    }
    return 0;
}

} // namespace dsplan::ldif
