#include <sddl/self_relative.hpp>
#include <tools/dsplan/plan/exported_descriptor.hpp>

namespace dsplan::plan {

std::vector<std::string> missing_parts(directory::entry const& object) {
    if (object.descriptor == nullptr)
        return {"owner", "group", "DACL", "SACL"};
    sddl::security_descriptor const& descriptor = *object.descriptor->value;
    std::vector<std::string> missing;
    if (!descriptor.owner)
        missing.emplace_back("owner");
    if (!descriptor.group)
        missing.emplace_back("group");
    if (!descriptor.dacl)
        missing.emplace_back("DACL");
    if (!descriptor.sacl)
        missing.emplace_back("SACL");
    if (!object.descriptor->is_exact)
        missing.emplace_back("exact octets (it is SDDL text there)");
    return missing;
}

std::string octets_of(sddl::security_descriptor const& descriptor) {
    auto const octets = sddl::write_self_relative(descriptor);
    return {reinterpret_cast<char const*>(octets.data()), octets.size()};
}

} // namespace dsplan::plan
