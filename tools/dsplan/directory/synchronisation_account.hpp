#pragma once
#include <ldif/record.hpp>

#include <optional>
#include <string_view>

namespace dsplan::directory {

struct entry;

/// Whether an account is called as Entra Connect calls those of its service, by its sAMAccountName or in its
/// DN: "MSOL_4f2c9a1b7d3e", "AAD_4f2c9a1b".
[[nodiscard]] bool is_synchronisation_account(entry const& account);
[[nodiscard]] bool is_synchronisation_account(ldif::record const& exported);

/// The computer that the description of such an account says its service runs on, as it is written there;
/// nothing where it names none.
[[nodiscard]] std::optional<std::string_view> host_in_description(std::string_view description);

} // namespace dsplan::directory
