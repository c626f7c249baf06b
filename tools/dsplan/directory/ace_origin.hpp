#pragma once
#include <sddl/ace.hpp>
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace dsplan::directory {

enum class ace_source : std::uint8_t {
    own,              ///< somebody put it on the object
    class_default,    ///< it is in defaultSecurityDescriptor of the object's class
    admin_sd_holder,  ///< it came with the copy of AdminSDHolder's descriptor
    inherited,        ///< from `from`
    inherited_unseen, ///< inherited, but no ancestor in the export has it: left over, or the ancestor is
                      ///< missing
};

/// Where an ACE of an object comes from.
struct ace_origin {
    ace_source source = ace_source::own;
    entry const* from = nullptr; ///< the ancestor whose own ACE it is, or AdminSDHolder
};

/// What an ACE can have come from.
struct origin_context {
    snapshot const& exported;
    schema const& known;
    sddl::domain_sids sids; ///< of the object's domain, for the class defaults
};

/// Finds the origin of the DACL's ACE at `index`; `object` must have a readable descriptor with a DACL.
[[nodiscard]] ace_origin find_origin(origin_context const& context, entry const& object, std::size_t index);

/// Whether `own`, an ACE of an ancestor, arrives at the object as `arrived`, however deep the object lies.
[[nodiscard]] bool arrives_as(sddl::ace const& own, sddl::ace const& arrived,
                              sddl::inheriting_object const& object, bool is_parent);

/// "explicit", "class default", "AdminSDHolder", "inherited"
[[nodiscard]] std::string_view name_of(ace_source source);

/// What of an entry decides how ACEs arrive at it: its classes, its owner and its group.
[[nodiscard]] sddl::inheriting_object inheriting_object_of(schema const& known, entry const& object);

/// The classes of an entry by its objectClass.
[[nodiscard]] object_classes classes_of(schema const& known, entry const& object);

/// The root of a naming context inherits nothing. [MS-ADTS] 3.1.1.2.1, instanceType; without it, by class
[[nodiscard]] bool is_naming_context_root(entry const& object);

/// "CN=AdminSDHolder,CN=System" of the object's domain, or null.
[[nodiscard]] entry const* find_admin_sd_holder(snapshot const& exported, entry const& object);

} // namespace dsplan::directory
