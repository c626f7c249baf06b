#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/words/object_kind.hpp>

#include <string>
#include <vector>

namespace dsplan::words {

/// What the place of each ACE in the DACL means, in its order: that an earlier one has decided all of it, who
/// stands for CREATOR OWNER, that an inherited ACE in a protected list is a copy. Only what is certain of
/// every token is said.
[[nodiscard]] std::vector<std::vector<std::string>> ace_notes(sddl::security_descriptor const& descriptor,
                                                              sddl::domain_sids const& sids,
                                                              directory::schema const& known,
                                                              object_kind kind);

/// For each ACE of the DACL the rights that it still decides, on the object or below: none where earlier ones
/// have decided all of it, no token holds its trustee, or no object below inherits what waits for one.
[[nodiscard]] std::vector<sddl::access_mask> rights_left(sddl::security_descriptor const& descriptor,
                                                         sddl::domain_sids const& sids,
                                                         directory::schema const& known, object_kind kind);

} // namespace dsplan::words
