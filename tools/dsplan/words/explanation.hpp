#pragma once
#include <sddl/canonical_order.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/words/letters.hpp>
#include <tools/dsplan/words/object_kind.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// A security descriptor in words. Values only: `render` decides how they look.
namespace dsplan::words {

struct explained_ace {
    std::string effect;     ///< "allow", "deny", "audit if"
    std::string who;        ///< "Administrators", "S-1-5-21-…-1105"
    std::string sid{};      ///< of the trustee; empty where the ACE is not understood
    std::string dn{};       ///< of its object in the export; empty without one
    std::string may;        ///< "read, write msDS-KeyCredentialLink"
    std::string applies_to; ///< "user objects below"
    bool is_inherited = false;
    std::optional<std::string> condition; ///< the condition, or the resource attribute
    std::string raw;                      ///< the ACE as SDDL
    std::string origin;                   ///< "inherited from OU=Sales,…"; empty where it is not known
    std::vector<std::string> notes;       ///< what its place in the list means; `explain_in_depth` says it
};

struct explained_list {
    sddl::acl_state state = sddl::acl_state::absent;
    std::vector<std::string> notes; ///< what its flags and its state mean
    std::vector<explained_ace> aces;
    std::optional<sddl::misplaced_ace> misplaced; ///< the first offender against the canonical order
};

/// Something that a reviewer should look at, with the reason.
struct risk {
    std::optional<std::size_t> ace; ///< of the DACL, from 0
    std::string reason;
};

struct explanation {
    object_kind kind = object_kind::directory; ///< what its rights are read as; risks only for a directory
    bool is_kind_given = false;                ///< by the person who asks
    std::string kind_reason;                   ///< what in it gives the kind away; may be empty
    std::string owner;
    std::string group;
    std::string owner_sid{}; ///< empty where the descriptor has none
    std::string group_sid{};
    std::string owner_dn{}; ///< empty where no export has the object
    std::string group_dn{};
    explained_list dacl;
    explained_list sacl;
    std::vector<std::string> control; ///< what else the control field says
    std::vector<risk> risks;
    std::vector<letter_group> letters; ///< what the letters in it mean; `explain_in_depth` says it
};

[[nodiscard]] explanation explain(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids,
                                  directory::schema const& known, object_kind kind = object_kind::directory);

/// The same, with notes on the order of the DACL and the letters that occur.
[[nodiscard]] explanation explain_in_depth(sddl::security_descriptor const& descriptor,
                                           sddl::domain_sids const& sids, directory::schema const& known,
                                           object_kind kind = object_kind::directory);

/// "Administrators (BA)", "Domain Admins of S-1-5-21-1-2-3", "S-1-5-21-1-2-3-1105"
[[nodiscard]] std::string account_name(sddl::sid const& account, sddl::domain_sids const& sids);

/// The ACE in SDDL, with "SID of KeyCredential Admins" for a trustee that has none yet; `planned_trustee` is
/// its name, or empty.
[[nodiscard]] std::string ace_text(sddl::ace const& value, sddl::domain_sids const& sids,
                                   std::string_view planned_trustee);

/// What is risky about the DACL and the owner, in the order of the ACEs.
[[nodiscard]] std::vector<risk> find_risks(sddl::security_descriptor const& descriptor,
                                           sddl::domain_sids const& sids, directory::schema const& known);

} // namespace dsplan::words
