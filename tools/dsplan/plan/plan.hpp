#pragma once
#include <sddl/ace.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/effect/reach.hpp>
#include <tools/dsplan/ground/input_digest.hpp>
#include <tools/dsplan/paths/control_paths.hpp>
#include <tools/dsplan/plan/finding.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::plan {

/// One ACE to add: who may, or may not, do what on which objects, in dsacls' terms, and the ACE itself once
/// the SID is known.
struct grant {
    bool denies = false;
    std::string trustee_name;                          ///< sAMAccountName
    std::optional<std::string> trustee_netbios_domain; ///< of the trustee, which may be of another domain
    std::string trustee_dns_domain;   ///< the same by its DNS name; empty where it is not known
    std::optional<sddl::sid> trustee; ///< nothing while the group does not exist
    sddl::access_mask mask;
    std::string property; ///< name of the attribute, class, right or property set; empty for the whole object
    std::optional<sddl::guid> property_guid;
    std::string inherited_class; ///< lDAPDisplayName of the class below that it applies to, or empty
    std::optional<sddl::guid> inherited_class_guid;
    std::uint8_t flags = 0;
    std::optional<std::size_t> position; ///< index in the new list; nothing while the ACE cannot be made
    bool is_left_over = false;           ///< says part of what a removed ACE said
    bool is_copy = false;                ///< was inherited, and becomes the object's own
    std::optional<sddl::ace> whole;      ///< where the fields above do not say all of it: it has a condition

    /// The ACE; nothing while the trustee's SID is unknown.
    [[nodiscard]] std::optional<sddl::ace> ace() const;
};

/// An explicit ACE to take from a list.
struct removed_ace {
    sddl::ace value;
    std::string trustee_name;
    std::size_t position = 0; ///< index in the list before
};

/// What a change does to a descriptor besides explicit ACEs of its DACL: its owner, whether it inherits, an
/// auditing ACE.
struct part_change {
    std::string part;   ///< as `part_names` has it
    std::string before; ///< SID, "on" or "off", number of ACEs, ACE as SDDL; empty where nothing was
    std::string after;  ///< the same; empty where nothing is left

    friend bool operator==(part_change const&, part_change const&) = default;
};

/// ACEs to add to one object's list, and to take from it; what else changes in its descriptor.
struct permission_change {
    std::string dn;
    std::vector<grant> grants;
    std::vector<removed_ace> removed;
    std::string before; ///< octets of the descriptor in the export; empty where it has none
    std::string after;  ///< octets of the edited one; empty while an ACE cannot be made
    std::vector<std::string>
        missing_parts; ///< of "owner", "group", "DACL", "SACL"; with one missing no LDIF is written
    std::vector<sddl::ace>
        other_aces_of_trustee;        ///< explicit ones there already, which dsacls /R would remove too
    std::vector<part_change> parts{}; ///< what else changes, in the order of `part_names`
    bool by_ldif = false;             ///< the user asked for LDIF, whatever dsacls can do

    [[nodiscard]] bool is_importable() const { return missing_parts.empty() && !after.empty(); }
};

/// The explicit ACEs of a trustee in the DACL of a descriptor; none where the octets are no descriptor.
[[nodiscard]] std::vector<sddl::ace> explicit_aces_of(sddl::sid const& trustee, std::string_view descriptor);

/// The explicit ACEs that the trustees of a change's grants have in its list before.
[[nodiscard]] std::vector<sddl::ace> other_aces_of_trustees(permission_change const& change);

/// A security group to create, with global scope.
struct group_creation {
    std::string dn;
    std::string sam_account_name;
};

/// A member to add to a group, or to take from it.
struct member_addition {
    std::string group_dn;
    std::string group_name;
    std::string member_dn;
    std::string member_name;
    bool removes = false;
};

/// What the export says of a group or member that the plan names, so that a later export can be compared.
struct object_before {
    std::string dn;
    std::string object_class;         ///< lDAPDisplayName; empty where the export lacks it
    std::optional<sddl::sid> sid;     ///< nothing where the export lacks it
    std::string descriptor;           ///< octets; empty where the export lacks it
    std::vector<std::string> members; ///< DNs of the direct members, those by primary group included
};

/// The changes in one domain, imported on one of its domain controllers.
struct domain_changes {
    std::string dn;
    std::string dns_name;
    std::optional<std::string> netbios_name;
    sddl::domain_sids sids;
    std::optional<group_creation> group;
    std::vector<permission_change> permissions;
    std::vector<member_addition> members;
    std::vector<object_before> objects; ///< that exist already, by DN

    [[nodiscard]] bool empty() const { return !group && permissions.empty() && members.empty(); }
};

/// What only the maker of a plan, a recipe or a request, can say of it.
struct plan_words {
    std::string job;                   ///< the subcommand of dsplan plan
    std::string variant;               ///< of the job, as the user names it; may be empty
    std::string title;                 ///< of the page to review
    std::string account;               ///< that the plan is for; may be empty
    std::string purpose;               ///< what is asked for; goes on where the account's name ends
    std::vector<std::string> wishes;   ///< what is asked for, one by one; phrases
    std::string effect;                ///< who gains what, in a sentence; may be empty
    std::string why_nothing;           ///< where there is nothing to do: why; sentences
    std::vector<std::string> unproven; ///< what no document or measurement settles; sentences
};

/// Everything that was found and everything to be done. A value; rendering it is another room's work.
struct plan {
    plan_words words;
    bool stopped = false;             ///< a finding forbids every change
    std::vector<input_digest> inputs; ///< the exports it was made from, in the order they were given
    std::vector<finding> findings;
    std::vector<domain_changes> domains;     ///< only those with changes
    std::vector<std::string> headlines;      ///< what to know beside the effect; sentences
    std::optional<effect::reach> reach;      ///< of the connector account
    std::optional<effect::effect> predicted; ///< who gains and loses what, where it does not arrive
    std::optional<paths::path_report> ways;  ///< to tier 0 that the changes open and close

    [[nodiscard]] bool has_changes() const { return !domains.empty(); }
    [[nodiscard]] bool needs_second_phase() const;

    /// What aliases mean where one domain changes; nothing where several do, or none.
    [[nodiscard]] sddl::domain_sids sids() const;
};

} // namespace dsplan::plan
