#pragma once
#include <tools/dsplan/paths/directory_side.hpp>

#include <string_view>
#include <vector>

namespace dsplan::paths {

/// An account of the synchronisation with Entra ID, and the computer whose service logs on as it.
struct synchronisation_host {
    object_index account;
    std::string_view name{};               ///< as the account's description says; empty where it says none
    std::vector<object_index> computers{}; ///< that are called so
};

/// One for each such account that is there.
[[nodiscard]] std::vector<synchronisation_host> synchronisation_hosts(directory_side const& side);

} // namespace dsplan::paths
