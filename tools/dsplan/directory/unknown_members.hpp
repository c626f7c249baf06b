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

/// "the export has no primaryGroupID of anna: its primary group may be S-1-5-21-…-513 (Domain Users)" where
/// that is one of `asked`; else empty.
[[nodiscard]] std::string unknown_primary_group(entry const& account, std::set<sddl::sid> const& asked);

} // namespace dsplan::directory
