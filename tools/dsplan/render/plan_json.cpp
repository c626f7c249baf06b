#include <ldif/base64.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/ground/version.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/paths_json.hpp>
#include <tools/dsplan/render/plan_dsacls.hpp>
#include <tools/dsplan/render/plan_json.hpp>
#include <tools/dsplan/words/planned_trustee.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace dsplan::render {
namespace {

using nlohmann::json;

std::string_view severity_name(plan::severity level) {
    switch (level) {
    case plan::severity::fact:
        return "fact";
    case plan::severity::note:
        return "note";
    case plan::severity::unknown:
        return "unknown";
    case plan::severity::warning:
        return "warning";
    case plan::severity::stop:
        return "stop";
    }
    return "";
}

std::string_view obstacle_name(effect::obstacle why) {
    switch (why) {
    case effect::obstacle::protected_account:
        return "protected";
    case effect::obstacle::blocked_inheritance:
        return "blocked-inheritance";
    case effect::obstacle::denied:
        return "denied";
    case effect::obstacle::not_granted:
        return "not-granted";
    case effect::obstacle::unknown:
        return "unknown";
    }
    return "";
}

json finding_json(plan::finding const& found) {
    json seen = json::array();
    for (evidence const& each : found.seen)
        seen.push_back({{"dn", each.dn}, {"attribute", each.attribute}, {"value", each.value}});
    return {{"rule", found.rule},
            {"severity", severity_name(found.level)},
            {"text", found.text},
            {"evidence", seen},
            {"advice", found.advice}};
}

std::string ace_base64(sddl::ace const& ace) {
    sddl::byte_string octets;
    sddl::append(octets, ace);
    return ldif::encode_base64({reinterpret_cast<char const*>(octets.data()), octets.size()});
}

json grant_json(plan::grant const& grant, sddl::domain_sids const& sids) {
    json made = {{"effect", grant.denies ? "deny" : "allow"},
                 {"trustee_name", grant.trustee_name},
                 {"trustee_dns_domain", grant.trustee_dns_domain},
                 {"remainder", grant.is_left_over},
                 {"copy", grant.is_copy},
                 {"rights", sddl::write_rights(grant.mask)},
                 {"property", grant.property},
                 {"inherited_class", grant.inherited_class}};
    if (auto const ace = grant.ace()) {
        made["trustee_sid"] = fmt::format("{}", *grant.trustee);
        made["ace_sddl"] = sddl::write_ace(*ace, sids);
        made["ace_base64"] = ace_base64(*ace);
    } else {
        // Everything but the trustee is known before the group exists.
        plan::grant template_grant = grant;
        template_grant.trustee = words::nobody;
        made["ace_template_base64"] = ace_base64(*template_grant.ace());
    }
    if (grant.trustee_netbios_domain)
        made["trustee_netbios_domain"] = *grant.trustee_netbios_domain;
    if (grant.position)
        made["position"] = *grant.position;
    return made;
}

json permission_json(plan::domain_changes const& domain, plan::permission_change const& change) {
    json grants = json::array();
    for (plan::grant const& grant : change.grants)
        grants.push_back(grant_json(grant, domain.sids));
    json removed = json::array();
    for (plan::removed_ace const& each : change.removed)
        removed.push_back({{"trustee_name", each.trustee_name},
                           {"position", each.position},
                           {"ace_sddl", sddl::write_ace(each.value, domain.sids)},
                           {"ace_base64", ace_base64(each.value)}});
    json parts = json::array();
    for (plan::part_change const& each : change.parts)
        parts.push_back({{"part", each.part}, {"before", each.before}, {"after", each.after}});
    json made = {{"dn", change.dn},
                 {"importable", change.is_importable()},
                 {"missing_parts", change.missing_parts},
                 {"grants", grants},
                 {"removed", removed},
                 {"parts", parts},
                 {"dsacls", dsacls_commands(change)}};
    if (auto const why = plan::obstacle_to_dsacls(change); !why.empty())
        made["without_dsacls"] = why;
    if (!change.before.empty())
        made["before_base64"] = ldif::encode_base64(change.before);
    if (!change.after.empty())
        made["after_base64"] = ldif::encode_base64(change.after);
    return made;
}

json objects_json(plan::domain_changes const& changes) {
    json objects = json::array();
    for (plan::object_before const& object : changes.objects) {
        json made = {{"dn", object.dn}, {"class", object.object_class}, {"members", object.members}};
        if (object.sid)
            made["sid"] = fmt::format("{}", *object.sid);
        if (!object.descriptor.empty())
            made["descriptor_base64"] = ldif::encode_base64(object.descriptor);
        objects.push_back(std::move(made));
    }
    return objects;
}

json inputs_json(plan::plan const& drawn) {
    json inputs = json::array();
    for (input_digest const& input : drawn.inputs) {
        json made = {{"name", input.name}};
        if (input.size) {
            made["size"] = *input.size;
            made["sha256"] = input.sha256;
        }
        inputs.push_back(std::move(made));
    }
    return inputs;
}

json domain_json(plan::domain_changes const& changes) {
    json permissions = json::array();
    for (plan::permission_change const& change : changes.permissions)
        permissions.push_back(permission_json(changes, change));
    json members = json::array();
    for (plan::member_addition const& member : changes.members)
        members.push_back({{"change", member.removes ? "remove" : "add"},
                           {"group_dn", member.group_dn},
                           {"group_name", member.group_name},
                           {"member_dn", member.member_dn},
                           {"member_name", member.member_name}});
    json made = {{"dn", changes.dn},
                 {"dns_name", changes.dns_name},
                 {"permissions", permissions},
                 {"members", members},
                 {"objects", objects_json(changes)}};
    if (changes.sids.domain)
        made["sid"] = fmt::format("{}", *changes.sids.domain);
    if (changes.sids.forest_root)
        made["forest_root_sid"] = fmt::format("{}", *changes.sids.forest_root);
    if (changes.netbios_name)
        made["netbios_name"] = *changes.netbios_name;
    if (changes.group)
        made["create_group"] = {{"dn", changes.group->dn},
                                {"sam_account_name", changes.group->sam_account_name}};
    return made;
}

json reach_json(effect::reach const& measured) {
    json not_reached = json::array();
    for (effect::unreached const& missed : measured.not_reached)
        not_reached.push_back(
            {{"dn", missed.dn}, {"reason", obstacle_name(missed.why)}, {"because", missed.because}});
    return {{"account", measured.account},
            {"objects", measured.objects},
            {"already", measured.already},
            {"gained", measured.gained},
            {"not_reached", not_reached}};
}

} // namespace

std::string plan_json(plan::plan const& drawn) {
    json findings = json::array();
    for (plan::finding const& found : drawn.findings)
        findings.push_back(finding_json(found));
    json domains = json::array();
    for (plan::domain_changes const& changes : drawn.domains)
        domains.push_back(domain_json(changes));
    json made = {{"format", "dsplan.plan"},
                 {"version", 2},
                 {"made_by", fmt::format("dsplan {}", program_version())},
                 {"inputs", inputs_json(drawn)},
                 {"job", drawn.words.job},
                 {"wishes", drawn.words.wishes},
                 {"stopped", drawn.stopped},
                 {"phases", drawn.needs_second_phase() ? 2 : 1},
                 {"findings", findings},
                 {"headlines", drawn.headlines},
                 {"domains", domains}};
    if (!drawn.words.variant.empty())
        made["variant"] = drawn.words.variant;
    if (drawn.reach)
        made["reach"] = reach_json(*drawn.reach);
    if (drawn.predicted)
        made["effect"] = effect_json(*drawn.predicted, {.sids = drawn.sids()});
    if (drawn.ways)
        made["control_paths"] = control_paths_json(*drawn.ways, {.at_most = SIZE_MAX, .is_change = true});
    // Names are UTF-8 where a directory wrote them; what is not is replaced, never an error at this point.
    return made.dump(2, ' ', true, json::error_handler_t::replace) + "\n";
}

} // namespace dsplan::render
