#include <ldif/distinguished_name.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/alternative_name.hpp>
#include <tools/dsplan/review/member_findings.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::review {
namespace {

constexpr std::uint32_t pre_windows_2000 = sddl::named_rid("Pre-Windows 2000 Compatible Access");
constexpr std::uint32_t protected_users = sddl::named_rid("Protected Users");
constexpr std::uint32_t denied_to_read_only_controllers =
    sddl::named_rid("Denied RODC Password Replication Group");

std::vector<evidence> seen_members(value_change const& change, std::vector<std::string_view> const& values) {
    std::vector<evidence> all;
    for (auto const value : values)
        all.push_back({std::string(change.object.dn), std::string(change.attribute), std::string(value)});
    if (all.empty())
        all.push_back({std::string(change.object.dn), std::string(change.attribute), {}});
    return all;
}

bool is_group(changed_object const& object, std::uint32_t identifier) {
    return object.group != nullptr && object.group->identifier == identifier;
}

// The SID that a member is named by: <SID=…>, or the name of a foreign security principal.
std::optional<sddl::sid> sid_of_member(std::string_view value, words::name_context const& names) {
    if (auto const sid = sid_of_name(value))
        return sid;
    auto const* const exported = names.exported == nullptr ? nullptr : names.exported->find(value);
    if (exported != nullptr)
        return exported->sid;
    auto const rdn = ldif::first_rdn_text(value);
    auto const sid = sddl::parse_sid(rdn.substr(std::min(rdn.find('=') + 1, rdn.size())));
    return sid ? std::optional(*sid) : std::nullopt;
}

bool has_takeover(directory::entry const& group) {
    return group.sid && words::takes_over(*group.sid);
}

// "Server Ops, Admins" of the groups between a group and the one that it leads to.
std::string through_text(std::vector<directory::entry const*> const& path) {
    std::string text;
    for (std::size_t index = 0; index + 1 < path.size(); ++index)
        text += fmt::format("{}{}", text.empty() ? "" : " and ", directory::account_name(*path[index]));
    return text.empty() ? text : ", through " + text;
}

// How a group without a SID is known.
std::string by_what_name(changed_object const& object) {
    if (!object.by_name)
        return {};
    bool const is_english =
        object.group == nullptr || equal_ignoring_case(object.group->name, object.first_name);
    return is_english ? ", by its name" : ", by its localised name";
}

} // namespace

void member_judge::remember(std::string_view dn) {
    if (auto normal = ldif::normalize(dn))
        made_.insert(*std::move(normal));
}

std::string member_judge::member_name(std::string_view value) const {
    if (names_.exported != nullptr)
        if (auto const* const entry = find_by_any_name(*names_.exported, value))
            return directory::account_name(*entry);
    if (auto const sid = sid_of_member(value, names_))
        return names_.account(*sid);
    auto const rdn = ldif::first_rdn_text(value);
    return std::string(rdn.substr(std::min(rdn.find('=') + 1, rdn.size())));
}

member_judge::privileged_way member_judge::way_of(value_change const& change) const {
    auto const& object = change.object;
    if (object.is_privileged_group) {
        if (object.exported != nullptr)
            return {directory::account_name(*object.exported), {}};
        return {object.group == nullptr ? std::string(object.dn) : std::string(object.group->name),
                by_what_name(object)};
    }
    if (object.exported == nullptr || names_.members == nullptr)
        return {};
    for (auto const* const each : names_.members->all_groups_of(*object.exported))
        if (has_takeover(*each))
            return {directory::account_name(*each),
                    through_text(names_.members->path(*object.exported, *each))};
    return {};
}

void member_judge::gains(value_change const& change, finding_list const& findings) const {
    auto const coming = change.coming();
    if (coming.empty())
        return;
    auto const way = way_of(change);
    if (way.group.empty()) {
        if (auto const* const alike = change.object.namesake)
            findings.add("privileged-namesake",
                         fmt::format("the group is called as {}, and lies elsewhere than a new domain has it",
                                     alike->name),
                         seen_members(change, coming));
        else if (change.object.looks_privileged)
            findings.add("privileged-namesake",
                         "the group looks like one that a new domain has, in a language whose names are not "
                         "all known here",
                         seen_members(change, coming));
        gains_rights_on_controllers(change, findings);
        return gains_authority(change, findings);
    }
    auto const who = coming.size() == 1 ? fmt::format("{} becomes a member", member_name(coming.front()))
                                        : fmt::format("{} accounts become members", coming.size());
    findings.add("privileged-member", fmt::format("{} of {}{}", who, way.group, way.through),
                 seen_members(change, coming));
    // What groups that AdminSDHolder does not protect may do, the base shows better than any table.
    if (change.object.sid && !directory::is_privileged_group(*change.object.sid))
        gains_authority(change, findings);
}

// Groups that take over nothing by themselves, but are worth a question.
void member_judge::gains_rights_on_controllers(value_change const& change,
                                               finding_list const& findings) const {
    auto const add = [&](words::known_group const* group, std::string const& through) {
        bool const has_rights = group != nullptr && !group->powers.empty();
        if (has_rights)
            findings.add("rights-on-controllers",
                         fmt::format("members of {}{} may {}", group->name, through, group->powers),
                         seen_members(change, change.coming()));
        return has_rights;
    };
    if (add(change.object.group, {}) || change.object.exported == nullptr || names_.members == nullptr)
        return;
    for (auto const* const each : names_.members->all_groups_of(*change.object.exported))
        if (each->sid && add(words::find_known_group(*each->sid),
                             through_text(names_.members->path(*change.object.exported, *each))))
            return;
}

void member_judge::gains_authority(value_change const& change, finding_list const& findings) const {
    if (authority_ == nullptr || change.object.exported == nullptr)
        return;
    auto const& rights = authority_->of(*change.object.exported);
    if (rights.empty())
        return;
    constexpr std::size_t at_most = 5;
    auto const coming = change.coming();
    auto all = seen_members(change, coming);
    for (auto const& each : rights)
        if (all.size() < coming.size() + at_most)
            all.push_back({std::string(each.on->dn), "nTSecurityDescriptor", each.ace});
    findings.add(
        "takeover-member",
        fmt::format("{}: {} on {}{}", counted(coming.size(), "new member", "new members"),
                    rights.front().right, rights.front().on->dn,
                    rights.size() == 1
                        ? ""
                        : fmt::format(", and {}", counted(rights.size() - 1, "more right", "more rights"))),
        std::move(all));
}

// Everybody as a member: of the group that old programs read the directory through, or of any other.
void member_judge::anonymous(value_change const& change, finding_list const& findings) const {
    for (auto const value : change.coming()) {
        auto const sid = sid_of_member(value, names_);
        if (!sid || !words::is_nearly_everybody(*sid))
            continue;
        // Authenticated Users are in Pre-Windows 2000 Compatible Access and in Users by default.
        bool const is_usual = *sid == sddl::named_sid("Authenticated Users") &&
                              (is_group(change.object, pre_windows_2000) || change.object.group == nullptr);
        if (!is_usual)
            findings.add("everybody-as-member",
                         fmt::format("{} becomes a member of {}", names_.account(*sid), change.object.dn),
                         seen_members(change, {value}));
    }
}

// Whether a plan takes away everyone who leaves.
bool is_planned_loss(value_change const& change, std::vector<std::string_view> const& going,
                     finding_list const& findings) {
    auto const plans = [&](std::string_view member) {
        return findings.planned->has_member(change.object.dn, member);
    };
    return findings.planned != nullptr && change.removes && !change.values.empty() &&
           std::all_of(change.values.begin(), change.values.end(), plans) &&
           std::all_of(going.begin(), going.end(), plans);
}

void member_judge::losses(value_change const& change, finding_list const& findings) const {
    auto const going = change.going();
    bool const loses = !going.empty() || (!change.is_base_known && (change.removes || change.removes_all()));
    if (!loses)
        return;
    bool const is_last =
        change.is_base_known && going.size() == change.before.size() && change.coming().empty();
    bool const matters = is_group(change.object, protected_users) || change.object.is_privileged_group;
    if (matters && is_planned_loss(change, going, findings))
        findings.add(
            "removed-as-planned",
            fmt::format("removed as planned: {}", counted(change.values.size(), "member", "members")),
            seen_members(change, {change.values.begin(), change.values.end()}));
    else if (is_group(change.object, denied_to_read_only_controllers))
        findings.add("read-only-controller",
                     "read-only controllers may hold the passwords of those who leave",
                     seen_members(change, going));
    else if (is_group(change.object, protected_users))
        findings.add("protected-users-left", "accounts lose the protection of Protected Users",
                     seen_members(change, going));
    else if (change.object.is_privileged_group)
        findings.add("administrators-removed",
                     is_last || change.removes_all() ? "all members leave a privileged group"
                                                     : "members leave a privileged group",
                     seen_members(change, going));
}

// A member that the base lacks: mistyped where its container is there.
void member_judge::unknown(value_change const& change, std::string_view value,
                           finding_list const& findings) const {
    if (is_alternative_name(value)) {
        if (names_.exported != nullptr && find_by_any_name(*names_.exported, value) == nullptr &&
            !sid_of_name(value))
            findings.add("unresolved-name",
                         fmt::format("{}: what account it is, the review cannot tell", value),
                         seen_members(change, {value}));
        return;
    }
    auto const normal = ldif::normalize(value);
    if (!normal) {
        findings.add("unreadable-value", fmt::format("member: {}", ldif::message(normal.error())),
                     seen_members(change, {value}));
        return;
    }
    if (names_.exported == nullptr || names_.exported->find(value) != nullptr || made_.contains(*normal))
        return;
    auto const container = ldif::parent_text(value);
    if (names_.exported->find(container) == nullptr)
        findings.add("member-not-exported", fmt::format("the base has neither {} nor its container", value),
                     seen_members(change, {value}));
    else
        findings.add("member-unknown", fmt::format("the base has {}, and no {} in it", container, value),
                     seen_members(change, {value}));
}

void member_judge::judge(value_change const& change, finding_list const& findings) const {
    gains(change, findings);
    anonymous(change, findings);
    losses(change, findings);
    for (auto const value : change.coming())
        unknown(change, value, findings);
}

} // namespace dsplan::review
