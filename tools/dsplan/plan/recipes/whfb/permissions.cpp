#include <sddl/canonical_order.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/plan/coverage.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/exported_descriptor.hpp>
#include <tools/dsplan/plan/recipes/whfb/context.hpp>
#include <tools/dsplan/plan/recipes/whfb/key_credential_link.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace dsplan::plan::whfb {
namespace {

using directory::entry;
namespace flag = sddl::ace_flag;

constexpr std::size_t largest_acl = 0xFFFF; // AclSize has 16 bits. [MS-DTYP] 2.4.5

bool has_null_dacl(entry const& object) {
    return object.descriptor != nullptr &&
           sddl::dacl_state(*object.descriptor->value) == sddl::acl_state::null;
}

sddl::acl only_allowing(sddl::acl const& dacl) {
    sddl::acl kept = dacl;
    std::erase_if(kept.aces, [](sddl::ace const& ace) { return sddl::is_deny(ace.type); });
    return kept;
}

class permission_planner {
public:
    permission_planner(context& facts, directory::domain const& domain) : facts_(facts), domain_(domain) {
        if (facts.group->object != nullptr)
            token_ = directory::token_of(
                facts.exported, facts.members,
                {.account = *facts.group->object, .domain = directory::domain_part(domain.root->key)});
    }

    // Compares what the list of `object` has with each grant, and plans those that it lacks.
    void plan_on(entry const& object, std::vector<grant> wanted) {
        if (has_null_dacl(object))
            return facts_.stop(
                {"null-dacl",
                 severity::stop,
                 fmt::format("{} has a NULL DACL, which allows everything to everyone; a first ACE would "
                             "take everything else away",
                             object.dn),
                 {{std::string(object.dn), "nTSecurityDescriptor", "D:NO_ACCESS_CONTROL"}},
                 "give the object a real list first"});
        sddl::acl const* const dacl = list_of(object);
        if (dacl != nullptr)
            std::erase_if(wanted, [&](grant const& each) { return has_already(object, *dacl, each); });
        if (!wanted.empty())
            add_change(object, dacl, std::move(wanted));
    }

    // A denial is planned unless the same ACE is there.
    void plan_denial_on(entry const& object, grant denied) {
        sddl::acl const* const dacl = list_of(object);
        auto const made = denied.ace();
        if (dacl != nullptr && made &&
            std::find(dacl->aces.begin(), dacl->aces.end(), *made) != dacl->aces.end())
            return facts_.add(
                {"controllers-denied",
                 severity::fact,
                 fmt::format("{} is kept off the domain controllers already", denied.trustee_name),
                 {evidence_of(object, *made)},
                 {}});
        add_change(object, dacl, {std::move(denied)});
    }

    // What RID 526 and 527 have on a domain root by default, looked at where no ACE is planned.
    bool check_default(entry const& object, grant const& expected) {
        sddl::acl const* const dacl = list_of(object);
        if (dacl == nullptr) {
            facts_.add(
                {"default-aces",
                 severity::unknown,
                 fmt::format(
                     "the export does not hold the list of {}: whether {} has its default permission is "
                     "unknown",
                     object.dn, expected.trustee_name),
                 {},
                 "export it: " + export_commands::domain_root(object.dn)});
            return true;
        }
        return has_already(object, *dacl, expected);
    }

private:
    [[nodiscard]] sddl::acl const* list_of(entry const& object) const {
        if (object.descriptor == nullptr || !object.descriptor->value->dacl)
            return nullptr;
        return &*object.descriptor->value->dacl;
    }

    [[nodiscard]] static sddl::guid class_asked_about(grant const& wanted) {
        return wanted.inherited_class_guid.value_or(key_credential_link::user_class);
    }

    [[nodiscard]] coverage covered(sddl::acl const& dacl, grant const& wanted) const {
        if ((wanted.flags & flag::container_inherit) != 0)
            return cover(dacl, token_, key_credential_link::property, class_asked_about(wanted), wanted.mask);
        // On the object itself: only an ACE that is there already counts.
        coverage found;
        auto const made = wanted.ace();
        for (std::size_t index = 0; index < dacl.aces.size(); ++index)
            if (made && dacl.aces[index] == *made) {
                found.granted = wanted.mask;
                found.allowed_by = {index};
                break;
            }
        return found;
    }

    bool has_already(entry const& object, sddl::acl const& dacl, grant const& wanted) {
        auto const found = covered(dacl, wanted);
        name_denials(object, dacl, found);
        auto const allowing = only_allowing(dacl);
        auto const without_denials = covered(allowing, wanted);
        if (!without_denials.covers(wanted.mask))
            return false;
        name_cover(object, allowing, without_denials, wanted, !found.denied_by.empty());
        return true;
    }

    void name_cover(entry const& object, sddl::acl const& dacl, coverage const& found, grant const& wanted,
                    bool is_defeated) {
        auto const named = decisive(found, dacl, token_, *wanted.trustee, key_credential_link::property,
                                    class_asked_about(wanted), wanted.mask);
        std::vector<evidence> seen;
        for (std::size_t const index : named)
            seen.push_back(evidence_of(object, dacl.aces[index]));
        bool const own = std::all_of(named.begin(), named.end(), [&](std::size_t index) {
            return dacl.aces[index].trustee == *wanted.trustee;
        });
        auto const place = where_it_applies(wanted);
        auto const through = own ? "" : ", through an ACE for a group it belongs to";
        facts_.add({"grant-covered", severity::fact,
                    is_defeated
                        ? fmt::format("{} has the permission on {} already{}, but the deny ACE defeats it",
                                      wanted.trustee_name, place, through)
                        : fmt::format("{} may already read and write msDS-KeyCredentialLink on {}{}",
                                      wanted.trustee_name, place, through),
                    std::move(seen), ""});
    }

    [[nodiscard]] std::string where_it_applies(grant const& wanted) const {
        if ((wanted.flags & flag::container_inherit) == 0)
            return fmt::format("the protected accounts of {}", domain_.dns_name);
        return fmt::format("{} objects below {}",
                           wanted.inherited_class.empty() ? "user" : wanted.inherited_class,
                           domain_.dns_name);
    }

    void name_denials(entry const& object, sddl::acl const& dacl, coverage const& found) {
        for (std::size_t const index : found.denied_by)
            facts_.add({"grant-denied",
                        severity::warning,
                        fmt::format("a deny ACE on {} comes before any grant to {} and defeats it",
                                    domain_.dns_name, facts_.group->name),
                        {evidence_of(object, dacl.aces[index])},
                        "find out why it is there; dsplan removes no ACE"});
    }

    [[nodiscard]] evidence evidence_of(entry const& object, sddl::ace const& ace) const {
        return {std::string(object.dn), "nTSecurityDescriptor",
                sddl::write_ace(ace, facts_.forest.sids_for(domain_))};
    }

    void add_change(entry const& object, sddl::acl const* dacl, std::vector<grant> grants) {
        permission_change change;
        change.dn = object.dn;
        change.missing_parts = missing_parts(object);
        if (object.descriptor != nullptr)
            change.before = octets_of(*object.descriptor->value);
        if (dacl != nullptr && !edit(object, *dacl, grants, change))
            return;
        change.grants = std::move(grants);
        report_missing_parts(change);
        facts_.changes_in(domain_).permissions.push_back(std::move(change));
    }

    // Puts the ACEs where the directory itself would keep them; nothing else moves. False if the list is
    // full.
    bool edit(entry const& object, sddl::acl const& dacl, std::vector<grant>& grants,
              permission_change& change) {
        sddl::acl edited = dacl;
        if (auto const& trustee = grants.front().trustee)
            change.other_aces_of_trustee = explicit_aces_of(*trustee, change.before);
        for (grant& each : grants) {
            // For the effect, the connector stands in for a group that has no SID yet.
            grant stand_in = each;
            stand_in.trustee = each.trustee.value_or(*facts_.connector->sid);
            auto const ace = *stand_in.ace();
            auto const position = sddl::position_for_new_ace(edited, ace);
            edited.aces.insert(edited.aces.begin() + static_cast<std::ptrdiff_t>(position), ace);
            for (grant& earlier : grants)
                if (earlier.position && *earlier.position >= position)
                    ++*earlier.position;
            if (each.trustee)
                each.position = position;
        }
        edited.revision = std::max<std::uint8_t>(edited.revision, 4); // [MS-DTYP] 2.4.5: object ACEs need it
        if (sddl::size_of(edited) > largest_acl) {
            facts_.stop(
                {"acl-full",
                 severity::stop,
                 fmt::format(
                     "the list of {} has no room for another ACE: it would be {} octets, and {} is the "
                     "most",
                     object.dn, sddl::size_of(edited), largest_acl),
                 {},
                 "remove ACEs that nobody needs first"});
            return false;
        }
        auto after = *object.descriptor->value;
        sddl::set_dacl(after, std::move(edited));
        auto octets = octets_of(after);
        if (grants.front().trustee)
            change.after = octets;
        facts_.octets_after.insert_or_assign(change.dn, std::move(octets));
        return true;
    }

    void report_missing_parts(permission_change const& change) {
        if (change.missing_parts.empty())
            return;
        facts_.add(
            {"descriptor-incomplete",
             severity::warning,
             fmt::format(
                 "the descriptor of {} in the export lacks its {}: no LDIF is written for it, since "
                 "importing one would change or remove what is missing; 01-permissions.cmd does the same "
                 "change on the list that is there when it runs",
                 change.dn, fmt::join(change.missing_parts, ", ")),
             {},
             "for the LDIF, export the whole descriptor from an elevated prompt as a member of "
             "Administrators: " +
                 export_commands::object_descriptor(change.dn)});
    }

    context& facts_;
    directory::domain const& domain_;
    std::vector<sddl::sid> token_;
};

grant grant_for(target_group const& group) {
    grant made;
    made.trustee_name = group.name;
    if (group.home != nullptr) {
        made.trustee_netbios_domain = group.home->netbios_name;
        made.trustee_dns_domain = group.home->dns_name;
    }
    if (group.object != nullptr)
        made.trustee = group.object->sid;
    made.mask = key_credential_link::rights;
    made.property = key_credential_link::ldap_display_name;
    made.property_guid = key_credential_link::property.attribute;
    return made;
}

grant grant_below(target_group const& group, std::string_view class_name, sddl::guid const& class_guid) {
    grant made = grant_for(group);
    made.inherited_class = class_name;
    made.inherited_class_guid = class_guid;
    made.flags = flag::container_inherit | flag::inherit_only;
    return made;
}

std::vector<grant> grants_by_hand(context const& facts) {
    std::vector<grant> wanted{grant_below(*facts.group, "user", key_credential_link::user_class)};
    if (facts.request.include_inet_org_person)
        wanted.push_back(
            grant_below(*facts.group, "inetOrgPerson", key_credential_link::inet_org_person_class));
    return wanted;
}

// (OA;CI;RPWP;5b47d60f-…;;KA), as domain updates 85 and 89 of adprep write it.
grant default_grant(target_group const& group) {
    grant made = grant_for(group);
    made.flags = flag::container_inherit;
    return made;
}

void plan_default(context& facts, directory::domain const& domain) {
    permission_planner planner(facts, domain);
    auto const expected = default_grant(*facts.group);
    if (planner.check_default(*domain.root, expected))
        return;
    if (facts.request.default_aces)
        return planner.plan_on(*domain.root, {expected});
    facts.add(
        {"default-aces",
         severity::warning,
         fmt::format(
             "{} has no permission on msDS-KeyCredentialLink below {}: the default ACE is missing, and the "
             "membership alone grants nothing there",
             facts.group->name, domain.dns_name),
         {},
         "adprep /domainprep of Windows Server 2019 or later writes it; --default-aces plans it here"});
}

void skip_with_2016(context& facts) {
    facts.add({"permission-step",
               severity::fact,
               "a Windows Server 2016 or later domain controller is there, so no permission is granted to a "
               "group of your "
               "own: the default ACEs on the domain root were looked at instead",
               {},
               {}});
    if (!facts.group->is_key_admins) {
        for (directory::domain const& domain : facts.concerned) {
            permission_planner planner(facts, domain);
            if (!planner.check_default(*domain.root, default_grant(*facts.group)))
                return facts.stop(
                    {"group-without-grant",
                     severity::stop,
                     fmt::format("{} has no permission on msDS-KeyCredentialLink below {}, and with a "
                                 "Windows Server 2016 or later domain controller none is planned for it",
                                 facts.group->name, domain.dns_name),
                     {},
                     "leave out --group: the connector account then becomes a member of the group that has "
                     "the permission by default; or --by-hand grants it to this group, on user objects "
                     "alone"});
        }
        return;
    }
    for (directory::domain const& domain : facts.concerned)
        plan_default(facts, domain);
}

void plan_on_admin_sd_holder(context& facts, directory::domain const& domain) {
    auto const dn = fmt::format("CN=AdminSDHolder,CN=System,{}", domain.root->dn);
    auto const* const holder = facts.exported.find(dn);
    facts.add(
        {"admin-sd-holder",
         severity::warning,
         fmt::format(
             "as asked for, {} may write msDS-KeyCredentialLink on every protected account of {}: anyone who "
             "controls the connector account can then sign in as a Domain Admin with a key of their own",
             facts.group->name, domain.dns_name),
         {},
         "leave --admin-sd-holder out unless protected accounts must use Windows Hello for Business through "
         "synchronization; administrators are better kept out of it"});
    if (holder == nullptr)
        return facts.stop({"admin-sd-holder",
                           severity::stop,
                           fmt::format("the export does not hold {}", dn),
                           {},
                           "export it: " + export_commands::object_descriptor(dn)});
    permission_planner(facts, domain).plan_on(*holder, {grant_for(*facts.group)});
}

// Nearer than the domain root, so it comes first in the list of every controller.
void keep_off_controllers(context& facts, directory::domain const& domain) {
    auto const dn = fmt::format("OU=Domain Controllers,{}", domain.root->dn);
    auto const* const container = facts.exported.find(dn);
    if (container == nullptr)
        return facts.stop({"controllers-denied",
                           severity::stop,
                           fmt::format("the export does not hold {}", dn),
                           {},
                           "export it: " + export_commands::object_descriptor(dn)});
    auto const* const home = facts.forest.domain_of(*facts.connector);
    grant denied = grant_below(*facts.group, "computer", key_credential_link::computer_class);
    denied.denies = true;
    denied.mask = sddl::right_write_property;
    denied.trustee_name = directory::account_name(*facts.connector);
    denied.trustee = facts.connector->sid;
    denied.trustee_netbios_domain = home == nullptr ? std::nullopt : home->netbios_name;
    denied.trustee_dns_domain = home == nullptr ? std::string{} : home->dns_name;
    permission_planner(facts, domain).plan_denial_on(*container, std::move(denied));
}

} // namespace

void plan_permissions(context& facts) {
    if (!facts.grants_by_hand())
        skip_with_2016(facts);
    else
        for (directory::domain const& domain : facts.concerned)
            permission_planner(facts, domain).plan_on(*domain.root, grants_by_hand(facts));
    if (facts.request.admin_sd_holder && !facts.drawn.stopped)
        for (directory::domain const& domain : facts.concerned)
            plan_on_admin_sd_holder(facts, domain);
    if (facts.request.keep_off_controllers && !facts.drawn.stopped)
        for (directory::domain const& domain : facts.concerned)
            keep_off_controllers(facts, domain);
}

} // namespace dsplan::plan::whfb
