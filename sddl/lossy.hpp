#pragma once
#include <sddl/security_descriptor.hpp>

#include <string>
#include <vector>

namespace dsplan::sddl {

/// What SDDL text cannot say about this descriptor, a phrase each: "the resource manager control byte 0x01",
/// "4 octets after the last ACE of the DACL". Empty if text carries everything.
[[nodiscard]] std::vector<std::string> lossy(security_descriptor const& descriptor);

} // namespace dsplan::sddl
