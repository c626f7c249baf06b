#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/directory/schema.hpp>

#include <string>

namespace dsplan::render {

/// A page that teaches one descriptor: its SDDL, its ACEs in words and its octets side by side, what the bits
/// in it mean, and what objects below would inherit. Pointing at a part of one lights it in the others, where
/// scripts run.
[[nodiscard]] std::string explanation_page(sddl::security_descriptor const& descriptor,
                                           sddl::domain_sids const& sids, directory::schema const& known);

} // namespace dsplan::render
