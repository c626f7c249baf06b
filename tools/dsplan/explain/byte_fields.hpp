#pragma once
#include <sddl/bytes.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace dsplan::explain {

/// A stretch of a self-relative descriptor and what it says.
struct byte_field {
    std::size_t offset;
    std::size_t size;
    int depth; ///< 0 for a structure's parts, 1 for those of a structure within it, …
    std::string meaning;
    std::string
        part; ///< "control", "owner", "dacl", "dacl-1-rights": the part of the text that says the same
};

/// The octets of `descriptor` field by field, ascending by offset. `bytes` is what it was read from.
[[nodiscard]] std::vector<byte_field> byte_fields(sddl::byte_view bytes,
                                                  sddl::security_descriptor const& descriptor,
                                                  sddl::domain_sids const& sids);

} // namespace dsplan::explain
