#pragma once
#include <ldif/record.hpp>

#include <optional>
#include <string_view>

namespace dsplan::ldif {

/// "ntdsSchemaAdd": what stands after "changetype:".
[[nodiscard]] std::string_view name_of(change_type type);

/// The change type of that name in any case.
[[nodiscard]] std::optional<change_type> change_named(std::string_view name);

/// "replace": what begins a modification.
[[nodiscard]] std::string_view name_of(modification_operation operation);

/// The operation of that name in any case.
[[nodiscard]] std::optional<modification_operation> operation_named(std::string_view name);

} // namespace dsplan::ldif
