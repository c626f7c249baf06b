#include <ldif/alternative_name.hpp>
#include <ldif/attribute_description.hpp>
#include <ldif/changes/named_attributes.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/effect/inheritance_scope.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::effect {
namespace {

// wellKnownObjects and identities are what other forms of names lead to.
constexpr std::array<std::string_view, 8> deciding{
    "nTSecurityDescriptor", "objectClass",           "objectSid",  "objectGUID", "instanceType",
    "wellKnownObjects",     "otherWellKnownObjects", "systemFlags"};
constexpr std::array<std::string_view, 2> reviving{"isDeleted", "distinguishedName"};

template <class Names>
bool is_one_of(std::string_view description, Names const& names) {
    auto const name = ldif::attribute_name(description);
    return std::any_of(names.begin(), names.end(),
                       [name](std::string_view each) { return ldif::same_description(name, each); });
}

bool is_descriptor(std::string_view description) {
    return ldif::same_description(ldif::attribute_name(description), "nTSecurityDescriptor");
}

void copy_attributes(ldif::record& to, ldif::record const& from) {
    to.attributes.clear();
    for (auto const& it : from.attributes)
        if (is_one_of(it.description, deciding))
            to.attributes.push_back(it);
}

bool is_domain(ldif::record const& of_export) {
    return std::any_of(of_export.attributes.begin(), of_export.attributes.end(), [](auto const& it) {
        return ldif::same_description(it.description, "objectClass") &&
               ldif::same_description(it.value, "domainDNS");
    });
}

} // namespace

bool inheritance_scope::has_descriptor(ldif::record const& of_any_kind) {
    auto const named = ldif::with_attribute_names(of_any_kind, ldif::attribute_schema::built_in());
    auto const& it = named ? *named : of_any_kind;
    auto const holds = [](auto const& each) {
        return is_descriptor(each.description);
    };
    return std::any_of(it.attributes.begin(), it.attributes.end(), holds) ||
           std::any_of(it.modifications.begin(), it.modifications.end(), holds);
}

void inheritance_scope::add(ldif::record const& whole) {
    auto const named = ldif::with_attribute_names(whole, ldif::attribute_schema::built_in());
    auto const& change = named ? *named : whole;
    bool const is_modification = !change.modifications.empty();
    auto& kept = changes_.emplace_back();
    kept.dn = change.dn;
    kept.changetype = change.changetype;
    kept.controls = change.controls;
    kept.renamed = change.renamed;
    kept.line = change.line;
    copy_attributes(kept, change);
    for (auto const& it : change.modifications)
        if (is_one_of(it.description, deciding) || is_one_of(it.description, reviving))
            kept.modifications.push_back(it);
    if (is_modification && kept.modifications.empty()) {
        changes_.pop_back();
        return;
    }
    reach_.add(kept);
    note_written(kept);
    note_name(kept);
}

void inheritance_scope::note_written(ldif::record const& change) {
    bool const writes =
        std::any_of(change.modifications.begin(), change.modifications.end(),
                    [](ldif::modification const& it) { return is_descriptor(it.description); });
    if (writes)
        written_.insert(original(change.dn));
    is_concerned_ =
        is_concerned_ || writes || !change.attributes.empty() || (change.renamed && change.renamed->superior);
}

// Later changes name the object by its new name, exports by the first one.
void inheritance_scope::note_name(ldif::record const& change) {
    if (!change.renamed)
        return;
    auto const& to = *change.renamed;
    auto const superior = to.superior ? std::string_view(*to.superior) : ldif::parent_text(change.dn);
    auto const before = original(change.dn);
    names_.rename(ldif::tree_key(change.dn),
                  ldif::tree_key(fmt::format("{},{}", to.relative_distinguished_name, superior)), before);
}

std::string inheritance_scope::original(std::string_view dn) const {
    return names_.original(ldif::tree_key(dn));
}

bool inheritance_scope::is_below_written(std::string_view key) const {
    for (; !key.empty(); key = ldif::parent_key(key))
        if (written_.contains(std::string(key)))
            return true;
    return false;
}

ldif::record const* inheritance_scope::counted(ldif::record const& of_export) {
    std::vector<ldif::attribute_value_view> attributes;
    attributes.reserve(of_export.attributes.size());
    counted_.dn = of_export.dn;
    counted_.changetype = of_export.changetype;
    counted_.line = of_export.line;
    copy_attributes(counted_, of_export);
    for (auto const& it : counted_.attributes)
        attributes.push_back({it.description, it.value});
    ldif::record_view view;
    view.dn = counted_.dn;
    view.attributes = attributes;
    auto const key = ldif::tree_key(counted_.dn);
    bool const counts = is_below_written(key) || reach_.concerns(view, key) || is_domain(counted_);
    return counts ? &counted_ : nullptr;
}

} // namespace dsplan::effect
