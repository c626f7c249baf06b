#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/ace.hpp>
#include <sddl/guid.hpp>
#include <sddl/sid.hpp>

#include <tl/expected.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace dsplan::sddl {

/// Objects at one distance below: none of them, all, or those of one class.
struct objects_below {
    enum class kind : std::uint8_t { none, all, of_class } which = kind::none;
    guid class_type{}; ///< schemaIDGUID, for `of_class`

    friend bool operator==(objects_below const&, objects_below const&) = default;
};

/// Where an ACE takes effect: on the object that holds it, on its children, on what lies deeper.
/// [MS-DTYP] 2.4.4.1, [MS-ADTS] 6.1.3
///
///     (A;;…)          the object alone          (A;CI;…)      the object and all below
///     (OA;CIIO;…;K;)  objects of class K below  (A;CINPIO;…)  the children alone
struct reach {
    bool self = false;
    objects_below children{};
    objects_below deeper{};

    friend bool operator==(reach const&, reach const&) = default;
};

/// True if the ACE goes to containers or to other objects below. [MS-DTYP] 2.4.4.1
[[nodiscard]] bool is_inheritable(ace const& value);

/// What an ACE says, without the order of its bits or the spelling of its mask: who may (or may not) do what
/// to which part of which objects.
struct permission {
    bool denies = false;
    sid trustee;
    access_mask rights;       ///< generic rights replaced by what they mean
    std::optional<guid> type; ///< attribute, property set, right or class; nothing: all of them
    reach where;

    friend bool operator==(permission const&, permission const&) = default;
};

/// Which property set an attribute is in; nothing for one in none, and for every other GUID.
using property_set_of = std::function<std::optional<guid>(guid const&)>;

/// What an ACE of a DACL says; nothing for conditional ACEs, whose outcome is not in them, and for all
/// others.
[[nodiscard]] std::optional<permission> permission_of(ace const& value);

/// The ACE that says it; nothing for a reach that no ACE has.
[[nodiscard]] std::optional<ace> ace_of(permission const& said);

/// True if every object that `inner` reaches is one that `outer` reaches.
[[nodiscard]] bool contains(reach const& outer, reach const& inner);

/// True if `outer` says all that `inner` says. Property sets contain their attributes for reading, writing
/// and control access.
[[nodiscard]] bool covers(permission const& outer, permission const& inner, property_set_of const& set_of);

/// True if both say something of the same right on the same part of the same object.
[[nodiscard]] bool overlaps(permission const& a, permission const& b, property_set_of const& set_of);

/// Why no list of ACEs says what would be left.
enum class inexpressible : std::uint8_t {
    one_of_all,   ///< all properties, rights or classes but one
    one_of_a_set, ///< a property set without one of its attributes; its other attributes can be granted apart
    part_of_reach, ///< what lies deeper but not the children, or every class but one
};

/// The ACEs that say what `value` says and `taken` does not, in its place: itself where the two have nothing
/// in common, none where nothing is left.
[[nodiscard]] tl::expected<std::vector<ace>, inexpressible>
subtract(ace const& value, permission const& taken, property_set_of const& set_of);

} // namespace dsplan::sddl
