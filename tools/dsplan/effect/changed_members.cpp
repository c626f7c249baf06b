#include <ldif/changes/references.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/effect/changed_members.hpp>
#include <tools/dsplan/ground/ascending.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace dsplan::effect {
namespace {

using access::object_index;
using directory::attribute;

constexpr std::uint32_t domain_users = sddl::named_rid("Domain Users");
constexpr std::uint32_t domain_computers = sddl::named_rid("Domain Computers");

} // namespace

void changed_members::change(object_index object, ldif::entry const& after) {
    auto const before = members_before(object);
    auto const now = members_after(after);
    set_members(object, before, now);
    set_outside(object, now);
    tell_unknown(now, before);
    tell_unknown(before, now);
    note_primary_group(object);
}

changed_members::member_list changed_members::members_before(object_index group) const {
    member_list made;
    auto const entries = context_.exported.entries();
    if (group >= entries.size())
        return made;
    entries[group].for_each(attribute::member, [&](std::string_view dn) {
        if (auto const member = places_.find_member_before(dn); member != access::no_object)
            made.objects.push_back(member);
        else
            made.others.emplace(ldif::tree_key(dn), dn);
    });
    sort_and_unite(made.objects);
    return made;
}

changed_members::member_list changed_members::members_after(ldif::entry const& group) const {
    member_list made;
    auto const* const names = group.find("member");
    if (names == nullptr)
        return made;
    for (auto const& dn : names->values)
        if (auto const member = places_.find_member(dn); member != access::no_object)
            made.objects.push_back(member);
        else
            made.others.emplace(ldif::tree_key(dn), dn);
    sort_and_unite(made.objects);
    return made;
}

// The image also holds those that are members by memberOf or primaryGroupID alone.
void changed_members::set_members(object_index group, member_list const& before, member_list const& after) {
    auto const in = [](std::vector<object_index> const& sorted, object_index member) {
        return std::binary_search(sorted.begin(), sorted.end(), member);
    };
    auto& members = image_.members[group];
    auto const sid = image_.objects[group].exported->sid;
    std::erase_if(members, [&](object_index member) {
        return in(before.objects, member) && !in(after.objects, member) &&
               (!sid || directory::primary_group_of(*image_.objects[member].exported) != sid);
    });
    auto known = members;
    sort_and_unite(known);
    std::copy_if(after.objects.begin(), after.objects.end(), std::back_inserter(members),
                 [&](object_index member) { return !in(known, member); });
}

// Members that are no objects of the export; those after the end of a range stay as unknown as they were.
void changed_members::set_outside(object_index group, member_list const& after) {
    directory::outside_members made;
    if (auto const was = image_.outside.find(group); was != image_.outside.end())
        made.is_cut_off = was->second.is_cut_off;
    for (auto const& [key, dn] : after.others)
        if (auto const sid = directory::sid_in_name(dn))
            made.sids.push_back(*sid);
        else
            made.names.push_back(image_.text.emplace_back(dn));
    if (made == directory::outside_members{})
        image_.outside.erase(group);
    else
        image_.outside.insert_or_assign(group, std::move(made));
}

void changed_members::tell_unknown(member_list const& held, member_list const& other) {
    for (auto const& [key, dn] : held.others)
        if (!other.others.contains(key))
            unknown_.push_back(fmt::format("the member {} is not in the export", printable(dn)));
}

void changed_members::note_primary_group(object_index account) {
    auto const entries = context_.exported.entries();
    auto const& is = *image_.objects[account].exported;
    primary_group const group{
        account, account < entries.size() ? directory::primary_group_of(entries[account]) : std::nullopt,
        account < entries.size() ? directory::primary_group_of(is) : default_group_of(account)};
    if (group.before != group.after)
        primary_groups_.push_back(group);
}

// Of a new account, which has no SID yet: that of its class. [MS-SAMR] 3.1.1.8.1
std::optional<sddl::sid> changed_members::default_group_of(object_index account) const {
    auto const& classes = image_.classes[image_.objects[account].classes];
    if (!directory::is_derived_from(classes, "user"))
        return std::nullopt;
    auto const* above = image_.objects[account].exported->parent;
    while (above != nullptr && !above->is_a("domainDNS"))
        above = above->parent;
    return above == nullptr || !above->sid
               ? std::nullopt
               : sddl::with_relative_identifier(*above->sid, directory::is_derived_from(classes, "computer")
                                                                 ? domain_computers
                                                                 : domain_users);
}

object_index changed_members::find(std::optional<sddl::sid> const& group) const {
    auto const* const exported = group ? context_.exported.find(*group) : nullptr;
    auto const index = exported == nullptr ? access::no_object : places_.index_of(*exported);
    return index == access::no_object || image_.objects[index].is_deleted ? access::no_object : index;
}

// The links of both groups have been moved by the change; what is left is the membership without a link.
// The server makes the account a member of the group that was its primary group; a later record may have
// taken it out again.
bool changed_members::is_direct_member(object_index group, object_index account) const {
    if (auto const outside = image_.outside.find(group);
        outside != image_.outside.end() && outside->second.is_cut_off)
        return true;
    bool is_member = false;
    image_.objects[group].exported->for_each(attribute::member, [&](std::string_view dn) {
        is_member = is_member || places_.find_member(dn) == account;
    });
    image_.objects[account].exported->for_each(attribute::member_of, [&](std::string_view dn) {
        is_member = is_member || places_.find_member(dn) == group;
    });
    return is_member;
}

void changed_members::set_primary_group(primary_group const& changed) {
    auto const account = changed.account;
    auto const is_now = find(changed.after);
    if (auto const was = find(changed.before); was != access::no_object && !is_direct_member(was, account))
        std::erase(image_.members[was], account);
    bool const is_added = image_.objects[account].is_added;
    if (is_now != access::no_object) {
        image_.members[is_now].push_back(account);
        if (is_added)
            image_.default_groups.emplace(account, is_now);
    } else if (changed.after && !is_added) {
        unknown_.push_back(fmt::format("the primary group {} of {} is not in the export",
                                       sddl::relative_identifier(*changed.after).value_or(0),
                                       printable(image_.dn(account))));
    }
}

std::vector<std::string> changed_members::finish() && {
    for (auto const& changed : primary_groups_)
        set_primary_group(changed);
    if (!primary_groups_.empty())
        for (auto& members : image_.members)
            sort_and_unite(members);
    return std::move(unknown_);
}

} // namespace dsplan::effect
