#include <ldif/attribute_description.hpp>
#include <ldif/attribute_rules.hpp>
#include <ldif/compare.hpp>
#include <ldif/distinguished_name.hpp>

#include <algorithm>
#include <unordered_map>

namespace dsplan::ldif {
namespace {

// Names as names, all other values by their octets.
std::string comparison_key(attribute_rules const& rules, std::string_view description,
                           std::string const& value) {
    return rules.is_name_valued ? value_key(description, value) : value;
}

// Values of `left` that `right` does not have.
std::vector<std::string> missing(attribute const& left, attribute const& right) {
    auto const rules = rules_of(left.description);
    std::unordered_map<std::string, std::size_t> known;
    for (auto const& value : right.values)
        ++known[comparison_key(rules, left.description, value)];
    std::vector<std::string> found;
    for (auto const& value : left.values) {
        auto const place = known.find(comparison_key(rules, left.description, value));
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

void compare_attribute(std::vector<modification>& changes, attribute const& before, attribute const& after) {
    if (before.values == after.values)
        return;
    auto removed = missing(before, after);
    auto added = missing(after, before);
    if (removed.empty() && added.empty())
        return;
    bool const replaces = rules_of(after.description).is_single_valued ||
                          (removed.size() == before.values.size() && !added.empty());
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

std::vector<modification> compare(entry const& before, entry const& after) {
    std::vector<modification> changes;
    auto const is_left_out = [&](attribute const& it) {
        return is_outside_change_files(it.description) || names_entry(after, it.description);
    };
    for (auto const& it : before.attributes)
        if (!is_left_out(it) && after.find(it.description) == nullptr)
            changes.push_back({modification_operation::delete_values, it.description, {}});
    for (auto const& it : after.attributes) {
        if (is_left_out(it))
            continue;
        if (auto const* const old = before.find(it.description))
            compare_attribute(changes, *old, it);
        else
            changes.push_back({modification_operation::add, it.description, it.values});
    }
    return changes;
}

} // namespace dsplan::ldif
