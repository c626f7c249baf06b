#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/directory/class_rights.hpp>

namespace dsplan::access {

/// Whether ACEs for SELF decide anything there that is not everybody's: on a group its members are SELF,
/// since their tokens hold its SID. [MS-DTYP] 2.5.3.2
[[nodiscard]] bool self_matters(directory::class_rights const& on_class,
                                sddl::security_descriptor const& list);

} // namespace dsplan::access
