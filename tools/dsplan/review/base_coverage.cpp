#include <ldif/attribute_description.hpp>
#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/alternative_name.hpp>
#include <tools/dsplan/review/base_coverage.hpp>

namespace dsplan::review {
namespace {

// Exports end at the roots of naming contexts: domains, application partitions, configuration and schema.
bool may_be_naming_context(std::string_view dn) {
    return starts_ignoring_case(dn, "DC=") || starts_ignoring_case(dn, "CN=Configuration,DC=") ||
           starts_ignoring_case(dn, "CN=Schema,CN=Configuration,DC=");
}

void replace_alternative(directory::snapshot const& exported, std::string& name) {
    if (!is_alternative_name(name))
        return;
    if (auto const* const found = find_by_any_name(exported, name))
        name = found->dn;
}

} // namespace

base_coverage::base_coverage(directory::snapshot const& exported) : exported_(exported) {
    for (auto const& each : exported.entries())
        if (each.parent != nullptr)
            containers_.insert(each.parent);
}

bool base_coverage::is_outside(std::string_view dn) const {
    if (exported_.find(dn) != nullptr)
        return false;
    for (; !dn.empty(); dn = ldif::parent_text(dn)) {
        if (auto const* const above = exported_.find(dn))
            return !containers_.contains(above);
        if (may_be_naming_context(dn))
            return true;
    }
    return true;
}

ldif::record with_names_of(directory::snapshot const& exported, ldif::record change) {
    replace_alternative(exported, change.dn);
    for (auto& each : change.modifications)
        if (equal_ignoring_case(ldif::attribute_name(each.description), "member"))
            for (auto& value : each.values)
                replace_alternative(exported, value);
    for (auto& each : change.attributes)
        if (equal_ignoring_case(ldif::attribute_name(each.description), "member"))
            replace_alternative(exported, each.value);
    return change;
}

} // namespace dsplan::review
