#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/changes/attribute_table.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/text/name_folding.hpp>

#include <utf8.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dsplan::ldif {
namespace {

using attribute_table::back;
using attribute_table::constructed;
using attribute_table::flag;
using attribute_table::forward;
using attribute_table::name;
using attribute_table::replication;
using attribute_table::single;
using attribute_table::system;

// Without regard to case; all names are ASCII.
constexpr bool is_before(std::string_view left, std::string_view right) {
    for (std::size_t i = 0; i < left.size() && i < right.size(); ++i)
        if (to_lower(left[i]) != to_lower(right[i]))
            return to_lower(left[i]) < to_lower(right[i]);
    return left.size() < right.size();
}

template <class Row>
constexpr bool by_name(Row const& left, Row const& right) {
    return is_before(left.name, right.name);
}

template <class Rows>
constexpr bool is_sorted_and_unique(Rows const& rows) {
    return std::adjacent_find(std::begin(rows), std::end(rows), [](auto const& left, auto const& right) {
               return !by_name(left, right);
           }) == std::end(rows);
}
static_assert(is_sorted_and_unique(attribute_table::rows));

using rows_by_name = std::unordered_map<std::string_view, attribute_table::row const*, attribute_name_hash,
                                        attribute_name_equal>;

// Each value of an export asks for its row.
attribute_table::row const* find_attribute(std::string_view description) {
    static auto const rows = [] {
        rows_by_name made;
        for (auto const& row : attribute_table::rows)
            made.emplace(row.name, &row);
        return made;
    }();
    auto const found = rows.find(attribute_name(description));
    return found == rows.end() ? nullptr : found->second;
}

unsigned flags_of(std::string_view description) {
    auto const* const found = find_attribute(description);
    return found == nullptr ? 0 : found->flags;
}

// Where the rows with an identifier are, sorted by it.
std::vector<attribute_table::row const*> const& rows_by_identifier() {
    static auto const sorted = [] {
        std::vector<attribute_table::row const*> rows;
        for (auto const& it : attribute_table::rows)
            if (!it.identifier.empty())
                rows.push_back(&it);
        std::sort(rows.begin(), rows.end(),
                  [](auto const* left, auto const* right) { return left->identifier < right->identifier; });
        return rows;
    }();
    return sorted;
}

constexpr std::array<std::pair<std::string_view, value_syntax>, 16> syntaxes{{
    {"2.5.5.1", value_syntax::name_value},
    {"2.5.5.10", value_syntax::octets},
    {"2.5.5.11", value_syntax::time},
    {"2.5.5.12", value_syntax::text},
    {"2.5.5.13", value_syntax::text},
    {"2.5.5.14", value_syntax::name_with_data},
    {"2.5.5.15", value_syntax::descriptor},
    {"2.5.5.16", value_syntax::large_integer},
    {"2.5.5.17", value_syntax::sid},
    {"2.5.5.2", value_syntax::identifier},
    {"2.5.5.4", value_syntax::text},
    {"2.5.5.5", value_syntax::text},
    {"2.5.5.6", value_syntax::numeric_text},
    {"2.5.5.7", value_syntax::name_with_data},
    {"2.5.5.8", value_syntax::boolean},
    {"2.5.5.9", value_syntax::integer},
}};

} // namespace

attribute_rules rules_of(std::string_view description) {
    auto const* const found = find_attribute(description);
    if (found == nullptr)
        return {};
    unsigned const flags = found->flags;
    auto const has = [flags](flag one) {
        return (flags & one) != 0;
    };
    return {has(single),      has(name),        has(forward), has(back),    has(system),
            has(constructed), has(replication), true,         found->values};
}

value_syntax syntax_of_identifier(std::string_view attribute_syntax) {
    auto const* const found = std::find_if(syntaxes.begin(), syntaxes.end(),
                                           [&](auto const& it) { return it.first == attribute_syntax; });
    return found == syntaxes.end() ? value_syntax::unknown : found->second;
}

std::string_view without_identifier_prefix(std::string_view description) {
    constexpr std::string_view prefix = "oid.";
    bool const has_prefix =
        description.size() > prefix.size() && equals_keyword(description.substr(0, prefix.size()), prefix);
    return has_prefix ? description.substr(prefix.size()) : description;
}

bool is_identifier(std::string_view description) {
    auto const number = without_identifier_prefix(description);
    return !number.empty() && number.front() >= '0' && number.front() <= '9';
}

std::string_view name_of_identifier(std::string_view identifier) {
    auto const& rows = rows_by_identifier();
    auto const found = std::lower_bound(rows.begin(), rows.end(), identifier,
                                        [](auto const* it, auto wanted) { return it->identifier < wanted; });
    return found != rows.end() && (*found)->identifier == identifier ? (*found)->name : std::string_view();
}

bool is_outside_change_files(std::string_view description) {
    return (flags_of(description) & (back | system | constructed | replication)) != 0;
}

std::string value_key(std::string_view description, std::string_view value) {
    if ((flags_of(description) & name) != 0)
        if (auto key = normalize_name_value(value))
            return std::move(*key);
    return folded_value(value);
}

std::string folded_value(std::string_view value) {
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
