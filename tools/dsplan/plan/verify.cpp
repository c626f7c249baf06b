#include <sddl/permission.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/sid.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/descriptor_changes.hpp>
#include <tools/dsplan/plan/exported_descriptor.hpp>
#include <tools/dsplan/plan/list_cover.hpp>
#include <tools/dsplan/plan/named_in.hpp>
#include <tools/dsplan/plan/object_comparison.hpp>
#include <tools/dsplan/plan/part_changes.hpp>
#include <tools/dsplan/plan/verify.hpp>
#include <tools/dsplan/plan/verify_parts.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace dsplan::plan {
namespace {

using directory::entry;

constexpr std::int64_t global_security_group = -2147483646; // [MS-ADTS] 2.2.12: 0x80000002

constexpr std::string_view by_sid = "<SID=";

object_before const* find_object(domain_changes const& changes, std::string_view dn) {
    auto const found = std::find_if(changes.objects.begin(), changes.objects.end(),
                                    [&](object_before const& object) { return object.dn == dn; });
    return found == changes.objects.end() ? nullptr : &*found;
}

std::string not_planned(std::string_view what) {
    return fmt::format("not planned: {}", what);
}

// Whether the group lists the foreign security principal of "<SID=…>", whose object the export may lack.
bool lists_by_sid(entry const& group, std::string_view by_its_sid) {
    bool found = false;
    group.for_each(directory::attribute::member, [&](std::string_view dn) {
        auto const sid = directory::sid_in_name(dn);
        found = found || (sid && fmt::format("<SID={}>", *sid) == by_its_sid);
    });
    return found;
}

// The members that a group had and those it is to get.
member_names planned_members(domain_changes const& changes, std::string_view group_dn) {
    auto const* const before = find_object(changes, group_dn);
    auto dns = before != nullptr ? before->members : std::vector<std::string>{};
    for (member_addition const& step : changes.members)
        if (step.group_dn == group_dn && !step.removes)
            dns.push_back(step.member_dn);
    auto names = member_names_of(dns);
    for (member_addition const& step : changes.members)
        if (step.group_dn == group_dn && step.removes)
            names.erase(member_names_of({step.member_dn}).begin()->first);
    return names;
}

// "add 2 ACEs to OU=Sales,…", "remove 1 ACE from …", "set the owner: …"
std::string words_of(permission_change const& change) {
    auto const added = counted(change.grants.size(), "ACE", "ACEs");
    auto const removed = counted(change.removed.size(), "ACE", "ACEs");
    if (!change.parts.empty())
        return fmt::format("{}: {}", what_changes(change), change.dn);
    if (change.removed.empty())
        return fmt::format("add {} to {}", added, change.dn);
    if (change.grants.empty())
        return fmt::format("remove {} from {}", removed, change.dn);
    return fmt::format("remove {} from {}, and add {}", removed, change.dn, added);
}

// Whether `second` has explicitly all that `first` says explicitly, a condition in the same ACE.
bool says_all_of(sddl::acl const& first, sddl::acl const& second, directory::schema const& known) {
    auto const there = tracked(second);
    return std::all_of(first.aces.begin(), first.aces.end(), [&](sddl::ace const& each) {
        if (each.has(sddl::ace_flag::inherited))
            return true;
        auto const said = sddl::permission_of(each);
        if (!said)
            return std::find(second.aces.begin(), second.aces.end(), each) != second.aces.end();
        return cover(there, *said, true,
                     [&known](sddl::guid const& type) {
                         auto const* const attribute = known.find_attribute(type);
                         return attribute == nullptr ? std::nullopt : attribute->property_set;
                     })
            .rights.contains(said->rights);
    });
}

// Whether the rest of a descriptor is as planned, and its list says the same by other ACEs.
bool is_done_otherwise(permission_change const& change, sddl::security_descriptor const& found,
                       sddl::domain_sids const& sids, directory::schema const& known) {
    auto const planned = sddl::read_self_relative(std::as_bytes(std::span(change.after)));
    if (change.after.empty() || !planned || !planned->dacl || !found.dacl)
        return false;
    auto with_planned_list = found;
    sddl::set_dacl(with_planned_list, *planned->dacl);
    return changes_between(*planned, with_planned_list, change.missing_parts.empty(), sids)
               .differences.empty() &&
           says_all_of(*planned->dacl, *found.dacl, known) && says_all_of(*found.dacl, *planned->dacl, known);
}

// A change of auditing that an export without the list cannot show says so itself.
bool parts_need_sacl(permission_change const& change) {
    return std::any_of(change.parts.begin(), change.parts.end(),
                       [](part_change const& each) { return each.part == part_names::audit_ace; });
}

// What of a change a later list shows to be done.
struct parts_done {
    std::vector<sddl::ace> added;
    std::vector<sddl::ace> removed;

    [[nodiscard]] std::size_t size() const { return added.size() + removed.size(); }

    void apply_to(std::vector<sddl::ace>& aces) const {
        for (sddl::ace const& each : removed)
            if (auto const gone = std::find(aces.begin(), aces.end(), each); gone != aces.end())
                aces.erase(gone);
        aces.insert(aces.end(), added.begin(), added.end());
    }
};

class verifier {
public:
    verifier(directory::snapshot const& after, directory::schema const& known)
        : after_(after)
        , known_(known)
        , members_(after) {}

    void verify(domain_changes const& changes) {
        sids_ = changes.sids;
        if (auto const* const root = after_.find(changes.dn); root != nullptr && !sids_.domain)
            sids_.domain = root->sid;
        if (changes.group)
            group(*changes.group);
        for (permission_change const& change : changes.permissions)
            permission(changes, change);
        for (member_addition const& member : changes.members)
            membership(changes, member);
        for (object_before const& object : changes.objects)
            made.objects.push_back(compare(besides_its_step(changes, object), after_, sids_));
    }

    verification made;

private:
    // The list of an object that a step changes is compared by the step alone.
    [[nodiscard]] object_before besides_its_step(domain_changes const& changes,
                                                 object_before const& object) const {
        auto made_of = object;
        auto const* const later = after_.find(object.dn);
        bool const has_step = std::any_of(changes.permissions.begin(), changes.permissions.end(),
                                          [&](auto const& change) { return change.dn == object.dn; });
        if (has_step && later != nullptr && later->descriptor != nullptr && later->descriptor->value)
            made_of.descriptor = octets_of(*later->descriptor->value);
        return made_of;
    }

    void group(group_creation const& wanted) {
        verified_step step{step_state::not_done,
                           fmt::format("create the group {}", wanted.dn),
                           {},
                           named_in(wanted, after_)};
        if (auto const* const object = after_.find(wanted.dn))
            compare_created(wanted, *object, step);
        made.steps.push_back(std::move(step));
    }

    static void compare_created(group_creation const& wanted, entry const& object, verified_step& step) {
        auto const name = object.structural_class();
        auto const type = object.number(directory::attribute::group_type);
        auto const account = object.first(directory::attribute::sam_account_name);
        if (name.empty()) {
            step.state = step_state::unknown;
            step.details.emplace_back("the export does not hold its objectClass");
            return;
        }
        if (!equal_ignoring_case(name, "group"))
            step.details.push_back(fmt::format("an object of another class has this name: {}", name));
        if (type && *type != global_security_group && *type != (global_security_group & 0xFFFFFFFF))
            step.details.push_back(fmt::format("groupType is {}: no global security group", *type));
        if (account && !equal_ignoring_case(*account, wanted.sam_account_name))
            step.details.push_back(
                fmt::format("sAMAccountName is {}, planned is {}", *account, wanted.sam_account_name));
        step.state = step.details.empty() ? step_state::done : step_state::different;
    }

    // A group that the plan created has its SID only now.
    [[nodiscard]] std::optional<sddl::ace> wanted_ace(domain_changes const& changes, grant wanted) const {
        if (!wanted.trustee && changes.group)
            if (auto const* const created = after_.find(changes.group->dn))
                wanted.trustee = created->sid;
        return wanted.ace();
    }

    void permission(domain_changes const& changes, permission_change const& change) {
        verified_step step{step_state::unknown, words_of(change), {}, named_in(change, after_)};
        auto const* const object = after_.find(change.dn);
        if (object == nullptr || object->descriptor == nullptr || !object->descriptor->value->dacl)
            step.details.push_back(object == nullptr ? "the export does not hold the object"
                                                     : "the export does not hold its list");
        else
            compare_list(changes, change, *object->descriptor->value, step);
        made.steps.push_back(std::move(step));
    }

    void compare_list(domain_changes const& changes, permission_change const& change,
                      sddl::security_descriptor const& found, verified_step& step) const {
        auto const& list = found.dacl->aces;
        auto const is_there = [&list](sddl::ace const& ace) {
            return std::find(list.begin(), list.end(), ace) != list.end();
        };
        parts_done done;
        for (grant const& wanted : change.grants) {
            auto const ace = wanted_ace(changes, wanted);
            if (ace && is_there(*ace))
                done.added.push_back(*ace);
            else
                step.details.push_back(ace ? "missing: " + sddl::write_ace(*ace, sids_)
                                           : "the group does not exist yet");
        }
        for (removed_ace const& each : change.removed)
            if (!is_there(each.value))
                done.removed.push_back(each.value);
            else
                step.details.push_back("still there: " + sddl::write_ace(each.value, sids_));
        auto expected = sddl::read_self_relative(std::as_bytes(std::span(change.before)));
        auto const planned = sddl::read_self_relative(std::as_bytes(std::span(change.after)));
        verified_parts parts;
        if (expected && planned)
            parts = verify_parts(*expected, *planned, found, sids_);
        step.details.insert(step.details.end(), parts.details.begin(), parts.details.end());
        auto const there = done.size() + parts.done;
        auto const all = change.grants.size() + change.removed.size() + parts.all;
        step.state = there == all ? step_state::done : step_state::not_done;
        if (there != 0 && there != all)
            step.state = step_state::different;
        if (expected)
            compare_rest(change, done, *expected, found, step);
        else
            step.details.emplace_back(
                "the plan does not hold the descriptor before: what else changed on it is not known");
        if (step.state == step_state::not_done && parts.are_unknown)
            step.state = step_state::unknown;
        if (step.state != step_state::done && is_done_otherwise(change, found, sids_, known_)) {
            step.state = step_state::done_otherwise;
            step.details.insert(step.details.begin(), "other ACEs say the same:");
        }
    }

    // Everything else must be as it was before the change; what differs was not planned.
    void compare_rest(permission_change const& change, parts_done const& done,
                      sddl::security_descriptor& expected, sddl::security_descriptor const& found,
                      verified_step& step) const {
        if (expected.dacl)
            done.apply_to(expected.dacl->aces);
        bool const with_sacl = change.missing_parts.empty() && (found.sacl || !parts_need_sacl(change));
        auto const changed = changes_between(expected, found, with_sacl, sids_);
        for (std::string const& each : changed.differences)
            step.details.push_back(not_planned(each));
        if (!changed.differences.empty())
            step.state = step_state::different;
        if (changed.is_reordered && !change.after.empty() && is_reordered(change, found, step))
            step.details.emplace_back(
                "the ACEs stand in another order, which changes no access within allow or deny");
    }

    // Against the list with the new ACEs in their places, where the plan has it.
    [[nodiscard]] bool is_reordered(permission_change const& change, sddl::security_descriptor const& found,
                                    verified_step const& step) const {
        auto const& reference = step.state == step_state::not_done ? change.before : change.after;
        auto const expected = sddl::read_self_relative(std::as_bytes(std::span(reference)));
        return expected && changes_between(*expected, found, false, sids_).is_reordered;
    }

    void membership(domain_changes const& changes, member_addition const& wanted) {
        verified_step step{step_state::unknown,
                           fmt::format("{} {} {} the members of {}", wanted.removes ? "remove" : "add",
                                       wanted.member_dn, wanted.removes ? "from" : "to", wanted.group_dn),
                           {},
                           named_in(wanted, after_)};
        auto const* const group = after_.find(wanted.group_dn);
        // The server makes the object of an account of another forest when it takes the member.
        bool const is_unmade = wanted.member_dn.starts_with(by_sid);
        if (group != nullptr && is_unmade)
            step.state = lists_by_sid(*group, wanted.member_dn) != wanted.removes ? step_state::done
                                                                                  : step_state::not_done;
        else if (group == nullptr || after_.find(wanted.member_dn) == nullptr)
            step.details.push_back(fmt::format("the export does not hold {}",
                                               group == nullptr ? wanted.group_dn : wanted.member_dn));
        else
            compare_members(changes, wanted, *group, step);
        made.steps.push_back(std::move(step));
    }

    void compare_members(domain_changes const& changes, member_addition const& wanted, entry const& group,
                         verified_step& step) const {
        auto const found = members_of(group, members_);
        auto const expected = planned_members(changes, wanted.group_dn);
        auto const own = member_names_of({wanted.member_dn}).begin()->first;
        step.state = found.contains(own) != wanted.removes ? step_state::done : step_state::not_done;
        for (auto const& [key, dn] : found)
            if (!expected.contains(key) && key != own && !is_planned_here(changes, wanted.group_dn, key))
                step.details.push_back(not_planned("member added: " + dn));
        for (auto const& [key, dn] : expected)
            if (!found.contains(key) && key != own && !is_planned_here(changes, wanted.group_dn, key))
                step.details.push_back(not_planned("member removed: " + dn));
        if (!step.details.empty())
            step.state = step_state::different;
    }

    // A member of another step: that step says whether it is there.
    static bool is_planned_here(domain_changes const& changes, std::string_view group_dn,
                                std::string_view key) {
        return std::any_of(changes.members.begin(), changes.members.end(), [&](member_addition const& step) {
            return step.group_dn == group_dn && member_names_of({step.member_dn}).contains(key);
        });
    }

    directory::snapshot const& after_;
    directory::schema const& known_;
    sddl::domain_sids sids_; // of the domain at hand, for two-letter aliases
    directory::membership members_;
};

} // namespace

namespace {

// "<SID=…>" as the server keeps it: the foreign security principal that it has made.
domain_changes with_kept_names(domain_changes changes, directory::snapshot const& after) {
    for (auto& member : changes.members) {
        if (!member.member_dn.starts_with(by_sid) || !member.member_dn.ends_with('>'))
            continue;
        auto const text = std::string_view(member.member_dn)
                              .substr(by_sid.size(), member.member_dn.size() - by_sid.size() - 1);
        auto const sid = sddl::parse_sid(text);
        if (auto const* const object = sid ? after.find(*sid) : nullptr)
            member.member_dn = object->dn;
    }
    return changes;
}

} // namespace

verification verify(std::span<domain_changes const> planned, directory::snapshot const& after,
                    directory::schema const& known) {
    verifier held(after, known);
    for (domain_changes const& changes : planned)
        held.verify(with_kept_names(changes, after));
    return std::move(held.made);
}

} // namespace dsplan::plan
