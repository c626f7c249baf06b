#pragma once
#include <ldif/changes/directory_tree.hpp>

#include <optional>
#include <string_view>

namespace dsplan::directory {

/// Why a domain controller would refuse the octets as a value of nTSecurityDescriptor; nothing for those that
/// it takes, and for other attributes.
[[nodiscard]] std::optional<ldif::value_fault> fault_of_descriptor(std::string_view description,
                                                                   std::string_view value);

} // namespace dsplan::directory
