#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/domain_authority.hpp>
#include <tools/dsplan/words/judge/group_power.hpp>
#include <tools/dsplan/words/judge/takeover_rights.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::review {
namespace {

using directory::entry;

bool is_admin_sd_holder(entry const& object) {
    return equal_ignoring_case(ldif::first_rdn_text(object.dn), "CN=AdminSDHolder") &&
           object.parent != nullptr &&
           equal_ignoring_case(ldif::first_rdn_text(object.parent->dn), "CN=System");
}

bool has_list(entry const& object) {
    return object.descriptor != nullptr && object.descriptor->value && object.descriptor->value->dacl;
}

} // namespace

void domain_authority::build() {
    protected_.emplace(*names_.exported, members_);
    std::set<std::pair<directory::interned_descriptor const*, std::string_view>> seen;
    for (auto const& object : names_.exported->entries()) {
        auto const protection = protected_->find(object);
        if (is_domain_controller(object) || (protection && !protection->only_admin_count))
            add_containers(object);
        bool const is_critical = object.is_a("domainDNS") || is_admin_sd_holder(object) ||
                                 is_domain_controller(object) || protected_->find(object).has_value() ||
                                 (object.sid && directory::is_privileged_group(*object.sid));
        if (!is_critical || !has_list(object) ||
            names_.known.find_class(object.structural_class()) == nullptr)
            continue;
        if (seen.emplace(object.descriptor, object.structural_class()).second)
            add_critical(object);
    }
}

void domain_authority::add_containers(entry const& object) {
    for (auto const* above = object.parent; above != nullptr && above_privileged_.insert(above).second;)
        above = above->parent;
}

bool domain_authority::holds_privileged(entry const& container) {
    if (!protected_)
        build();
    return above_privileged_.contains(&container);
}

void domain_authority::add_critical(entry const& object) {
    critical_.push_back(&object);
    auto const& descriptor = *object.descriptor->value;
    for (auto const& ace : descriptor.dacl->aces)
        if (sddl::is_allow(ace.type))
            named_there_.insert(ace.trustee);
    if (descriptor.owner)
        named_there_.insert(*descriptor.owner);
}

std::string domain_authority::why_privileged(entry const& account) {
    if (!protected_)
        build();
    if (is_domain_controller(account))
        return "a domain controller";
    auto const found = protected_->find(account);
    if (!found)
        return {};
    if (found->through != nullptr && found->through != &account)
        return fmt::format("protected, through {}", found->through->dn);
    return found->only_admin_count ? "adminCount is 1: it is or was protected" : "protected by itself";
}

// The rights that the judge of an ACE takes for a takeover of such an object, in words.
std::vector<std::string> domain_authority::rights_on(entry const& object) const {
    std::vector<std::string> rights{"change permissions", "take ownership"};
    auto const* const of = names_.known.find_class(object.structural_class());
    auto const targets = of == nullptr ? 0 : words::targets_of(*of);
    for (auto const& row : words::takeover_rights()) {
        if ((row.targets & targets) == 0 || !row.rule.starts_with("takeover-"))
            continue;
        if (!row.attribute.empty() && names_.known.find_attribute(row.attribute) == nullptr)
            continue; // a schema before the attribute was there
        auto const id = row.attribute.empty() ? row.id : names_.known.find_attribute(row.attribute)->id;
        rights.push_back(words::describe(row.right, id, names_.known).text);
    }
    return rights;
}

void domain_authority::add_right(std::vector<authority>& found, entry const& object, std::string_view right,
                                 sddl::security_token const& token) const {
    auto const query = access::parse_right(right, names_.known);
    if (!query)
        return; // a schema before the right was there
    auto const decision = access_.decide(*query, token, object, sddl::no_known_claims);
    if (!decision.granted)
        return;
    auto const& descriptor = *object.descriptor->value;
    if (decision.basis == sddl::access_basis::ownership)
        found.push_back({"owner, and so change permissions", &object, {}});
    if (decision.basis != sddl::access_basis::ace)
        return;
    auto const& ace = descriptor.dacl->aces[decision.index];
    if (!words::is_nearly_everybody(ace.trustee))
        found.push_back({std::string(right), &object, names_.text(ace)});
}

std::vector<authority> domain_authority::compute(entry const& group) const {
    std::vector<authority> found;
    auto const token = access_.token_of(group);
    auto const& sids = token.sids();
    bool const is_named = std::any_of(sids.begin(), sids.end(), [this](sddl::sid const& each) {
        return !words::is_nearly_everybody(each) && named_there_.contains(each);
    });
    if (!is_named)
        return found;
    for (auto const* const object : critical_)
        for (auto const& right : rights_on(*object))
            add_right(found, *object, right, token);
    return found;
}

bool domain_authority::gives_power(entry const& group) {
    if (!of(group).empty())
        return true;
    auto groups = members_.all_groups_of(group);
    groups.push_back(&group);
    return std::any_of(groups.begin(), groups.end(), [](entry const* each) {
        return each->sid && !words::well_known_power(*each->sid).empty();
    });
}

std::vector<authority> const& domain_authority::of(entry const& group) {
    if (!protected_)
        build();
    auto const [place, is_new] = known_.try_emplace(&group);
    if (is_new)
        place->second = compute(group);
    return place->second;
}

} // namespace dsplan::review
