#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_index.hpp>
#include <ldif/changes/compare.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>

#include <algorithm>
#include <unordered_map>

namespace dsplan::ldif {
namespace {

// Names as names, all other values by their octets.
std::string comparison_key(bool is_name, std::string const& value) {
    return is_name ? normalize_name_value(value).value_or(value) : value;
}

// Values of `left` that `right` does not have.
std::vector<std::string> missing(attribute const& left, attribute const& right, bool is_name) {
    std::unordered_map<std::string, std::size_t> known;
    for (auto const& value : right.values)
        ++known[comparison_key(is_name, value)];
    std::vector<std::string> found;
    for (auto const& value : left.values) {
        auto const place = known.find(comparison_key(is_name, value));
        if (place == known.end() || place->second == 0)
            found.push_back(value);
        else
            --place->second;
    }
    return found;
}

bool names_entry(entry const& target, std::string_view description) {
    auto const name = parse_distinguished_name(first_rdn_text(target.dn));
    if (!name || name->rdns.empty())
        return false;
    return std::any_of(name->rdns[0].begin(), name->rdns[0].end(), [&](auto const& part) {
        return same_description(part.type, attribute_name(description));
    });
}

void compare_attribute(std::vector<modification>& changes, attribute const& before, attribute const& after,
                       attribute_rules const& rules) {
    if (before.values == after.values)
        return;
    auto removed = missing(before, after, rules.is_name_valued);
    auto added = missing(after, before, rules.is_name_valued);
    if (removed.empty() && added.empty())
        return;
    bool const replaces =
        rules.is_single_valued || (removed.size() == before.values.size() && !added.empty());
    if (replaces) {
        changes.push_back({modification_operation::replace, after.description, after.values});
        return;
    }
    if (!removed.empty())
        changes.push_back({modification_operation::delete_values, after.description, std::move(removed)});
    if (!added.empty())
        changes.push_back({modification_operation::add, after.description, std::move(added)});
}

} // namespace

std::vector<modification> compare(entry const& before, entry const& after, attribute_schema const& schema) {
    std::vector<modification> changes;
    attribute_index const old_ones(before);
    attribute_index const new_ones(after);
    auto const is_left_out = [&](attribute const& it) {
        return schema.is_outside_change_files(it.description) || names_entry(after, it.description);
    };
    for (auto const& it : before.attributes)
        if (!is_left_out(it) && new_ones.find(it.description) == nullptr)
            changes.push_back({modification_operation::delete_values, it.description, {}});
    for (auto const& it : after.attributes) {
        if (is_left_out(it))
            continue;
        if (auto const* const old = old_ones.find(it.description))
            compare_attribute(changes, *old, it, schema.rules_of(it.description));
        else
            changes.push_back({modification_operation::add, it.description, it.values});
    }
    return changes;
}

} // namespace dsplan::ldif
