#include <ldif/changes/apply_modification.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/link_changes.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

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
    error.found = fmt::format("{}, whose values are names", ldif::quoted(change.description));
    return tl::unexpected(std::move(error));
}

status link_changes::add_values(object_store::object_id holder, modification const& change) {
    if (change.values.empty())
        return refuse_no_values(change);
    std::size_t const before = store_.has_links(holder, change.description) ? 1 : 0;
    if (auto checked = check_single(change, before + change.values.size(), store_.schema()); !checked)
        return checked;
    bool const is_open = store_.is_open(holder, change.description);
    for (auto const& value : change.values) {
        if (is_open && set_unseen({holder, change.description, value, false}))
            continue; // one of those that were not exported is there again
        if (!add(holder, change.description, value))
            return refuse_known_value(change, value);
    }
    return {};
}

bool link_changes::add(object_store::object_id holder, std::string_view description, std::string_view value) {
    auto const added = store_.add_link(holder, description, value);
    if (added)
        do_add(*added);
    return added.has_value();
}

bool link_changes::set_unseen(unseen const& changed) {
    bool const done = store_.set_unseen(changed.holder, changed.description, changed.value, changed.is_gone);
    if (done)
        unseen_.push_back(changed);
    return done;
}

// What remains of it is known.
void link_changes::close(object_store::object_id holder, std::string_view description) {
    if (!store_.is_open(holder, description))
        return;
    store_.set_open(holder, description, false);
    closed_.emplace_back(holder, description);
    apply_error error;
    error.fault = apply_fault::no_such_attribute;
    error.expected = fmt::format("all values of {}", description);
    error.found = "a range of them";
    error.hint = "which values go is not known: export the attribute whole";
    doubts_.push_back(std::move(error));
}

void link_changes::doubt(modification const& change, std::string_view value) {
    apply_error error;
    error.fault = apply_fault::no_such_attribute;
    error.expected = fmt::format("all values of {}", change.description);
    error.found = fmt::format("a range of them, without {}", ldif::quoted(value));
    error.hint = "whether it is there is not known: export the attribute whole";
    doubts_.push_back(std::move(error));
}

status link_changes::delete_values(object_store::object_id holder, modification const& change) {
    bool const is_open = store_.is_open(holder, change.description);
    if (!is_open && !store_.has_links(holder, change.description))
        return refuse_missing_attribute(change);
    if (change.values.empty())
        for (auto const& it : store_.links_of(holder, change.description))
            remove(it);
    if (change.values.empty())
        close(holder, change.description);
    for (auto const& value : change.values) {
        auto const found = store_.find_link(holder, change.description, value);
        if (found)
            remove(*found);
        else if (is_open && set_unseen({holder, change.description, value, true}))
            doubt(change, value);
        else
            return refuse_missing_value(change, value);
    }
    return {};
}

status link_changes::replace_values(object_store::object_id holder, modification const& change) {
    if (auto checked = check_single(change, change.values.size(), store_.schema()); !checked)
        return checked;
    for (auto const& it : store_.links_of(holder, change.description))
        remove(it);
    close(holder, change.description);
    for (auto const& value : change.values)
        if (!add(holder, change.description, value))
            return refuse_repeated_value(change, value);
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
    if (back.empty() || !carried_.contains(lower_case(back)))
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
    for (auto const& [holder, description] : closed_)
        store_.set_open(holder, description, true);
    for (auto it = unseen_.rbegin(); it != unseen_.rend(); ++it)
        (void)store_.set_unseen(it->holder, it->description, it->value, !it->is_gone);
    done_.clear();
    unseen_.clear();
    closed_.clear();
    touched_.clear();
    unknown_ = 0;
}

std::size_t link_changes::finish() {
    for (auto const id : touched_)
        store_.mark_changed(id);
    return unknown_;
}

} // namespace dsplan::ldif
