#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <string>
#include <vector>

namespace dsplan::plan {

/// Of "owner", "group", "DACL", "SACL", and the exact octets where the export has SDDL text: what the export
/// lacks of the object's descriptor. Importing one without them would change or remove them.
[[nodiscard]] std::vector<std::string> missing_parts(directory::entry const& object);

/// The octets of a descriptor, as an attribute value.
[[nodiscard]] std::string octets_of(sddl::security_descriptor const& descriptor);

} // namespace dsplan::plan
