#pragma once
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <set>
#include <string>

namespace dsplan::directory {

struct by_key {
    bool operator()(entry const* a, entry const* b) const { return a->key < b->key; }
};

/// "2 members of Staff are not in the export: CN=Anna,…; CN=Ben,…"; up to three names, as they are.
[[nodiscard]] std::string text_of(entry const& group, outside_members const& outside);

/// "the export has no groupType of Staff: its members get nothing by it if it is a distribution group".
[[nodiscard]] std::string unknown_type_text(entry const& group);

/// True for a user or computer whose primary group the export does not say.
[[nodiscard]] bool lacks_primary_group(entry const& account);

/// True for Domain Users, Domain Computers and the like of any domain.
[[nodiscard]] bool is_usual_primary_group(sddl::sid const& group);

/// Whether the group is what the account's primary group is unless somebody changed it.
[[nodiscard]] bool may_be_primary_group(sddl::sid const& group, entry const& account);

/// "the export has no primaryGroupID of anna: its primary group may be S-1-5-21-…-513 (Domain Users)";
/// of several accounts up to three are named.
[[nodiscard]] std::string unknown_primary_text(std::vector<entry const*> const& accounts,
                                               sddl::sid const& group);

} // namespace dsplan::directory
