#include <ldif/changes/apply_modification.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/link_changes.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::ldif {

using status = tl::expected<void, apply_error>;

status link_changes::modify(object_store::object_id holder, modification const& change) {
    switch (change.operation) {
    case modification_operation::add:
        return add_values(holder, change);
    case modification_operation::delete_values:
        return delete_values(holder, change);
    case modification_operation::replace:
        return replace_values(holder, change);
    case modification_operation::increment:
        break;
    }
    apply_error error;
    error.fault = apply_fault::no_number;
    error.expected = "an attribute of numbers to increment";
    error.found = fmt::format("{}, whose values are names", quoted(change.description));
    return tl::unexpected(std::move(error));
}

status link_changes::add_values(object_store::object_id holder, modification const& change) {
    if (change.values.empty())
        return refuse_no_values(change);
    std::size_t const before = store_.has_links(holder, change.description) ? 1 : 0;
    if (auto checked = check_single(change, before + change.values.size(), store_.schema()); !checked)
        return checked;
    for (auto const& value : change.values) {
        auto const added = store_.add_link(holder, change.description, value);
        if (!added)
            return refuse_known_value(change, value);
        do_add(*added);
    }
    return {};
}

status link_changes::delete_values(object_store::object_id holder, modification const& change) {
    if (!store_.has_links(holder, change.description))
        return refuse_missing_attribute(change);
    if (change.values.empty())
        for (auto const& it : store_.links_of(holder, change.description))
            remove(it);
    for (auto const& value : change.values) {
        auto const found = store_.find_link(holder, change.description, value);
        if (!found)
            return refuse_missing_value(change, value);
        remove(*found);
    }
    return {};
}

status link_changes::replace_values(object_store::object_id holder, modification const& change) {
    if (auto checked = check_single(change, change.values.size(), store_.schema()); !checked)
        return checked;
    for (auto const& it : store_.links_of(holder, change.description))
        remove(it);
    for (auto const& value : change.values) {
        auto const added = store_.add_link(holder, change.description, value);
        if (!added)
            return refuse_repeated_value(change, value);
        do_add(*added);
    }
    return {};
}

void link_changes::do_add(object_store::link const& added) {
    done_.push_back({true, added});
    follow(added, true);
}

void link_changes::do_remove(object_store::link const& removed) {
    store_.remove_link(removed);
    done_.push_back({false, removed});
}

void link_changes::remove(object_store::link const& removed) {
    do_remove(removed);
    follow(removed, false);
}

void link_changes::follow_new(object_store::object_id holder) {
    for (auto const& it : store_.links_of(holder))
        follow(it, true);
}

// The back link of the object that a forward link names.
void link_changes::follow(object_store::link const& changed, bool is_added) {
    auto const& description = store_.description_of(changed.attribute);
    if (carried_.empty() || !store_.schema().rules_of(description).is_forward_link)
        return;
    auto const back = store_.schema().back_link_of(description);
    std::string lower = back;
    std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
    if (back.empty() || !carried_.contains(lower))
        return;
    auto const target = store_.find(tree_key(name_part(changed.value)));
    if (!target) {
        ++unknown_;
        return;
    }
    auto const holder = store_.head_of(changed.holder).dn;
    touched_.insert(*target);
    if (!is_added) {
        if (auto const found = store_.find_link(*target, back, holder))
            do_remove(*found);
    } else if (auto const added = store_.add_link(*target, back, holder)) {
        done_.push_back({true, *added});
    }
}

void link_changes::take_back() {
    for (auto it = done_.rbegin(); it != done_.rend(); ++it)
        it->is_added ? store_.remove_link(it->changed) : store_.restore_link(it->changed);
    done_.clear();
    touched_.clear();
    unknown_ = 0;
}

std::size_t link_changes::finish() {
    for (auto const id : touched_)
        store_.mark_changed(id);
    return unknown_;
}

} // namespace dsplan::ldif
