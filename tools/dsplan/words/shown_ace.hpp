#pragma once
#include <sddl/ace.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>

#include <string>

namespace dsplan::words {

/// An ACE as SDDL for people: in one line, and nothing in it acts on a terminal. Text of a condition that
/// holds such characters is no longer what it was, so a program gets sddl::write_ace.
[[nodiscard]] std::string shown_ace(sddl::ace const& value, sddl::domain_sids const& sids = {});

/// The same of a descriptor.
[[nodiscard]] std::string shown_descriptor(sddl::security_descriptor const& value,
                                           sddl::domain_sids const& sids = {});

} // namespace dsplan::words
