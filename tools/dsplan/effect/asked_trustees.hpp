#pragma once
#include <sddl/security_descriptor.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/access/holder_search.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/effect/object_groups.hpp>

#include <map>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace dsplan::effect {

using sid_set = std::unordered_set<sddl::sid, access::sid_hash>;

/// Adds the owner and every SID that an ACE of the DACL names.
void add_deciding_sids(sid_set& all, sddl::security_descriptor const& from);

/// Ends the name of a trustee that every account is in.
inline constexpr std::string_view everybody_remark = " (everybody is in it)";

/// Whom a comparison asks about beside the accounts: trustees that no account of the export stands for, or
/// not all of whose members it shows. Whatever the change does to others can change what they hold.
struct asked_trustees {
    std::vector<sddl::sid> sids;              ///< those that decide on the objects asked about, ascending
    std::vector<access::object_index> groups; ///< objects to ask about
    std::map<access::object_index, std::string_view> remarks; ///< end their names
    std::vector<sddl::sid> bare;                              ///< SIDs to ask about that no object carries
    access::unknown_memberships unknown;                      ///< of trustees whose ACEs differ
    bool has_unseen_account = false;                          ///< an account's SID is among `bare`
};

/// Of the changed objects, and of all where a membership changed.
[[nodiscard]] asked_trustees find_asked_trustees(std::vector<object_group> const& groups,
                                                 access::holder_search& before, access::holder_search& after);

} // namespace dsplan::effect
