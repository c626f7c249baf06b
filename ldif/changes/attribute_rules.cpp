#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/changes/attribute_table.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/text/name_folding.hpp>

#include <utf8.h>

#include <algorithm>
#include <array>

namespace dsplan::ldif {
namespace {

using namespace attribute_table;

constexpr bool by_name(row const& left, row const& right) {
    return left.name < right.name;
}
static_assert(std::is_sorted(std::begin(rows), std::end(rows), by_name));
static_assert(std::adjacent_find(std::begin(rows), std::end(rows), [](row const& a, row const& b) {
                  return a.name == b.name;
              }) == std::end(rows));

constexpr std::size_t longest_name = 64;

unsigned flags_of(std::string_view description) {
    auto const spelled = attribute_name(description);
    if (spelled.size() > longest_name)
        return 0;
    std::array<char, longest_name> lower{};
    std::transform(spelled.begin(), spelled.end(), lower.begin(), to_lower);
    row const wanted{{lower.data(), spelled.size()}, 0};
    auto const* const found = std::lower_bound(std::begin(rows), std::end(rows), wanted, by_name);
    return found != std::end(rows) && found->name == wanted.name ? found->flags : 0;
}

} // namespace

attribute_rules rules_of(std::string_view description) {
    unsigned const flags = flags_of(description);
    auto const has = [flags](flag one) {
        return (flags & one) != 0;
    };
    return {has(single), has(name), has(forward), has(back), has(system), has(constructed), has(replication)};
}

bool is_outside_change_files(std::string_view description) {
    return (flags_of(description) & (back | system | constructed | replication)) != 0;
}

std::string value_key(std::string_view description, std::string_view value) {
    if ((flags_of(description) & name) != 0)
        if (auto key = normalize_name_value(value))
            return std::move(*key);
    return folded_text(value);
}

std::string folded_text(std::string_view value) {
    bool const has_control =
        std::any_of(value.begin(), value.end(), [](char c) { return c >= 0 && c < 0x20; });
    if (has_control || !utf8::is_valid(value.begin(), value.end()))
        return std::string(value);
    std::string key;
    append_folded(key, value);
    return key;
}

bool same_value(std::string_view description, std::string_view left, std::string_view right) {
    return left == right || value_key(description, left) == value_key(description, right);
}

} // namespace dsplan::ldif
