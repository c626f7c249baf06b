#include <ldif/changes/attribute_index.hpp>
#include <ldif/changes/partial_values.hpp>

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace dsplan::ldif {
namespace {

// Goes where `left` has a value that `right` does not have.
template <class Unknown>
void for_each_missing(attribute const& left, attribute const& right, attribute_schema const& schema,
                      Unknown take) {
    std::unordered_set<std::string> known;
    for (auto const& value : right.values)
        known.insert(schema.value_key(right.description, value));
    for (auto const& value : left.values)
        if (!known.contains(schema.value_key(right.description, value)))
            take(value);
}

// What the later export does not show may lie behind its range: it stays.
std::size_t keep_hidden(attribute const& before, attribute& after, attribute_schema const& schema) {
    std::vector<std::string> hidden;
    for_each_missing(before, after, schema, [&](auto const& value) { hidden.push_back(value); });
    std::move(hidden.begin(), hidden.end(), std::back_inserter(after.values));
    return hidden.size();
}

// What the earlier export does not show may have been there already.
std::size_t drop_hidden(attribute const& before, attribute& after, attribute_schema const& schema) {
    std::unordered_set<std::string> hidden;
    for_each_missing(after, before, schema, [&](auto const& value) { hidden.insert(value); });
    std::erase_if(after.values, [&hidden](auto const& value) { return hidden.contains(value); });
    return hidden.size();
}

partial_values partial(entry const& of, attribute const& it, bool is_before, bool is_after) {
    return {of.dn, it.description, is_before, is_after, 0};
}

} // namespace

std::vector<partial_values> leave_out_unknown(entry& before, entry& after, attribute_schema const& schema) {
    std::vector<partial_values> found;
    attribute_index const old_ones(before);
    for (auto& now : after.attributes) {
        auto const* const old = old_ones.find(now.description);
        bool const was_open = old != nullptr && old->is_open;
        if (!was_open && !now.is_open)
            continue;
        auto& made = found.emplace_back(partial(after, now, was_open, now.is_open));
        if (was_open)
            made.left_out += drop_hidden(*old, now, schema);
        if (now.is_open && old != nullptr)
            made.left_out += keep_hidden(*old, now, schema);
    }
    return found;
}

std::vector<partial_values> partial_attributes(entry const& added) {
    std::vector<partial_values> found;
    for (auto const& it : added.attributes)
        if (it.is_open)
            found.push_back(partial(added, it, false, true));
    return found;
}

} // namespace dsplan::ldif
