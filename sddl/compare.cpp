#include <sddl/canonical_order.hpp>
#include <sddl/compare.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace dsplan::sddl {
namespace {

// An ACE with what decides whether it is the same as another: its block, then all its octets.
struct keyed {
    byte_string octets;
    std::size_t index;
    bool is_common = false;
};

std::vector<keyed> sorted_keys(acl const& list) {
    std::vector<keyed> keys(list.aces.size());
    for (std::size_t index = 0; index < keys.size(); ++index) {
        append(keys[index].octets, list.aces[index]);
        keys[index].index = index;
    }
    std::sort(keys.begin(), keys.end(), [](keyed const& a, keyed const& b) {
        return std::tie(a.octets, a.index) < std::tie(b.octets, b.index);
    });
    return keys;
}

// Pairs equal ACEs off, so that the second of two equal ones in one list finds no partner where the other
// list has it once.
void mark_common(std::vector<keyed>& before, std::vector<keyed>& after) {
    auto b = before.begin();
    auto a = after.begin();
    while (b != before.end() && a != after.end()) {
        if (b->octets < a->octets)
            ++b;
        else if (a->octets < b->octets)
            ++a;
        else
            (b++)->is_common = (a++)->is_common = true;
    }
}

std::vector<std::size_t> common_indices(std::vector<keyed> const& keys) {
    std::vector<std::size_t> indices;
    for (auto const& key : keys)
        if (key.is_common)
            indices.push_back(key.index);
    std::sort(indices.begin(), indices.end());
    return indices;
}

std::vector<ace> others(acl const& list, std::vector<std::size_t> const& common) {
    std::vector<ace> left;
    for (std::size_t index = 0; index < list.aces.size(); ++index)
        if (!std::binary_search(common.begin(), common.end(), index))
            left.push_back(list.aces[index]);
    return left;
}

acl const& list_or_empty(std::optional<acl> const& list) {
    static acl const empty;
    return list ? *list : empty;
}

std::optional<descriptor_difference::owner_change> changed(std::optional<sid> const& before,
                                                           std::optional<sid> const& after) {
    if (before == after)
        return std::nullopt;
    return descriptor_difference::owner_change{before, after};
}

std::optional<descriptor_difference::state_change> changed(acl_state before, acl_state after) {
    if (before == after)
        return std::nullopt;
    return descriptor_difference::state_change{before, after};
}

} // namespace

acl_difference compare(acl const& before, acl const& after) {
    if (before.aces == after.aces)
        return {};
    auto before_keys = sorted_keys(before);
    auto after_keys = sorted_keys(after);
    mark_common(before_keys, after_keys);
    auto const kept_before = common_indices(before_keys);
    auto const kept_after = common_indices(after_keys);
    acl_difference difference{others(before, kept_before), others(after, kept_after), false};
    difference.is_reordered = !std::equal(
        kept_before.begin(), kept_before.end(), kept_after.begin(),
        [&](std::size_t earlier, std::size_t later) { return before.aces[earlier] == after.aces[later]; });
    return difference;
}

bool descriptor_difference::same_but_for_order() const {
    return !owner && !group && control_set == 0 && control_cleared == 0 && !dacl_state && !sacl_state &&
           dacl.same_aces() && sacl.same_aces();
}

bool descriptor_difference::empty() const {
    return same_but_for_order() && !dacl.is_reordered && !sacl.is_reordered;
}

descriptor_difference compare(security_descriptor const& before, security_descriptor const& after) {
    descriptor_difference difference;
    difference.owner = changed(before.owner, after.owner);
    difference.group = changed(before.group, after.group);
    difference.control_set = static_cast<std::uint16_t>(after.control & ~before.control);
    difference.control_cleared = static_cast<std::uint16_t>(before.control & ~after.control);
    difference.dacl_state = changed(dacl_state(before), dacl_state(after));
    difference.sacl_state = changed(sacl_state(before), sacl_state(after));
    difference.dacl = compare(list_or_empty(before.dacl), list_or_empty(after.dacl));
    difference.sacl = compare(list_or_empty(before.sacl), list_or_empty(after.sacl));
    return difference;
}

} // namespace dsplan::sddl
