#include <ldif/distinguished_name.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/recipes/whfb/context.hpp>
#include <tools/dsplan/plan/recipes/whfb/key_credential_link.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace dsplan::plan::whfb {
namespace {

using directory::account_name;
using directory::attribute;
using directory::entry;

// [MS-ADTS] 2.2.16
constexpr std::int64_t account_disabled = 0x2;
constexpr std::int64_t server_trust_account = 0x2000;
constexpr std::int64_t trust_account = 0x1000 | server_trust_account; // workstation or controller
constexpr std::uint32_t administrator = sddl::named_rid("Administrator");
constexpr std::uint32_t protected_users = sddl::named_rid("Protected Users");
// [MS-ADTS] 2.2.12
constexpr std::int64_t group_is_global = 0x2;
constexpr std::int64_t group_is_domain_local = 0x4;
constexpr std::int64_t group_is_security_enabled = 0x80000000;

failure not_found(std::string_view option, std::string_view name, std::vector<std::string> const& nearest) {
    failure missing{
        fmt::format("expected {} to name an account of the export, found no '{}'", option, printable(name)),
        {}};
    if (nearest.empty())
        missing.detail = "  the export must hold the account, with objectSid and sAMAccountName\n";
    else
        missing.detail =
            fmt::format("  did you mean {}?\n", printable(fmt::format("{}", fmt::join(nearest, " or "))));
    return missing;
}

failure ambiguous(std::string_view option, std::string_view name,
                  std::vector<entry const*> const& candidates) {
    failure several{fmt::format("expected {} to name one account, found {} called '{}'", option,
                                candidates.size(), printable(name)),
                    {}};
    for (entry const* const candidate : candidates)
        several.detail += fmt::format("    {}  {}\n", *candidate->sid, printable(candidate->dn));
    several.detail += "  name it by its DN or SID\n";
    return several;
}

evidence flags_of(entry const& account) {
    return {std::string(account.dn), "userAccountControl",
            std::string(account.first(attribute::user_account_control).value_or(""))};
}

void check_kind(context& facts) {
    entry const& connector = *facts.connector;
    auto const flags = connector.number(attribute::user_account_control).value_or(0);
    if (!equal_ignoring_case(connector.structural_class(), "computer") && (flags & trust_account) == 0)
        return;
    std::vector<evidence> seen{
        {std::string(connector.dn), "objectClass", std::string(connector.structural_class())}};
    if ((flags & trust_account) != 0)
        seen.push_back(flags_of(connector));
    facts.add({"connector-computer", severity::warning,
               fmt::format("{} is a computer{}: anyone who controls the machine gets the permission",
                           account_name(connector),
                           (flags & server_trust_account) != 0 ? ", a domain controller" : ""),
               std::move(seen),
               "name the user account that the synchronization service signs in to Active Directory with"});
}

void check_protected_users(context& facts) {
    for (entry const* const group : facts.members.all_groups_of(*facts.connector))
        if (group->sid && directory::is_account_sid(*group->sid) &&
            sddl::relative_identifier(*group->sid) == protected_users)
            facts.add(
                {"connector-protected-users",
                 severity::warning,
                 fmt::format("{} is in {}: it cannot sign in with NTLM, and its tickets end after four hours",
                             account_name(*facts.connector), account_name(*group)),
                 {{std::string(facts.connector->dn), "member of", std::string(group->dn)}},
                 "test the synchronization with it, or take it out of the group and guard it otherwise"});
}

void check_privileged_itself(context& facts) {
    entry const& connector = *facts.connector;
    if (connector.sid && directory::is_account_sid(*connector.sid) &&
        sddl::relative_identifier(*connector.sid) == administrator)
        facts.add({"connector-privileged",
                   severity::warning,
                   fmt::format("{} is the built-in Administrator of its domain", account_name(connector)),
                   {{std::string(connector.dn), "objectSid", fmt::format("{}", *connector.sid)}},
                   "use an account that has no other rights for the synchronization"});
}

void check_connector(context& facts) {
    entry const& connector = *facts.connector;
    std::string const name = account_name(connector);
    check_kind(facts);
    check_privileged_itself(facts);
    check_protected_users(facts);
    for (entry const* const group : facts.members.all_groups_of(connector)) {
        if (!group->sid || !directory::is_privileged_group(*group->sid))
            continue;
        std::vector<std::string> steps;
        for (entry const* const step : facts.members.path(connector, *group))
            steps.push_back(account_name(*step));
        facts.add({"connector-privileged",
                   severity::warning,
                   fmt::format("{} is a member of {}, a privileged group", name, account_name(*group)),
                   {{std::string(connector.dn), "member of", fmt::format("{}", fmt::join(steps, " > "))}},
                   "a synchronization account needs no such membership, and anyone who takes it over has the "
                   "domain: "
                   "remove it after the change works"});
    }
    if ((connector.number(attribute::user_account_control).value_or(0) & account_disabled) != 0)
        facts.add({"connector-disabled",
                   severity::warning,
                   fmt::format("{} is disabled", name),
                   {flags_of(connector)},
                   "a disabled account synchronizes nothing: is it the right one?"});
}

bool is_account_name(std::string_view name) {
    constexpr std::string_view forbidden = "\"/\\[]:;|=,+*?<>@";
    constexpr std::size_t longest = 64; // rangeUpper of cn
    return !name.empty() && name.size() <= longest &&
           name.find_first_of(forbidden) == std::string_view::npos && printable(name) == name &&
           name.front() != ' ' && name.back() != ' ';
}

// A DN names the place too; a plain name goes where the group of the documentation stands.
result<target_group> group_to_create(context const& facts, std::string_view wanted) {
    target_group made;
    made.home = facts.forest.domain_of(*facts.connector);
    if (wanted.find('=') != std::string_view::npos) {
        auto const name = ldif::parse_distinguished_name(wanted);
        auto const above = name ? ldif::parent(*name) : std::nullopt;
        auto const* const container = above ? facts.exported.find(ldif::to_string(*above)) : nullptr;
        if (container == nullptr)
            return tl::unexpected(not_found("--group", wanted, {}));
        made.dn = ldif::to_string(*name);
        made.name = name->rdns.front().front().value;
        made.home = facts.forest.domain_of(*container);
    } else {
        made.name = wanted;
    }
    if (made.home == nullptr)
        made.home = &facts.concerned.front();
    if (!is_account_name(made.name) || sddl::parse_sid(made.name))
        return tl::unexpected(not_found(
            "--group", wanted,
            directory::find_principals(facts.exported, facts.forest, wanted, "group").nearest_names));
    if (made.dn.empty())
        made.dn = fmt::format("CN={},CN=Users,{}", made.name, made.home->root->dn);
    if (facts.exported.find(made.dn) != nullptr)
        return tl::unexpected(failure{
            fmt::format("expected {} to be a group, found another kind of object", printable(made.dn)),
            "  name a group with --group, or another name for the one to create\n"});
    return made;
}

target_group existing(context const& facts, entry const& group) {
    return {&group, std::string(group.dn), account_name(group), facts.forest.domain_of(group), false};
}

void plan_creation(context& facts, target_group const& group) {
    facts.changes_in(*group.home).group = group_creation{group.dn, group.name};
    facts.add(
        {"group-missing",
         severity::warning,
         fmt::format(
             "the group {} does not exist yet, and the SID it will get cannot be known before: the plan has "
             "two phases",
             group.name),
         {},
         fmt::format(
             "phase one: import 00-group.ldf, then run 01-permissions.cmd, which looks the name up when it "
             "runs, and import 02-members.ldf; phase two: export the domain root and the accounts again, "
             "with {} and {}, and run dsplan plan whfb on that export: it checks the result, or plans the "
             "permission with the SID if 01-permissions.cmd was not run",
             export_commands::domain_root(group.home->root->dn),
             export_commands::accounts(group.home->root->dn))});
}

// Tools and people tell groups apart by one name or the other, and by where they lie.
void check_place(context& facts, bool is_default) {
    target_group const& group = *facts.group;
    if (group.object == nullptr)
        return;
    auto const name = ldif::parse_distinguished_name(group.dn);
    auto const rdn = name ? name->rdns.front().front().value : std::string();
    bool const is_renamed = !equal_ignoring_case(rdn, group.name);
    bool const is_in_users =
        group.home != nullptr &&
        group.object->parent == facts.exported.find(fmt::format("CN=Users,{}", group.home->root->dn)) &&
        group.object->parent != nullptr;
    if (!is_renamed && (is_in_users || !is_default))
        return;
    std::string text = is_renamed ? fmt::format("the group with the account name {} is called {} in the tree",
                                                group.name, rdn)
                                  : fmt::format("{} does not lie below CN=Users", group.name);
    if (is_renamed && !is_in_users && is_default)
        text += ", and does not lie below CN=Users";
    facts.add({"group-place",
               severity::warning,
               std::move(text),
               {{group.dn, "sAMAccountName", group.name}},
               "make sure that it is the group that is meant, and see who may change what lies there; name "
               "another one with --group"});
}

// A default group is found by its account name alone: anybody who may create objects can make a group with
// any name in the tree.
directory::principal_matches find_default_group(context const& facts, std::string_view wanted) {
    auto matched = directory::find_principals(facts.exported, facts.forest, wanted, "group");
    std::erase_if(matched.found, [&](entry const* candidate) {
        auto const sam = candidate->first(attribute::sam_account_name);
        return !sam || !equal_ignoring_case(*sam, wanted);
    });
    return matched;
}

std::string similar_names(context const& facts, std::string_view wanted,
                          std::vector<std::string> const& nearest) {
    std::vector<std::string> named;
    for (entry const* const other :
         directory::find_principals(facts.exported, facts.forest, wanted, "group").found)
        named.push_back(fmt::format("{} (sAMAccountName {})", other->dn, account_name(*other)));
    named.insert(named.end(), nearest.begin(), nearest.end());
    return named.empty() ? "" : fmt::format("; groups with a similar name exist: {}", fmt::join(named, ", "));
}

void stop_without_default_group(context& facts, std::string_view wanted,
                                std::vector<std::string> const& nearest) {
    facts.stop({"group-missing",
                severity::stop,
                fmt::format("the export holds no group with the account name {}", wanted),
                {},
                fmt::format("--create-group plans it; --group names another one{}",
                            similar_names(facts, wanted, nearest))});
}

failure no_such_group(std::string_view wanted, std::vector<std::string> const& nearest) {
    auto missing = not_found("--group", wanted, nearest);
    missing.what =
        fmt::format("expected --group to name a group of the export, found no '{}'", printable(wanted));
    missing.detail += "  --create-group plans a new one\n";
    return missing;
}

// Of several groups of the name the one in the connector's domain, if there is just one.
result<entry const*> only_group(context const& facts, std::string_view wanted,
                                std::vector<entry const*> const& found) {
    auto const* const home = facts.forest.domain_of(*facts.connector);
    std::vector<entry const*> near;
    std::copy_if(found.begin(), found.end(), std::back_inserter(near), [&](entry const* candidate) {
        return found.size() == 1 || facts.forest.domain_of(*candidate) == home;
    });
    if (near.size() != 1)
        return tl::unexpected(ambiguous("--group", wanted, found));
    return near.front();
}

result<void> choose_named_group(context& facts, std::string_view wanted, bool is_default) {
    auto const matched = is_default
                             ? find_default_group(facts, wanted)
                             : directory::find_principals(facts.exported, facts.forest, wanted, "group");
    if (!matched.found.empty()) {
        auto const only = only_group(facts, wanted, matched.found);
        if (!only)
            return tl::unexpected(only.error());
        facts.group = existing(facts, **only);
        check_place(facts, is_default);
        return {};
    }
    if (!facts.request.create_group && is_default) {
        stop_without_default_group(facts, wanted, matched.nearest_names);
        return {};
    }
    if (!facts.request.create_group || !facts.grants_by_hand())
        return tl::unexpected(no_such_group(wanted, matched.nearest_names));
    auto made = group_to_create(facts, wanted);
    if (!made)
        return tl::unexpected(made.error());
    facts.group = std::move(*made);
    plan_creation(facts, *facts.group);
    return {};
}

struct default_group {
    std::string name;
    std::uint32_t relative_identifier;
    std::optional<sddl::sid> domain;
};

default_group default_group_of(context const& facts) {
    bool const several = facts.forest.domain_count.value_or(facts.forest.domains.size()) > 1;
    if (several)
        return {"Enterprise Key Admins", key_credential_link::enterprise_key_admins, facts.forest.root_sid};
    return {"Key Admins", key_credential_link::key_admins, facts.concerned.front().sid};
}

std::size_t exported_groups_of(context const& facts, sddl::sid const& domain) {
    auto const entries = facts.exported.entries();
    return static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), [&](entry const& object) {
        return object.is_a("group") && object.sid && sddl::domain_of(*object.sid) == domain;
    }));
}

// A controller of 2016 joined, but the PDC emulator is older: the groups come with the role.
void stop_before_pdc_moves(context& facts, default_group const& wanted, std::size_t groups) {
    facts.stop(
        {"key-admins-missing",
         severity::stop,
         fmt::format("{} of the domain {} {} exported and none has RID {} ({}): it has not been made yet, "
                     "unless the export "
                     "left it out",
                     counted(groups, "group", "groups"), *wanted.domain, groups == 1 ? "is" : "are",
                     wanted.relative_identifier, wanted.name),
         {},
         fmt::format(
             "two ways out: move the PDC emulator role to a Windows Server 2016 or later domain "
             "controller, which makes the group, and export again; or grant the permission by hand "
             "to a group of your own: --trust certificate --group \"{}\", with --create-group where it "
             "does not exist",
             key_credential_link::default_group)});
}

void choose_default_group(context& facts) {
    auto const wanted = default_group_of(facts);
    auto const sid = wanted.domain
                         ? sddl::with_relative_identifier(*wanted.domain, wanted.relative_identifier)
                         : std::nullopt;
    auto const* const group = sid ? facts.exported.find(*sid) : nullptr;
    auto const others = wanted.domain ? exported_groups_of(facts, *wanted.domain) : 0;
    if (group == nullptr && others > 0)
        return stop_before_pdc_moves(facts, wanted, others);
    if (group == nullptr)
        return facts.stop(
            {"key-admins-missing",
             severity::stop,
             fmt::format("the export holds no group with RID {} ({}) {}", wanted.relative_identifier,
                         wanted.name,
                         wanted.domain ? fmt::format("of the domain {}", *wanted.domain)
                                       : "of the forest root domain"),
             {},
             fmt::format("export the groups of the {}: {}; the group exists once a Windows Server 2016 or "
                         "later domain "
                         "controller holds the PDC emulator role",
                         wanted.relative_identifier == key_credential_link::key_admins ? "domain"
                                                                                       : "forest root domain",
                         export_commands::accounts(facts.forest_root_dn().empty()
                                                       ? std::string(facts.concerned.front().root->dn)
                                                       : facts.forest_root_dn()))});
    facts.group = existing(facts, *group);
    facts.group->is_key_admins = true;
    check_place(facts, true);
    facts.add(
        {"key-admins",
         severity::fact,
         fmt::format("{} holds the permission by default, and the connector account becomes its member: {}",
                     facts.group->name,
                     wanted.relative_identifier == key_credential_link::key_admins
                         ? "the forest has one domain"
                         : "the forest has several domains"),
         {{facts.group->dn, "objectSid", fmt::format("{}", *group->sid)}},
         {}});
    facts.add(
        {"key-admins-protected",
         severity::unknown,
         fmt::format("whether the AdminSDHolder task protects {} and its members is documented both ways",
                     facts.group->name),
         {},
         fmt::format(
             "if it does, {} gets adminCount 1 and stops inheriting permissions within the hour: look at "
             "the account after that",
             account_name(*facts.connector))});
}

// What a group's scope can take and where its grant counts. [MS-ADTS] 3.1.1.1.? and the help of every group
// dialog.
void check_scope(context& facts) {
    target_group const& group = *facts.group;
    if (group.object == nullptr)
        return;
    auto const type = group.object->number(attribute::group_type);
    evidence const seen{group.dn, "groupType",
                        std::string(group.object->first(attribute::group_type).value_or(""))};
    if (!type)
        return facts.add(
            {"group-scope",
             severity::unknown,
             fmt::format("the export does not say which scope {} has", group.name),
             {},
             "export it with groupType: " +
                 export_commands::accounts(group.home != nullptr ? group.home->root->dn
                                                                 : facts.concerned.front().root->dn)});
    bool const same_domain = sddl::domain_of(*group.object->sid) == sddl::domain_of(*facts.connector->sid);
    if ((*type & group_is_security_enabled) == 0)
        facts.stop({"group-scope",
                    severity::stop,
                    fmt::format("{} is a distribution group: an ACE for it grants nothing", group.name),
                    {seen},
                    "make it a security group, or name another one with --group"});
    else if ((*type & group_is_global) != 0 && !same_domain)
        facts.stop(
            {"group-scope",
             severity::stop,
             fmt::format(
                 "{} is a global group and takes members of its own domain only; {} is of another one",
                 group.name, account_name(*facts.connector)),
             {seen,
              {std::string(facts.connector->dn), "objectSid", fmt::format("{}", *facts.connector->sid)}},
             "use a universal group, or a connector account of the group's domain"});
    else if ((*type & group_is_domain_local) != 0 &&
             std::any_of(facts.concerned.begin(), facts.concerned.end(),
                         [&](directory::domain const& domain) { return domain.root != group.home->root; }))
        facts.stop({"group-scope",
                    severity::stop,
                    fmt::format("{} is a domain local group: an ACE for it counts in its own domain only",
                                group.name),
                    {seen},
                    "use a universal group, or plan its domain alone with --domain"});
}

} // namespace

result<void> find_connector(context& facts) {
    auto const matched = directory::find_principals(facts.exported, facts.forest, facts.request.connector);
    if (matched.found.empty())
        return tl::unexpected(not_found("--connector", facts.request.connector, matched.nearest_names));
    if (matched.found.size() > 1)
        return tl::unexpected(ambiguous("--connector", facts.request.connector, matched.found));
    if (matched.found.front()->is_a("group"))
        return tl::unexpected(
            failure{fmt::format("expected --connector to name a user or service account, found the group {}",
                                printable(matched.found.front()->dn)),
                    "  name the AD DS connector account that the synchronization service signs in with\n"});
    facts.connector = matched.found.front();
    check_connector(facts);
    return {};
}

result<void> choose_group(context& facts) {
    result<void> chosen;
    if (facts.request.group)
        chosen =
            choose_named_group(facts, *facts.request.group,
                               equal_ignoring_case(*facts.request.group, key_credential_link::default_group));
    else if (facts.has_2016_or_later)
        choose_default_group(facts);
    else
        chosen = choose_named_group(facts, key_credential_link::default_group, true);
    if (chosen && facts.group)
        check_scope(facts);
    return chosen;
}

void plan_membership(context& facts) {
    entry const& connector = *facts.connector;
    target_group const& group = *facts.group;
    std::string const name = account_name(connector);
    if (group.object != nullptr) {
        auto const path = facts.members.path(connector, *group.object);
        if (!path.empty()) {
            std::vector<std::string> steps;
            for (entry const* const step : path)
                steps.push_back(account_name(*step));
            bool const primary =
                path.size() == 2 && directory::membership::is_primary_group(connector, *group.object);
            return facts.add({"connector-member",
                              severity::fact,
                              fmt::format("{} is a member of {} already{}", name, group.name,
                                          primary           ? ", through its primary group"
                                          : path.size() > 2 ? ", through another group"
                                                            : ""),
                              {{std::string(connector.dn), primary ? "primaryGroupID" : "member of",
                                fmt::format("{}", fmt::join(steps, " > "))}},
                              {}});
        }
    }
    directory::domain const& home = group.home != nullptr ? *group.home : facts.concerned.front();
    facts.changes_in(home).members.push_back({group.dn, group.name, std::string(connector.dn), name});
}

} // namespace dsplan::plan::whfb
