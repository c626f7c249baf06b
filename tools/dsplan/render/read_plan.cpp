#include <ldif/base64.hpp>
#include <sddl/permission.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>
#include <tools/dsplan/plan/part_changes.hpp>
#include <tools/dsplan/render/read_plan.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace dsplan::render {
namespace {

using nlohmann::json;

// Thrown inside this file only: a document has many places, and the first fault ends the reading.
struct bad_plan {
    std::string what;
};

std::string text_of(json const& object, char const* key) {
    return object.at(key).get<std::string>();
}

std::string octets_of(json const& object, char const* key) {
    if (!object.contains(key))
        return {};
    auto decoded = ldif::decode_base64(text_of(object, key));
    if (!decoded)
        throw bad_plan{fmt::format("{}: {}", key, ldif::message(decoded.error()))};
    return std::move(*decoded);
}

std::optional<std::string> optional_text(json const& object, char const* key) {
    return object.contains(key) ? std::optional(text_of(object, key)) : std::nullopt;
}

std::optional<sddl::sid> sid_of(json const& object, char const* key) {
    auto const text = optional_text(object, key);
    if (!text)
        return std::nullopt;
    auto const sid = sddl::parse_sid(*text);
    if (!sid)
        throw bad_plan{fmt::format("{}: expected a SID, found '{}'", key, *text)};
    return *sid;
}

plan::grant read_grant(json const& object) {
    plan::grant grant;
    grant.trustee_name = text_of(object, "trustee_name");
    grant.trustee_dns_domain = text_of(object, "trustee_dns_domain");
    grant.trustee_netbios_domain = optional_text(object, "trustee_netbios_domain");
    grant.property = text_of(object, "property");
    grant.inherited_class = text_of(object, "inherited_class");
    auto const octets = octets_of(object, "ace_base64");
    auto const template_octets = octets_of(object, "ace_template_base64");
    auto const& source = octets.empty() ? template_octets : octets;
    auto const ace = sddl::read_ace(std::as_bytes(std::span(source)));
    // What is read must be what is written again, or a file would be made of another ACE than the plan says.
    if (!ace || (!sddl::is_allow(ace->type) && !sddl::is_deny(ace->type)))
        throw bad_plan{"expected an ACE that allows or denies, found something else"};
    grant.is_left_over = object.at("remainder").get<bool>();
    grant.is_copy = object.at("copy").get<bool>();
    grant.denies = sddl::is_deny(ace->type);
    grant.mask = ace->mask;
    grant.flags = ace->flags;
    grant.property_guid = ace->object_type;
    grant.inherited_class_guid = ace->inherited_object_type;
    if (!octets.empty())
        grant.trustee = ace->trustee;
    if (grant.trustee && grant.ace() != *ace)
        grant.whole = *ace;
    return grant;
}

plan::removed_ace read_removed(json const& object) {
    auto const octets = octets_of(object, "ace_base64");
    auto ace = sddl::read_ace(std::as_bytes(std::span(octets)));
    if (!ace)
        throw bad_plan{"expected the ACE to remove, found octets that are none"};
    return {*std::move(ace), text_of(object, "trustee_name"), object.at("position").get<std::size_t>()};
}

plan::permission_change read_permission(json const& object, sddl::domain_sids const& sids) {
    plan::permission_change change;
    change.dn = text_of(object, "dn");
    change.missing_parts = object.at("missing_parts").get<std::vector<std::string>>();
    change.before = octets_of(object, "before_base64");
    change.after = octets_of(object, "after_base64");
    change.by_ldif = object.value("without_dsacls", std::string()) == plan::ldif_was_chosen;
    for (json const& grant : object.at("grants"))
        change.grants.push_back(read_grant(grant));
    for (json const& removed : object.at("removed"))
        change.removed.push_back(read_removed(removed));
    bool const rewrites = !change.after.empty() && change.after != change.before;
    if (change.grants.empty() && !rewrites)
        throw bad_plan{"expected an ACE to add or to remove, found none"};
    change.other_aces_of_trustee = plan::other_aces_of_trustees(change);
    change.parts = plan::part_changes(change.before, change.after, sids);
    return change;
}

plan::object_before read_object(json const& object) {
    return {.dn = text_of(object, "dn"),
            .object_class = text_of(object, "class"),
            .sid = sid_of(object, "sid"),
            .descriptor = octets_of(object, "descriptor_base64"),
            .members = object.at("members").get<std::vector<std::string>>()};
}

input_digest read_input(json const& object) {
    input_digest input{.name = text_of(object, "name")};
    if (object.contains("size")) {
        input.size = object.at("size").get<std::uint64_t>();
        input.sha256 = text_of(object, "sha256");
    }
    return input;
}

bool is_removal(json const& member) {
    auto const change = text_of(member, "change");
    if (change != "add" && change != "remove")
        throw bad_plan{fmt::format("change: expected add or remove, found '{}'", change)};
    return change == "remove";
}

plan::domain_changes read_domain(json const& object) {
    plan::domain_changes changes;
    changes.dn = text_of(object, "dn");
    changes.dns_name = text_of(object, "dns_name");
    changes.netbios_name = optional_text(object, "netbios_name");
    changes.sids = {.domain = sid_of(object, "sid"), .forest_root = sid_of(object, "forest_root_sid")};
    if (object.contains("create_group"))
        changes.group = plan::group_creation{text_of(object.at("create_group"), "dn"),
                                             text_of(object.at("create_group"), "sam_account_name")};
    for (json const& permission : object.at("permissions"))
        changes.permissions.push_back(read_permission(permission, changes.sids));
    for (json const& member : object.at("members"))
        changes.members.push_back({text_of(member, "group_dn"), text_of(member, "group_name"),
                                   text_of(member, "member_dn"), text_of(member, "member_name"),
                                   is_removal(member)});
    for (json const& each : object.at("objects"))
        changes.objects.push_back(read_object(each));
    return changes;
}

} // namespace

result<plan::plan> read_plan_json(std::string_view text) {
    try {
        auto const document = json::parse(text);
        if (document.at("format") != "dsplan.plan" || document.at("version") != 2)
            throw bad_plan{"expected a plan of format dsplan.plan, version 2, found another"};
        plan::plan read;
        read.stopped = document.at("stopped").get<bool>();
        for (json const& input : document.at("inputs"))
            read.inputs.push_back(read_input(input));
        for (json const& domain : document.at("domains"))
            read.domains.push_back(read_domain(domain));
        std::erase_if(read.domains, [](plan::domain_changes const& changes) { return changes.empty(); });
        return read;
    } catch (json::exception const& wrong) {
        return tl::unexpected(failure{fmt::format("expected a plan, found: {}", printable(wrong.what())),
                                      "  the file was cut off or edited: make the plan again\n"});
    } catch (bad_plan const& wrong) {
        return tl::unexpected(
            failure{printable(wrong.what), "  the file was cut off or edited: make the plan again\n"});
    }
}

} // namespace dsplan::render
