#include <sddl/compare.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/plan/verify.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

using directory::entry;

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
            membership(member);
    }

    std::vector<verified_step> steps;

private:
    void group(group_creation const& wanted) {
        verified_step step{step_state::not_done, fmt::format("create the group {}", wanted.dn), {}};
        if (auto const* const object = after_.find(wanted.dn)) {
            step.state = object->is_a("group") ? step_state::done : step_state::different;
            if (step.state == step_state::different)
                step.details.push_back("an object of another class has this name");
        }
        steps.push_back(std::move(step));
    }

    // A group that the plan created has its SID only now.
    [[nodiscard]] std::optional<sddl::ace> wanted_ace(domain_changes const& changes, grant wanted) const {
        if (!wanted.trustee && changes.group)
            if (auto const* const made = after_.find(changes.group->dn))
                wanted.trustee = made->sid;
        return wanted.ace();
    }

    void permission(domain_changes const& changes, permission_change const& change) {
        verified_step step{
            step_state::unknown, fmt::format("add {} to {}", count(change.grants.size()), change.dn), {}};
        auto const* const object = after_.find(change.dn);
        if (object == nullptr || object->descriptor == nullptr || !object->descriptor->value->dacl)
            step.details.push_back(object == nullptr ? "the export does not hold the object"
                                                     : "the export does not hold its list");
        else
            compare(changes, change, *object->descriptor->value, step);
        steps.push_back(std::move(step));
    }

    static std::string count(std::size_t number) {
        return number == 1 ? "1 ACE" : fmt::format("{} ACEs", number);
    }

    void compare(domain_changes const& changes, permission_change const& change,
                 sddl::security_descriptor const& found, verified_step& step) const {
        std::size_t present = 0;
        for (grant const& wanted : change.grants) {
            auto const ace = wanted_ace(changes, wanted);
            auto const& list = found.dacl->aces;
            if (ace && std::find(list.begin(), list.end(), *ace) != list.end())
                ++present;
            else
                step.details.push_back(ace ? "missing: " + sddl::write_ace(*ace, sids_)
                                           : "the group does not exist yet");
        }
        step.state = present == change.grants.size() ? step_state::done : step_state::not_done;
        if (present != 0 && present != change.grants.size())
            step.state = step_state::different;
        compare_rest(change, found, step);
    }

    // Everything else must be as it was before the change; what differs was not planned.
    void compare_rest(permission_change const& change, sddl::security_descriptor const& found,
                      verified_step& step) const {
        auto const& reference = step.state == step_state::done ? change.after : change.before;
        auto const expected = sddl::read_self_relative(std::as_bytes(std::span(reference)));
        if (!expected)
            return;
        std::size_t const known_details = step.details.size();
        auto difference = sddl::compare(*expected, found);
        report_owner("owner", difference.owner, step);
        report_owner("group", difference.group, step);
        report_control(difference, step);
        report_list("", difference.dacl, step);
        if (change.missing_parts.empty())
            report_list("audit ", difference.sacl, step);
        if (step.details.size() != known_details)
            step.state = step_state::different;
        if (difference.dacl.is_reordered)
            step.details.push_back(
                "the ACEs stand in another order, which changes no access within allow or deny");
    }

    void report_owner(std::string_view which,
                      std::optional<sddl::descriptor_difference::owner_change> const& changed,
                      verified_step& step) const {
        if (!changed || !changed->before) // the plan did not know it
            return;
        step.details.push_back(
            fmt::format("not planned: {} is {}, was {}", which,
                        changed->after ? sddl::write_trustee(*changed->after, sids_) : "absent",
                        sddl::write_trustee(*changed->before, sids_)));
    }

    static void report_control(sddl::descriptor_difference const& difference, verified_step& step) {
        if ((difference.control_set & sddl::control_bit::dacl_protected) != 0)
            step.details.push_back("not planned: inheritance is switched off now");
        if ((difference.control_cleared & sddl::control_bit::dacl_protected) != 0)
            step.details.push_back("not planned: inheritance is switched on now");
    }

    // Inherited ACEs are the server's to compute.
    void report_list(std::string_view which, sddl::acl_difference const& difference,
                     verified_step& step) const {
        auto const report = [&](std::string_view what, std::vector<sddl::ace> const& aces) {
            for (sddl::ace const& ace : aces)
                if (!ace.has(sddl::ace_flag::inherited))
                    step.details.push_back(
                        fmt::format("not planned: {}ACE {}: {}", which, what, sddl::write_ace(ace, sids_)));
        };
        report("removed", difference.removed);
        report("added", difference.added);
    }

    void membership(member_addition const& wanted) {
        verified_step step{step_state::unknown,
                           fmt::format("add {} to the members of {}", wanted.member_dn, wanted.group_dn),
                           {}};
        auto const* const group = after_.find(wanted.group_dn);
        auto const* const member = after_.find(wanted.member_dn);
        if (group == nullptr || member == nullptr)
            step.details.push_back(fmt::format("the export does not hold {}",
                                               group == nullptr ? wanted.group_dn : wanted.member_dn));
        else
            step.state = is_member(*member, *group) ? step_state::done : step_state::not_done;
        steps.push_back(std::move(step));
    }

    [[nodiscard]] bool is_member(entry const& member, entry const& group) const {
        auto const direct = members_.members_of(group);
        return std::find(direct.begin(), direct.end(), &member) != direct.end();
    }

    directory::snapshot const& after_;
    sddl::domain_sids sids_; // of the domain at hand, for two-letter aliases
    directory::membership members_;
};

} // namespace

std::vector<verified_step> verify(std::span<domain_changes const> planned, directory::snapshot const& after) {
    verifier held(after);
    for (domain_changes const& changes : planned)
        held.verify(changes);
    return std::move(held.steps);
}

} // namespace dsplan::plan
