#include <ldif/attribute_description.hpp>
#include <ldif/changes/apply_rest.hpp>
#include <ldif/changes/references.hpp>
#include <tools/dsplan/directory/unknown_members.hpp>
#include <tools/dsplan/effect/change_application.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace dsplan::effect {
namespace {

using ldif::change_type;
using ldif::modification_operation;

bool is_named(std::string_view description, std::string_view name) {
    return ldif::same_description(ldif::attribute_name(description), name);
}

// The objects that values of an attribute name, by their tree keys.
std::set<std::string> named_in(std::vector<std::string> const& values) {
    std::set<std::string> keys;
    for (auto const& value : values)
        keys.insert(ldif::tree_key(value));
    return keys;
}

std::size_t count_missing(std::set<std::string> const& from, std::set<std::string> const& in) {
    return static_cast<std::size_t>(
        std::count_if(from.begin(), from.end(), [&in](auto const& key) { return !in.contains(key); }));
}

void add(change_counts& to, change_counts const& more) {
    for (auto const number : {&change_counts::records, &change_counts::descriptors,
                              &change_counts::members_added, &change_counts::members_removed,
                              &change_counts::added, &change_counts::deleted, &change_counts::moved})
        to.*number += more.*number;
}

} // namespace

change_application::change_application(directory::snapshot const& exported, ldif::directory_tree objects)
    : objects_(std::move(objects)) {
    objects_.for_each({}, [&](ldif::entry const& head) {
        origins_.emplace(head.origin, exported.find(head.dn));
        return false;
    });
}

directory::entry const* change_application::exported_as(std::uint64_t origin) const {
    auto const found = origins_.find(origin);
    return found == origins_.end() ? nullptr : found->second;
}

// Nothing but counts can be made before the change is tried, since it is the values before that count.
tl::expected<void, ldif::apply_error> change_application::apply(ldif::record const& change) {
    ++number_;
    if (change.dn.empty())
        return {}; // operations of the rootDSE change no object
    auto done = apply_part(change, 1);
    if (!done) {
        auto const& error = done.error();
        summary_.refused.push_back({number_, error.line, change.dn, ldif::message(error), error.hint});
    }
    return done;
}

tl::expected<void, ldif::apply_error> change_application::apply_part(ldif::record const& change,
                                                                     std::size_t records) {
    auto const meant = objects_.meant(change);
    auto const origin = objects_.origin_of(meant.dn).value_or(0);
    auto counts = count(meant);
    counts.records = records;
    auto done = objects_.apply(change);
    if (!done)
        return done;
    add(summary_, counts);
    note_written(meant, origin);
    return done;
}

std::vector<ldif::apply_error> change_application::apply_rest(ldif::record const& change) {
    auto rest =
        ldif::apply_rest(change, objects_, [this](ldif::record const& part) { return apply_part(part, 0); });
    if (rest.is_any_taken) {
        ++summary_.records;
        summary_.not_followed.push_back(fmt::format(
            "the effect of record {} is computed without what the directory would refuse of it", number_));
    }
    return std::move(rest.refused);
}

change_counts change_application::count(ldif::record const& change) const {
    change_counts counts{.records = 1};
    switch (change.changetype.value_or(change_type::add)) {
    case change_type::add:
    case change_type::ntds_schema_add:
        counts.added = 1;
        for (auto const& line : change.attributes) {
            counts.descriptors += is_named(line.description, "nTSecurityDescriptor") ? 1U : 0U;
            counts.members_added += is_named(line.description, "member") ? 1U : 0U;
        }
        break;
    case change_type::delete_entry:
    case change_type::ntds_schema_delete:
        counts.deleted = 1;
        break;
    case change_type::modify:
    case change_type::ntds_schema_modify:
        for (auto const& written : change.modifications)
            count_modification(counts, written, change.dn);
        break;
    case change_type::modrdn:
    case change_type::moddn:
    case change_type::ntds_schema_modrdn:
        counts.moved = 1;
    }
    return counts;
}

void change_application::count_modification(change_counts& counts, ldif::modification const& change,
                                            std::string_view dn) const {
    auto const is = [&change](modification_operation operation) {
        return change.operation == operation;
    };
    if (is_named(change.description, "nTSecurityDescriptor") && !is(modification_operation::delete_values))
        counts.descriptors += change.values.size();
    if (!is_named(change.description, "member"))
        return;
    bool const takes_all = is(modification_operation::replace) ||
                           (is(modification_operation::delete_values) && change.values.empty());
    if (takes_all) {
        auto const group = objects_.find(dn, {"member"});
        auto const* const held = group ? group->find("member") : nullptr;
        auto const before = held == nullptr ? std::set<std::string>() : named_in(held->values);
        auto const after = named_in(change.values);
        counts.members_removed += count_missing(before, after);
        counts.members_added += count_missing(after, before);
    } else {
        (is(modification_operation::add) ? counts.members_added : counts.members_removed) +=
            change.values.size();
    }
}

// Who is in a group before its members change, the export says in part.
void change_application::tell_cut_off(ldif::record const& change, std::uint64_t origin) {
    auto const* const group = exported_as(origin);
    if (group == nullptr || !group->members_cut_off)
        return;
    bool const is_deleted = change.changetype == change_type::delete_entry;
    bool const has_members =
        std::any_of(change.modifications.begin(), change.modifications.end(),
                    [](auto const& written) { return is_named(written.description, "member"); });
    directory::outside_members unseen;
    unseen.is_cut_off = true;
    if ((is_deleted || has_members) && cut_off_.insert(origin).second)
        summary_.not_followed.push_back(printable(directory::text_of(*group, unseen)));
}

void change_application::note_written(ldif::record const& change, std::uint64_t origin) {
    tell_cut_off(change, origin);
    for (auto const& written : change.modifications) {
        if (is_named(written.description, "nTSecurityDescriptor"))
            described_.insert(origin);
        for (std::string_view const name : {"objectClass", "dSHeuristics"})
            if (is_named(written.description, name))
                summary_.not_followed.push_back(
                    fmt::format("the effect of {} of {} is not computed", name, printable(change.dn)));
    }
}

} // namespace dsplan::effect
