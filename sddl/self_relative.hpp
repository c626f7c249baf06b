#pragma once
#include <sddl/bytes.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/security_descriptor.hpp>

namespace dsplan::sddl {

/// Reads a self-relative descriptor, the value of nTSecurityDescriptor. [MS-DTYP] 2.4.6
///
/// Takes any order of the parts, parts that share octets, gaps, slack, unknown ACE types; refuses offsets and
/// sizes that leave the value, and says at which octet of which structure. `write_self_relative` of what
/// comes out is `bytes` again, always.
[[nodiscard]] result<security_descriptor> read_self_relative(byte_view bytes);

/// The octets of a descriptor: as they were read where nothing changed; where a part grew or shrank, the
/// parts after it move and the rest stays. A descriptor that was made is laid out as Windows does: SACL,
/// DACL, owner, group.
[[nodiscard]] byte_string write_self_relative(security_descriptor const& descriptor);

} // namespace dsplan::sddl
