#pragma once
#include <ldif/changes/directory_tree.hpp>

#include <optional>
#include <string_view>

namespace dsplan::directory {

/// Why a domain controller would refuse the octets as a value of an attribute whose syntax is a security
/// descriptor; nothing for those that it takes.
[[nodiscard]] std::optional<ldif::value_fault> fault_of_descriptor(std::string_view description,
                                                                   std::string_view value);

} // namespace dsplan::directory
