#pragma once
#include <sddl/acl.hpp>
#include <sddl/guid.hpp>
#include <sddl/security_descriptor.hpp>
#include <sddl/sid.hpp>
#include <sddl/well_known_sids.hpp>

#include <optional>
#include <vector>

namespace dsplan::sddl {

inline constexpr sid creator_owner = named_sid("Creator Owner");
inline constexpr sid creator_group = named_sid("Creator Group");

/// What about a directory object decides how ACEs arrive at it.
struct inheriting_object {
    /// schemaIDGUIDs that an inherited object type may name: the most specific structural class and the
    /// dynamic auxiliary classes, no superclasses. A computer does not take an ACE for users.
    std::vector<guid> classes;
    std::optional<sid> owner; ///< stands in for CREATOR OWNER; unknown: the ACE made for it is left out
    std::optional<sid> group; ///< stands in for CREATOR GROUP
};

/// The ACEs that a child takes from its parent's list, in the order and form in which a domain controller
/// stores them. [MS-ADTS] 6.1.3, [MS-DTYP] 2.5.3.4
///
/// A child keeps every inheritable ACE, those for other classes as inherit-only; one that has to be rewritten
/// to take effect (generic rights, CREATOR OWNER or GROUP) comes as the effective ACE and the original after
/// it; one that says nothing new is left out.
///
///     inherited_aces(parent: "(A;CI;GA;;;CO)", owner DA)  gives  "(A;ID;CCDC…WO;;;DA)(A;CIIOID;GA;;;CO)"
[[nodiscard]] std::vector<ace> inherited_aces(acl const& parent, inheriting_object const& child);

/// True for an ACE that says "not me, whoever owns the object": CREATOR OWNER or CREATOR GROUP as trustee.
[[nodiscard]] bool names_creator(ace const& value);

/// The ACEs of a list that somebody writes, as a domain controller stores them: inherited ones gone, or in a
/// protected list turned into explicit ones; inherit-only ones that nothing can inherit gone; generic rights
/// and CREATOR OWNER or GROUP rewritten as in `inherited_aces`.
[[nodiscard]] std::vector<ace> stored_explicit_aces(acl const& written, inheriting_object const& object,
                                                    bool is_protected);

/// `own` with its inherited ACEs recomputed from `parent`, which is null for the root of a naming context;
/// the explicit ACEs stay as they are, as they do when a domain controller propagates. [MS-ADTS] 3.1.1.6.3
///
/// A protected list stays as it is, DACL and SACL each for itself. A NULL or an absent DACL stays too. Where
/// nothing changes the result equals `own` to the octet.
[[nodiscard]] security_descriptor propagate(security_descriptor const* parent, security_descriptor const& own,
                                            inheriting_object const& object);

/// What a domain controller stores when `written` is written to an object below `parent`: the explicit ACEs
/// rewritten, the inherited ones recomputed. [MS-ADTS] 6.1.3
[[nodiscard]] security_descriptor store(security_descriptor const* parent, security_descriptor const& written,
                                        inheriting_object const& object);

/// The descriptor of an object that is added without one: owner and group of the creator, the lists of its
/// class (defaultSecurityDescriptor) and what it inherits. [MS-ADTS] 6.1.3.5
[[nodiscard]] security_descriptor create_child(security_descriptor const* parent,
                                               security_descriptor const& class_default,
                                               inheriting_object const& object);

} // namespace dsplan::sddl
