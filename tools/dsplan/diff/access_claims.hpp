#pragma once
#include <tools/dsplan/diff/descriptor_diff.hpp>

namespace dsplan::diff {

/// Who may do more or less, on an object that has the descriptor and on those that inherit from it. Both
/// descriptors must have a DACL.
[[nodiscard]] std::vector<claim> access_claims(sddl::security_descriptor const& before,
                                               sddl::security_descriptor const& after,
                                               words::name_context const& names,
                                               std::vector<directory::schema_class const*> const& classes);

} // namespace dsplan::diff
