#include <sddl/self_relative.hpp>
#include <tools/dsplan/effect/propagated_records.hpp>

namespace dsplan::effect {
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

ldif::record descriptor_record(std::string dn, sddl::security_descriptor const& descriptor) {
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

std::optional<ldif::record> propagated_record(projection const& change, access::object_index index) {
    auto const& is = change.after.objects[index];
    // What a change writes may come out as it was before, with the inherited ACEs that it left out.
    bool const has_changed = is.descriptor != exported_descriptor(change.before, index) || is.is_written;
    if (is.is_deleted || is.is_class_default || is.descriptor == nullptr || !has_changed)
        return std::nullopt;
    return descriptor_record(change.after.dn(index), *is.descriptor);
}

} // namespace dsplan::effect
