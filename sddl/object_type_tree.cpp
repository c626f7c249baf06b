#include <sddl/object_type_tree.hpp>

#include <algorithm>

namespace dsplan::sddl {
namespace {

bool type_less(std::pair<guid, object_type_tree::node> const& one, guid const& other) {
    return one.first < other;
}

} // namespace

object_type_tree::object_type_tree(guid const& class_type) {
    insert({.type = class_type, .concerns = directory_full_control});
}

void object_type_tree::insert(entry made) {
    auto const index = static_cast<node>(entries_.size());
    made.end = index + 1;
    auto place = std::lower_bound(by_type_.begin(), by_type_.end(), made.type, type_less);
    while (place != by_type_.end() && place->first == made.type)
        ++place;
    by_type_.emplace(place, made.type, index);
    entries_.push_back(made);
}

object_type_tree::node object_type_tree::add(guid const& type, access_mask concerns, node parent) {
    insert({.type = type, .concerns = concerns, .parent = parent});
    auto const index = static_cast<node>(entries_.size() - 1);
    for (node above = parent; above != none; above = entries_[above].parent)
        entries_[above].end = index + 1;
    return index;
}

object_type_tree::node object_type_tree::add_beside(guid const& type, access_mask concerns) {
    insert({.type = type, .concerns = concerns});
    return static_cast<node>(entries_.size() - 1);
}

std::span<std::pair<guid, object_type_tree::node> const> object_type_tree::find(guid const& type) const {
    auto const first = std::lower_bound(by_type_.begin(), by_type_.end(), type, type_less);
    auto last = first;
    while (last != by_type_.end() && last->first == type)
        ++last;
    return std::span(by_type_).subspan(static_cast<std::size_t>(first - by_type_.begin()),
                                       static_cast<std::size_t>(last - first));
}

} // namespace dsplan::sddl
