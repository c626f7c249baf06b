#include <ldif/changes/references.hpp>
#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/policy_links.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace dsplan::review {
namespace {

using directory::attribute;

using policies_by_key = std::map<std::string, std::string_view>; // key of the name: the name

bool blocks_inheritance(directory::entry const& container) {
    return (container.number(attribute::gp_options).value_or(0) & 1) != 0;
}

// Those that reach what lies in a container: enforced links pass where inheritance is blocked.
policies_by_key policies_in(directory::entry const* container) {
    policies_by_key found;
    bool is_blocked = false;
    for (; container != nullptr; container = container->parent) {
        for (auto const& link : directory::policy_links_in(container->first(attribute::gp_link).value_or("")))
            if (!link.is_disabled() && (!is_blocked || link.is_enforced()))
                found.emplace(ldif::tree_key(link.dn), link.dn);
        is_blocked = is_blocked || blocks_inheritance(*container);
        if (container->is_a("domainDNS"))
            break; // policies of a parent domain do not reach a child
    }
    return found;
}

std::string policy_name(std::string_view dn, words::name_context const& names) {
    auto const* const policy = names.find(dn);
    auto const name = policy == nullptr ? std::nullopt : policy->first(attribute::display_name);
    return name ? fmt::format("\"{}\"", *name) : std::string(ldif::first_rdn_text(dn));
}

// "\"Lock screens\", \"Patches\" and 3 more" of those that are in one and not in the other
std::string names_of(policies_by_key const& of, policies_by_key const& from,
                     words::name_context const& names) {
    constexpr std::size_t at_most = 5;
    std::string text;
    std::size_t count = 0;
    for (auto const& [key, dn] : of)
        if (!from.contains(key) && ++count <= at_most)
            text += fmt::format("{}{}", text.empty() ? "" : ", ", policy_name(dn, names));
    return count > at_most ? fmt::format("{} and {} more", text, count - at_most) : text;
}

} // namespace

void find_in_moved_policies(ldif::record const& change, changed_object const& object,
                            words::name_context const& names, finding_list const& findings) {
    if (!change.renamed || !change.renamed->superior || object.exported == nullptr)
        return;
    auto const* const to = names.find(*change.renamed->superior);
    auto const* const from = names.find(ldif::parent_text(change.dn));
    if (to == nullptr || from == nullptr || to == from)
        return;
    auto const before = policies_in(from);
    auto const after = policies_in(to);
    auto const gained = names_of(after, before, names);
    auto const lost = names_of(before, after, names);
    if (gained.empty() && lost.empty())
        return;
    findings.add("moved-policies",
                 fmt::format("{}{}{}", gained.empty() ? "" : fmt::format("gains {}", gained),
                             gained.empty() || lost.empty() ? "" : "; ",
                             lost.empty() ? "" : fmt::format("loses {}", lost)),
                 {{change.dn, {}, *change.renamed->superior}});
}

} // namespace dsplan::review
