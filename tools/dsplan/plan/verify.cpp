#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/descriptor_changes.hpp>
#include <tools/dsplan/plan/object_comparison.hpp>
#include <tools/dsplan/plan/verify.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace dsplan::plan {
namespace {

using directory::entry;

constexpr std::int64_t global_security_group = -2147483646; // [MS-ADTS] 2.2.12: 0x80000002

object_before const* find_object(domain_changes const& changes, std::string_view dn) {
    auto const found = std::find_if(changes.objects.begin(), changes.objects.end(),
                                    [&](object_before const& object) { return object.dn == dn; });
    return found == changes.objects.end() ? nullptr : &*found;
}

std::string not_planned(std::string_view what) {
    return fmt::format("not planned: {}", what);
}

// The members that a group had and those it is to get.
member_names planned_members(domain_changes const& changes, std::string_view group_dn) {
    auto const* const before = find_object(changes, group_dn);
    auto dns = before != nullptr ? before->members : std::vector<std::string>{};
    for (member_addition const& step : changes.members)
        if (step.group_dn == group_dn)
            dns.push_back(step.member_dn);
    return member_names_of(dns);
}

class verifier {
public:
    explicit verifier(directory::snapshot const& after) : after_(after), members_(after) {}

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
            made.objects.push_back(compare(object, after_, sids_));
    }

    verification made;

private:
    void group(group_creation const& wanted) {
        verified_step step{step_state::not_done, fmt::format("create the group {}", wanted.dn), {}};
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
        verified_step step{
            step_state::unknown,
            fmt::format("add {} to {}", counted(change.grants.size(), "ACE", "ACEs"), change.dn),
            {}};
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
        std::vector<sddl::ace> present;
        for (grant const& wanted : change.grants) {
            auto const ace = wanted_ace(changes, wanted);
            auto const& list = found.dacl->aces;
            if (ace && std::find(list.begin(), list.end(), *ace) != list.end())
                present.push_back(*ace);
            else
                step.details.push_back(ace ? "missing: " + sddl::write_ace(*ace, sids_)
                                           : "the group does not exist yet");
        }
        step.state = present.size() == change.grants.size() ? step_state::done : step_state::not_done;
        if (!present.empty() && present.size() != change.grants.size())
            step.state = step_state::different;
        compare_rest(change, present, found, step);
    }

    // Everything else must be as it was before the change; what differs was not planned.
    void compare_rest(permission_change const& change, std::vector<sddl::ace> const& present,
                      sddl::security_descriptor const& found, verified_step& step) const {
        auto expected = sddl::read_self_relative(std::as_bytes(std::span(change.before)));
        if (!expected) {
            step.details.emplace_back(
                "the plan does not hold the descriptor before: what else changed on it is not known");
            return;
        }
        if (expected->dacl)
            for (sddl::ace const& ace : present)
                expected->dacl->aces.push_back(ace);
        auto const changed = changes_between(*expected, found, change.missing_parts.empty(), sids_);
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
                           fmt::format("add {} to the members of {}", wanted.member_dn, wanted.group_dn),
                           {}};
        auto const* const group = after_.find(wanted.group_dn);
        if (group == nullptr || after_.find(wanted.member_dn) == nullptr)
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
        step.state = found.contains(own) ? step_state::done : step_state::not_done;
        for (auto const& [key, dn] : found)
            if (!expected.contains(key))
                step.details.push_back(not_planned("member added: " + dn));
        for (auto const& [key, dn] : expected)
            if (!found.contains(key) && key != own && !is_planned_here(changes, key))
                step.details.push_back(not_planned("member removed: " + dn));
        if (!step.details.empty())
            step.state = step_state::different;
    }

    // A member of another step: that step says whether it is there.
    static bool is_planned_here(domain_changes const& changes, std::string_view key) {
        return std::any_of(changes.members.begin(), changes.members.end(), [&](member_addition const& step) {
            return member_names_of({step.member_dn}).contains(key);
        });
    }

    directory::snapshot const& after_;
    sddl::domain_sids sids_; // of the domain at hand, for two-letter aliases
    directory::membership members_;
};

} // namespace

verification verify(std::span<domain_changes const> planned, directory::snapshot const& after) {
    verifier held(after);
    for (domain_changes const& changes : planned)
        held.verify(changes);
    return std::move(held.made);
}

} // namespace dsplan::plan
