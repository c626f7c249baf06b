#include <ldif/changes/references.hpp>
#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/policy_links.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace dsplan::review {
namespace {

using directory::attribute;

using policies_by_key = std::map<std::string, std::string>; // key of the name: the name

// A container as the changes before left it.
class container_values {
public:
    container_values(std::string dn, ldif::directory_tree const& objects, words::name_context const& names)
        : dn_(std::move(dn))
        , changed_(objects.find(dn_, {"gPLink", "gPOptions", "objectClass"}))
        , exported_(names.find(dn_)) {}

    [[nodiscard]] bool is_known() const { return changed_ || exported_ != nullptr; }

    [[nodiscard]] std::string links() const { return value("gPLink", attribute::gp_link); }
    [[nodiscard]] bool blocks_inheritance() const {
        auto const options = value("gPOptions", attribute::gp_options);
        return !options.empty() && (options.back() - '0') % 2 != 0;
    }
    [[nodiscard]] bool is_domain() const {
        if (exported_ != nullptr)
            return exported_->is_a("domainDNS");
        return equal_ignoring_case(dn_.substr(0, 3), "DC=");
    }

private:
    [[nodiscard]] std::string value(std::string_view name, attribute of_export) const {
        if (!changed_)
            return std::string(exported_ == nullptr ? "" : exported_->first(of_export).value_or(""));
        auto const* const found = changed_->find(name);
        return found == nullptr || found->values.empty() ? std::string() : found->values.front();
    }

    std::string dn_;
    std::optional<ldif::entry> changed_; // with all that the export has of it
    directory::entry const* exported_;
};

// Those that reach what lies in a container: enforced links pass where inheritance is blocked.
policies_by_key policies_in(std::string_view container, ldif::directory_tree const& objects,
                            words::name_context const& names) {
    policies_by_key found;
    bool is_blocked = false;
    for (; !container.empty(); container = ldif::parent_text(container)) {
        container_values const values(std::string(container), objects, names);
        auto const links = values.links();
        for (auto const& link : policy_links_in(std::string_view(links)))
            if (!link.is_disabled() && (!is_blocked || link.is_enforced()))
                found.emplace(ldif::tree_key(link.dn), link.dn);
        is_blocked = is_blocked || values.blocks_inheritance();
        if (!values.is_known() || values.is_domain())
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

void find_in_moved_policies(ldif::record const& change, ldif::directory_tree const* objects,
                            words::name_context const& names, finding_list const& findings) {
    if (!change.renamed || !change.renamed->superior || objects == nullptr)
        return;
    auto const& to = *change.renamed->superior;
    auto const from = ldif::parent_text(change.dn);
    auto const is_known = [&](std::string_view dn) {
        return container_values(std::string(dn), *objects, names).is_known();
    };
    if (ldif::tree_key(to) == ldif::tree_key(from) || !is_known(to) || !is_known(from))
        return;
    auto const before = policies_in(from, *objects, names);
    auto const after = policies_in(to, *objects, names);
    auto const gained = names_of(after, before, names);
    auto const lost = names_of(before, after, names);
    if (gained.empty() && lost.empty())
        return;
    findings.add("moved-policies",
                 fmt::format("{}{}{}", gained.empty() ? "" : fmt::format("gains {}", gained),
                             gained.empty() || lost.empty() ? "" : "; ",
                             lost.empty() ? "" : fmt::format("loses {}", lost)),
                 {{change.dn, {}, to}});
}

} // namespace dsplan::review
