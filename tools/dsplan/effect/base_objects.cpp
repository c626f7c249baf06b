#include <ldif/attribute_description.hpp>
#include <ldif/changes/references.hpp>
#include <tools/dsplan/directory/descriptor_value.hpp>
#include <tools/dsplan/effect/base_objects.hpp>

#include <vector>

namespace dsplan::effect {
namespace {

ldif::apply_options with_descriptors(ldif::apply_options rules) {
    rules.fault_of_descriptor = directory::fault_of_descriptor;
    return rules;
}

} // namespace

base_objects::base_objects(std::span<ldif::record const> changes, ldif::apply_options rules)
    : reach_(changes)
    , objects_(with_descriptors(rules)) {}

void base_objects::take(ldif::record const& of_export) {
    carry_attributes(of_export);
    std::vector<ldif::attribute_value_view> attributes;
    attributes.reserve(of_export.attributes.size());
    for (auto const& it : of_export.attributes)
        attributes.push_back({it.description, it.value});
    ldif::record_view view;
    view.dn = of_export.dn;
    view.attributes = attributes;
    ++number_;
    auto const key = ldif::tree_key(of_export.dn);
    if (auto const container = ldif::parent_key(key); reach_.asks_for_contents(container))
        objects_.note_contents(container);
    if (!reach_.concerns(view, key))
        return;
    auto concerned = ldif::to_entry(of_export);
    concerned.origin = number_;
    (void)objects_.put(concerned); // its name is one: it has a key
}

void base_objects::carry_attributes(ldif::record const& of_export) {
    for (auto const& it : of_export.attributes)
        if (seen_.insert(it.description).second) {
            if (objects_.options().schema->rules_of(it.description).is_back_link ||
                ldif::same_description(ldif::attribute_name(it.description), "primaryGroupID"))
                objects_.carry(it.description);
        }
}

} // namespace dsplan::effect
