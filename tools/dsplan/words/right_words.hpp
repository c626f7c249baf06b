#pragma once
#include <sddl/access_mask.hpp>

#include <algorithm>
#include <array>
#include <string_view>

/// What rights are called: the one table that every command prints from and reads by.
namespace dsplan::words {

/// Remarks behind a right in a list of gains and losses, which `parse_rights` reads over.
inline constexpr std::string_view half_of_reading = " (half of reading it)";
inline constexpr std::string_view allowed_by_parent_already = " (its parent allowed it already)";
inline constexpr std::string_view allowed_by_parent_still = " (its parent still allows it)";
inline constexpr std::string_view allowed_as_tree_already = " (delete tree allowed it already)";
inline constexpr std::string_view allowed_as_tree_still = " (delete tree still allows it)";

/// A right that is one bit. [MS-ADTS] 5.1.3.2
struct bit_words {
    sddl::access_mask bit;
    std::string_view letters; ///< in SDDL
    std::string_view dsacls;  ///< in dsacls, where three differ
    std::string_view phrase;  ///< on an object as a whole, or of everything there: "write all properties"
    std::string_view verb;    ///< before the name of what it is for; empty where it takes none
    std::string_view bare;    ///< of the bit alone, whatever it is for
    std::string_view others;  ///< what else the phrase is called, "|" between
};

// clang-format off
/// In the order of their bits, in which they are printed.
inline constexpr std::array<bit_words, 17> right_words{{
    {sddl::right_create_child, "CC", "CC", "create all child objects", "create", "create children", "create children|create child|create child objects|CreateChild|ADS_RIGHT_DS_CREATE_CHILD"},
    {sddl::right_delete_child, "DC", "DC", "delete all child objects", "delete", "delete children", "delete children|delete child|delete child objects|DeleteChild|ADS_RIGHT_DS_DELETE_CHILD"},
    {sddl::right_list_children, "LC", "LC", "list children", "", "list children", "list contents|ListChildren|ADS_RIGHT_ACTRL_DS_LIST"},
    {sddl::right_self_write, "SW", "WS", "all validated writes", "validated write", "validated write", "validated write|validated writes|self write|Self|WriteSelf|ADS_RIGHT_DS_SELF"},
    {sddl::right_read_property, "RP", "RP", "read all properties", "read", "read", "read all|read property|ReadProperty|ADS_RIGHT_DS_READ_PROP"},
    {sddl::right_write_property, "WP", "WP", "write all properties", "write", "write", "write all|write property|WriteProperty|WriteAllProperties|ADS_RIGHT_DS_WRITE_PROP"},
    {sddl::right_delete_tree, "DT", "DT", "delete tree", "", "delete tree", "delete subtree|DeleteTree|ADS_RIGHT_DS_DELETE_TREE"},
    {sddl::right_list_object, "LO", "LO", "list object", "", "list object", "ListObject|ADS_RIGHT_DS_LIST_OBJECT"},
    {sddl::right_control_access, "CR", "CA", "all extended rights", "control access to", "extended right", "extended right|extended rights|ExtendedRight|AllExtendedRights|control access|ControlAccess|ADS_RIGHT_DS_CONTROL_ACCESS"},
    {sddl::right_delete, "SD", "SD", "delete", "", "delete", "standard delete"},
    {sddl::right_read_control, "RC", "RC", "read permissions", "", "read permissions", "ReadControl|READ_CONTROL|ReadPermissions"},
    {sddl::right_write_dac, "WD", "WD", "change permissions", "", "change permissions", "modify permissions|WriteDacl|WRITE_DAC|ChangePermissions"},
    {sddl::right_write_owner, "WO", "WO", "take ownership", "", "take ownership", "modify owner|WriteOwner|WRITE_OWNER|change owner|TakeOwnership"},
    {sddl::right_generic_all, "GA", "GA", "generic all", "", "generic all", ""},
    {sddl::right_generic_execute, "GX", "GE", "generic execute", "", "generic execute", ""},
    {sddl::right_generic_write, "GW", "GW", "generic write", "", "generic write", ""},
    {sddl::right_generic_read, "GR", "GR", "generic read", "", "generic read", ""},
}};

/// Several bits under one name. The generic ones are what a directory makes of them. [MS-ADTS] 6.1.3
struct mask_words {
    sddl::access_mask mask;
    std::string_view phrase;
    std::string_view others;
};
inline constexpr std::array<mask_words, 4> mask_phrases{{
    {sddl::directory_full_control, "full control", "generic all|GenericAll|GENERIC_ALL|FullControl|all rights"},
    {sddl::map_generic(sddl::right_generic_read), "read", "generic read|GenericRead|GENERIC_READ"},
    {sddl::map_generic(sddl::right_generic_write), "write", "generic write|GenericWrite|GENERIC_WRITE"},
    {sddl::map_generic(sddl::right_generic_execute), "generic execute", "GenericExecute|GENERIC_EXECUTE|execute"},
}};

/// A verb that reads what the printed one does.
struct verb_words {
    std::string_view verb;
    sddl::access_mask bit;
};
/// A longer one stands before one that it begins with.
inline constexpr std::array<verb_words, 22> verbs{{
    {"validated writes of", sddl::right_self_write},
    {"validated write to", sddl::right_self_write},
    {"validated write", sddl::right_self_write},
    {"self write", sddl::right_self_write},
    {"Self", sddl::right_self_write},
    {"read property set", sddl::right_read_property},
    {"read property", sddl::right_read_property},
    {"ReadProperty", sddl::right_read_property},
    {"read", sddl::right_read_property},
    {"write property set", sddl::right_write_property},
    {"write property", sddl::right_write_property},
    {"WriteProperty", sddl::right_write_property},
    {"write", sddl::right_write_property},
    {"create child", sddl::right_create_child},
    {"CreateChild", sddl::right_create_child},
    {"create", sddl::right_create_child},
    {"delete child", sddl::right_delete_child},
    {"DeleteChild", sddl::right_delete_child},
    {"delete", sddl::right_delete_child},
    {"control access to", sddl::right_control_access},
    {"control access", sddl::right_control_access},
    {"extended right", sddl::right_control_access},
}};

/// What other tools call rights, in the words of this one.
struct foreign_words {
    std::string_view name;
    std::string_view means;
};
inline constexpr std::array<foreign_words, 19> foreign_names{{
    {"AddAllowedToAct", "write msDS-AllowedToActOnBehalfOfOtherIdentity"},
    {"AddKeyCredentialLink", "write msDS-KeyCredentialLink"},
    {"AddMember", "write member"},
    {"AddMembers", "write member"},
    {"AddSelf", "validated write Self-Membership"},
    {"AutoEnroll", "Certificate-AutoEnrollment"},
    {"DCSync", "DS-Replication-Get-Changes, DS-Replication-Get-Changes-All"},
    {"DirSync", "DS-Replication-Get-Changes, DS-Replication-Get-Changes-In-Filtered-Set"},
    {"ForceChangePassword", "User-Force-Change-Password"},
    {"GetChanges", "DS-Replication-Get-Changes"},
    {"GetChangesAll", "DS-Replication-Get-Changes-All"},
    {"GetChangesInFilteredSet", "DS-Replication-Get-Changes-In-Filtered-Set"},
    {"WriteAccountRestrictions", "write User-Account-Restrictions"},
    {"WriteAltSecurityIdentities", "write altSecurityIdentities"},
    {"WriteGPLink", "write gPLink"},
    {"WritePKIEnrollmentFlag", "write msPKI-Enrollment-Flag"},
    {"WritePKINameFlag", "write msPKI-Certificate-Name-Flag"},
    {"WritePublicInformation", "write Public-Information"},
    {"WriteSPN", "write servicePrincipalName"},
}};
// clang-format on

static_assert(std::adjacent_find(right_words.begin(), right_words.end(),
                                 [](bit_words const& a, bit_words const& b) { return a.bit >= b.bit; }) ==
                  right_words.end(),
              "the rights are sorted and each is there once");
static_assert(std::is_sorted(foreign_names.begin(), foreign_names.end(),
                             [](foreign_words const& a, foreign_words const& b) { return a.name < b.name; }));

/// The row of a single bit; null for one that has no name.
[[nodiscard]] constexpr bit_words const* find_words(sddl::access_mask bit) {
    for (auto const& row : right_words)
        if (row.bit == bit)
            return &row;
    return nullptr;
}

} // namespace dsplan::words
