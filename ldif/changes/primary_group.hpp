#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/storage/link_changes.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// What the server does to the members of two groups when an account gets another primaryGroupID: the account
/// leaves those of the new group, of which it must be one, and joins those of the old one.
/// MS-SAMR 3.1.1.8.2
[[nodiscard]] tl::expected<void, apply_error> move_primary_group(object_store& store, link_changes& links,
                                                                 entry const& before, entry const& after,
                                                                 std::vector<apply_error>& doubts);

/// The group with that RID in the domain of the account; a new account has no objectSid, but its domain has
/// one.
[[nodiscard]] std::optional<object_store::object_id>
find_primary_group(object_store& store, entry const& account, std::string_view rid);

} // namespace dsplan::ldif
