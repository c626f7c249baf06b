#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace dsplan::directory {
namespace {

constexpr std::int64_t cross_ref_is_domain = 0x2; // [MS-ADTS] 2.2.10, FLAG_CR_NTDS_DOMAIN

constexpr std::string_view export_root_hint =
    "  export it: ldifde -f root.ldf -h -d \"DC=contoso,DC=com\" -p Base -l "
    "nTSecurityDescriptor,objectSid,objectClass,otherWellKnownObjects,msDS-Behavior-Version\n";

// Application partitions are domainDNS too, but have no SID and are nobody's domain.
bool looks_like_domain_root(entry const& object) {
    return object.is_a("domainDNS") && (object.sid || object.descriptor != nullptr) &&
           !object.key.starts_with("dc=domaindnszones,") && !object.key.starts_with("dc=forestdnszones,");
}

// The configuration partition lies under the forest root domain, so any name in it tells which one that is.
std::optional<std::string> forest_root_key(snapshot const& exported, std::set<std::string>& candidates) {
    constexpr std::string_view configuration = "cn=configuration,";
    for (entry const& object : exported.entries()) {
        for (std::string_view key = object.key; !key.empty(); key = parent_key(key))
            if (key.starts_with(configuration))
                candidates.emplace(key.substr(configuration.size()));
    }
    return candidates.size() == 1 ? std::optional(*candidates.begin()) : std::nullopt;
}

struct cross_refs {
    std::size_t domains = 0;
    std::vector<std::pair<std::string, std::string>> netbios_names; // key of the domain root, name
};

cross_refs read_cross_refs(snapshot const& exported) {
    cross_refs found;
    for (entry const& object : exported.entries()) {
        if (!object.is_a("crossRef"))
            continue;
        auto const flags = object.number(attribute::system_flags);
        if (!flags || (*flags & cross_ref_is_domain) == 0)
            continue;
        ++found.domains;
        auto const context = object.first(attribute::n_c_name);
        auto const name = object.first(attribute::net_bios_name);
        if (context && name)
            if (auto const key = ldif::normalize(*context))
                found.netbios_names.emplace_back(*key, std::string(*name));
    }
    return found;
}

failure several_roots(std::vector<domain> const& domains) {
    failure several{
        "expected the domain roots of one forest, found roots that nothing in the export ties together", {}};
    for (domain const& root : domains)
        several.detail += fmt::format("    {}\n", printable(root.root->dn));
    several.detail +=
        "  name the one that is meant with --domain, or export CN=Partitions of the configuration too\n";
    return several;
}

bool are_one_forest(std::vector<domain> const& domains, cross_refs const& references, bool one_root_known) {
    if (domains.size() < 2)
        return true;
    // Crossrefs of one configuration partition name the domains of one forest.
    bool const all_referenced =
        one_root_known && std::all_of(domains.begin(), domains.end(), [&](domain const& candidate) {
            return std::any_of(references.netbios_names.begin(), references.netbios_names.end(),
                               [&](auto const& reference) { return reference.first == candidate.root->key; });
        });
    // Without them, a domain below another one by name is its child.
    auto const& top = *std::min_element(domains.begin(), domains.end(), [](domain const& a, domain const& b) {
        return a.root->key.size() < b.root->key.size();
    });
    return all_referenced || std::all_of(domains.begin(), domains.end(), [&](domain const& candidate) {
               return is_at_or_below(candidate.root->key, top.root->key);
           });
}

result<std::vector<domain>> find_roots(snapshot const& exported) {
    std::vector<domain> found;
    for (entry const& object : exported.entries()) {
        if (!looks_like_domain_root(object))
            continue;
        if (!object.sid)
            return tl::unexpected(failure{
                "expected objectSid on the domain root, found none",
                fmt::format("  {}, {}\n{}", exported.place(object), printable(object.dn), export_root_hint)});
        found.push_back({&object, *object.sid, dns_name_of(object.dn), std::nullopt, false});
    }
    if (found.empty())
        return tl::unexpected(
            failure{"expected a domain root (objectClass domainDNS) in the export, found none",
                    std::string(export_root_hint)});
    return found;
}

// By DN, DNS name, NetBIOS name or SID.
bool is_called(domain const& each, std::string_view name) {
    auto const key = ldif::normalize(name);
    return (key && each.root->key == *key) || equal_ignoring_case(each.dns_name, name) ||
           (each.netbios_name && equal_ignoring_case(*each.netbios_name, name)) ||
           equal_ignoring_case(fmt::format("{}", each.sid), name);
}

domain const* find_in(std::vector<domain> const& domains, std::string_view name) {
    auto const found = std::find_if(domains.begin(), domains.end(),
                                    [&](domain const& each) { return is_called(each, name); });
    return found == domains.end() ? nullptr : &*found;
}

void add_netbios_names(std::vector<domain>& domains, cross_refs const& references) {
    for (domain& each : domains)
        for (auto const& [key, name] : references.netbios_names)
            if (key == each.root->key)
                each.netbios_name = name;
}

failure no_such_domain(std::vector<domain> const& roots, std::string_view name) {
    std::string held;
    for (domain const& each : roots)
        held += fmt::format("  the export holds {}\n", printable(each.root->dn));
    return {fmt::format("expected --domain to name a domain root of the export, found '{}'", printable(name)),
            held};
}

} // namespace

std::string dns_name_of(std::string_view dn) {
    auto const name = ldif::parse_distinguished_name(dn);
    std::string dns;
    if (!name)
        return dns;
    for (auto const& rdn : name->rdns) {
        if (rdn.size() != 1 || !equal_ignoring_case(rdn.front().type, "DC"))
            return {};
        dns += dns.empty() ? "" : ".";
        dns += rdn.front().value;
    }
    return dns;
}

domain const* forest::find(std::string_view name) const {
    return find_in(domains, name);
}

domain const* forest::domain_of(entry const& object) const {
    domain const* nearest = nullptr;
    for (domain const& candidate : domains)
        if (is_at_or_below(object.key, candidate.root->key) &&
            (nearest == nullptr || candidate.root->key.size() > nearest->root->key.size()))
            nearest = &candidate;
    return nearest;
}

sddl::domain_sids forest::sids_for(domain const& where) const {
    return {.domain = where.sid, .forest_root = root_sid};
}

result<forest> read_forest(snapshot const& exported, std::optional<std::string_view> only) {
    auto roots = find_roots(exported);
    if (!roots)
        return tl::unexpected(roots.error());
    auto const references = read_cross_refs(exported);
    add_netbios_names(*roots, references);
    std::set<std::string> configuration_roots;
    forest found;
    found.root_key = forest_root_key(exported, configuration_roots);
    if (references.domains > 0 && configuration_roots.size() < 2)
        found.domain_count = references.domains;
    if (only) {
        if (find_in(*roots, *only) == nullptr)
            return tl::unexpected(no_such_domain(*roots, *only));
    } else if (!are_one_forest(*roots, references, configuration_roots.size() == 1)) {
        return tl::unexpected(several_roots(*roots));
    }
    found.domains = std::move(*roots);
    // One domain that nothing contradicts is its own forest root.
    if (!found.root_key && found.domain_count.value_or(1) == 1 && found.domains.size() == 1)
        found.root_key = std::string(found.domains.front().root->key);
    for (domain& each : found.domains) {
        each.is_forest_root = found.root_key && *found.root_key == each.root->key;
        if (each.is_forest_root)
            found.root_sid = each.sid;
    }
    return found;
}

} // namespace dsplan::directory
