#include <sddl/write.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/recipes/whfb/context.hpp>
#include <tools/dsplan/plan/recipes/whfb/key_credential_link.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan::whfb {
namespace {

using directory::attribute;
using directory::entry;
using directory::known;

evidence number_evidence(entry const& object, attribute name) {
    return {std::string(object.dn), std::string(directory::name_of(name)),
            std::string(object.first(name).value_or(""))};
}

entry const* find_schema_head(directory::snapshot const& exported) {
    for (entry const& object : exported.entries())
        if (object.key.starts_with("cn=schema,cn=configuration,") && object.first(attribute::object_version))
            return &object;
    return nullptr;
}

// A schema export that holds other attributes but not this one says that it is absent.
bool attribute_is_absent(directory::snapshot const& exported) {
    bool has_user_attribute = false;
    for (entry const& object : exported.entries()) {
        auto const name = object.first(attribute::ldap_display_name);
        if (name == key_credential_link::ldap_display_name)
            return false;
        has_user_attribute = has_user_attribute || name == "sAMAccountName";
    }
    return has_user_attribute;
}

void check_schema(context& facts) {
    constexpr std::string_view step_first =
        "extend the schema first: adprep /forestprep from the Windows Server 2016 (or later) installation "
        "media, run "
        "on the schema master by a member of Schema Admins and Enterprise Admins";
    auto const* const head = find_schema_head(facts.exported);
    auto const version = head != nullptr ? head->number(attribute::object_version) : std::nullopt;
    if (version && *version < key_credential_link::first_schema_version)
        return facts.stop(
            {"schema-version",
             severity::stop,
             fmt::format("the schema is at {}; msDS-KeyCredentialLink exists from 87 on", *version),
             {number_evidence(*head, attribute::object_version)},
             std::string(step_first)});
    if (attribute_is_absent(facts.exported))
        return facts.stop({"schema-version",
                           severity::stop,
                           "the schema in the export has no attribute msDS-KeyCredentialLink",
                           {},
                           std::string(step_first)});
    if (version)
        return facts.add(
            {"schema-version",
             severity::fact,
             fmt::format("the schema is at version {}; msDS-KeyCredentialLink exists from 87 on", *version),
             {number_evidence(*head, attribute::object_version)},
             {}});
    facts.add({"schema-version",
               severity::unknown,
               "the export does not say whether the schema has msDS-KeyCredentialLink (version 87 or later)",
               {},
               "export it: " + export_commands::schema_version(facts.forest_root_dn())});
}

std::vector<evidence> controller_evidence(directory::controller_survey const& survey, known wanted) {
    std::vector<evidence> seen;
    for (auto const& controller : survey.controllers)
        if (controller.is_2016_or_later == wanted)
            seen.push_back(
                {std::string(controller.object->dn), "operatingSystem, operatingSystemVersion",
                 fmt::format("{} {}", controller.object->first(attribute::operating_system).value_or("?"),
                             controller.object->first(attribute::operating_system_version).value_or("?"))});
    return seen;
}

// Whether every controller that is unknown has a system in the export: exporting it again tells no more.
bool says_its_system(directory::controller_survey const& survey) {
    return !survey.controllers.empty() &&
           std::all_of(survey.controllers.begin(), survey.controllers.end(), [](auto const& controller) {
               return controller.is_2016_or_later != known::unknown ||
                      controller.object->first(attribute::operating_system);
           });
}

void check_controllers(context& facts, directory::domain const& domain) {
    auto const survey = directory::survey_controllers(facts.exported, facts.forest, domain);
    auto const command = export_commands::domain_controllers(domain.root->dn);
    switch (survey.has_2016_or_later) {
    case known::yes: {
        auto seen = controller_evidence(survey, known::yes);
        if (seen.empty())
            seen.push_back(number_evidence(*domain.root, attribute::ms_ds_behavior_version));
        facts.add({"windows-2016-controller",
                   severity::fact,
                   fmt::format("{} has a Windows Server 2016 or later domain controller", domain.dns_name),
                   std::move(seen),
                   {}});
        facts.has_2016_or_later = true;
        break;
    }
    case known::no:
        facts.add({"windows-2016-controller",
                   severity::fact,
                   fmt::format(
                       "no domain controller of {} runs Windows Server 2016 or later: the permission must be "
                       "granted by hand",
                       domain.dns_name),
                   controller_evidence(survey, known::no),
                   {}});
        break;
    case known::unknown:
        facts.add({"windows-2016-controller", severity::unknown,
                   survey.controllers.empty()
                       ? fmt::format("the export holds no domain controller of {}: whether one runs Windows "
                                     "Server 2016 or later is unknown, and the plan takes none for granted",
                                     domain.dns_name)
                       : fmt::format("the system of a domain controller of {} is unknown, and none is seen "
                                     "that runs Windows Server 2016 or later",
                                     domain.dns_name),
                   controller_evidence(survey, known::unknown),
                   says_its_system(survey)
                       ? "their systems are exported and are no Windows that dsplan knows: what "
                         "they grant by default is not known; look at the findings about the "
                         "permission"
                       : "export them: " + command});
        break;
    }
}

void decide_trust(context& facts) {
    bool const found = facts.has_2016_or_later;
    facts.trust = facts.request.trust.value_or(found ? trust_type::key : trust_type::certificate);
    if (facts.trust == trust_type::key && !found)
        return facts.stop(
            {"trust-type",
             severity::stop,
             "key trust needs a Windows Server 2016 or later domain controller, and the export shows none",
             {},
             "promote one, or export the domain controllers if there is one: " +
                 export_commands::domain_controllers(facts.concerned.front().root->dn) +
                 "; certificate trust works without: --trust certificate"});
    facts.add({"trust-type",
               severity::fact,
               fmt::format("planned for {} trust{}", facts.trust == trust_type::key ? "key" : "certificate",
                           facts.request.trust ? ", as asked for"
                           : found             ? ": a Windows Server 2016 or later domain controller is there"
                                   : ": no Windows Server 2016 or later domain controller is seen"),
               {},
               {}});
}

void check_domain_count(context& facts) {
    if (facts.forest.domain_count) {
        facts.add({"forest-domains",
                   severity::fact,
                   *facts.forest.domain_count == 1
                       ? "the forest has one domain"
                       : fmt::format("the forest has {} domains", *facts.forest.domain_count),
                   {},
                   {}});
        return;
    }
    facts.add({"forest-domains",
               severity::unknown,
               fmt::format("the export does not say how many domains the forest has; the plan is made for {}",
                           facts.forest.domains.size() == 1
                               ? "one"
                               : fmt::format("the {} it holds", facts.forest.domains.size())),
               {},
               "export them: " + export_commands::partitions(facts.forest_root_dn())});
}

bool is_unresolvable_enterprise_key_admins(context const& facts, directory::domain const& domain,
                                           sddl::ace const& ace) {
    if (sddl::relative_identifier(ace.trustee) != key_credential_link::enterprise_key_admins)
        return false;
    auto const home = sddl::domain_of(ace.trustee);
    if (facts.forest.root_sid)
        return home && sddl::is_domain_sid(*home) && home != facts.forest.root_sid;
    return facts.forest.root_key && !domain.is_forest_root && home == domain.sid;
}

bool is_full_control_of_enterprise_key_admins(sddl::ace const& ace) {
    return sddl::relative_identifier(ace.trustee) == key_credential_link::enterprise_key_admins &&
           sddl::is_allow(ace.type) && sddl::is_plain(ace.type) &&
           sddl::map_generic(ace.mask).contains(sddl::directory_full_control);
}

void check_adprep_faults(context& facts, directory::domain const& domain) {
    auto const* const descriptor = domain.root->descriptor;
    if (descriptor == nullptr || !descriptor->value->dacl)
        return;
    auto const sids = facts.forest.sids_for(domain);
    for (sddl::ace const& ace : descriptor->value->dacl->aces) {
        evidence const seen{std::string(domain.root->dn), "nTSecurityDescriptor", sddl::write_ace(ace, sids)};
        if (is_full_control_of_enterprise_key_admins(ace))
            facts.add(
                {"adprep-full-control",
                 severity::warning,
                 fmt::format("Enterprise Key Admins has full control of {}: a fault of the adprep of Windows "
                             "Server 2016 before version 1709",
                             domain.dns_name),
                 {seen},
                 "run adprep /domainprep of Windows Server 2019 or later (domain update 89 replaces the "
                 "ACE), or "
                 "remove the ACE; until then every member of that group can take over the domain"});
        else if (is_unresolvable_enterprise_key_admins(facts, domain, ace))
            facts.add(
                {"adprep-stale-ace",
                 severity::warning,
                 fmt::format(
                     "an ACE on {} names RID 527 of a domain that is not the forest root: adprep wrote it "
                     "for Enterprise Key Admins with the wrong SID, and nobody holds it",
                     domain.dns_name),
                 {seen},
                 "remove it once the right ACE is there; adprep /domainprep of Windows Server 2019 or later "
                 "does"});
    }
}

void check_update_revision(context& facts) {
    for (entry const& object : facts.exported.entries())
        if (object.key.starts_with("cn=activedirectoryupdate,cn=domainupdates,cn=system,"))
            if (auto const revision = object.number(attribute::revision))
                facts.add({"domain-update-revision",
                           severity::fact,
                           *revision >= 16 ? fmt::format("domain updates are at revision {}", *revision)
                           : *revision == 15
                               ? "domain updates are at revision 15, Windows Server 2016 before 1709"
                               : fmt::format("domain updates are at revision {}, before Windows Server "
                                             "2016",
                                             *revision),
                           {number_evidence(object, attribute::revision)},
                           {}});
}

} // namespace

void check_prerequisites(context& facts) {
    check_schema(facts);
    for (directory::domain const& domain : facts.concerned)
        check_controllers(facts, domain);
    check_update_revision(facts);
    check_domain_count(facts);
    decide_trust(facts);
    for (directory::domain const& domain : facts.concerned)
        check_adprep_faults(facts, domain);
}

} // namespace dsplan::plan::whfb
