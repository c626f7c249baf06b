#include <ldif/attribute_description.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/effect/propagated_records.hpp>

#include <algorithm>

namespace dsplan::effect {
namespace {

bool writes_descriptor(ldif::modification const& change) {
    return ldif::same_description(ldif::attribute_name(change.description), "nTSecurityDescriptor");
}

bool concerns_inheritance(ldif::record const& change) {
    return !change.attributes.empty() || (change.renamed && change.renamed->superior) ||
           std::any_of(change.modifications.begin(), change.modifications.end(), writes_descriptor);
}

ldif::record record_for(std::string dn, sddl::security_descriptor const& descriptor) {
    auto const octets = sddl::write_self_relative(descriptor);
    ldif::record made;
    made.dn = std::move(dn);
    made.changetype = ldif::change_type::modify;
    made.modifications.push_back(
        {ldif::modification_operation::replace,
         "nTSecurityDescriptor",
         {std::string(reinterpret_cast<char const*>(octets.data()), octets.size())}});
    return made;
}

} // namespace

bool concern_inheritance(std::span<ldif::record const> changes) {
    return std::any_of(changes.begin(), changes.end(), concerns_inheritance);
}

namespace {

// What stands in the export: the image before the change may have been settled.
sddl::security_descriptor const* exported_descriptor(access::directory_image const& before,
                                                     access::object_index index) {
    if (index >= before.objects.size())
        return nullptr;
    auto const* const stored = before.objects[index].exported->descriptor;
    return stored != nullptr && stored->value ? &*stored->value : nullptr;
}

} // namespace

std::vector<ldif::record> propagated_records(projection const& change) {
    std::vector<ldif::record> made;
    for (access::object_index index = 0; index < change.after.objects.size(); ++index) {
        auto const& is = change.after.objects[index];
        // What a change writes may come out as it was before, with the inherited ACEs that it left out.
        bool const has_changed = is.descriptor != exported_descriptor(change.before, index) || is.is_written;
        if (!is.is_deleted && !is.is_class_default && is.descriptor != nullptr && has_changed)
            made.push_back(record_for(change.after.dn(index), *is.descriptor));
    }
    return made;
}

} // namespace dsplan::effect
