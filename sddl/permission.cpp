#include <sddl/object_type_tree.hpp>
#include <sddl/permission.hpp>

namespace dsplan::sddl {
namespace {

using enum objects_below::kind;

bool contains(objects_below const& outer, objects_below const& inner) {
    return inner.which == none || outer.which == all || outer == inner;
}

bool overlaps(objects_below const& a, objects_below const& b) {
    return a.which != none && b.which != none && (a.which == all || b.which == all || a == b);
}

bool overlaps(reach const& a, reach const& b) {
    return (a.self && b.self) || overlaps(a.children, b.children) || overlaps(a.deeper, b.deeper);
}

reach reach_of(ace const& value) {
    reach made{.self = !value.has(ace_flag::inherit_only)};
    if (!value.has(ace_flag::container_inherit))
        return made; // object inheritance alone never takes effect in a directory
    made.children = {value.inherited_object_type ? of_class : all,
                     value.inherited_object_type.value_or(guid{})};
    if (!value.has(ace_flag::no_propagate))
        made.deeper = made.children;
    return made;
}

// The flags that give a reach; nothing where none do.
std::optional<std::uint8_t> flags_of(reach const& where) {
    if (where.children.which == none)
        return where.self && where.deeper.which == none ? std::optional<std::uint8_t>{0} : std::nullopt;
    if (where.deeper.which != none && where.deeper != where.children)
        return std::nullopt;
    std::uint8_t flags = ace_flag::container_inherit;
    if (where.deeper.which == none)
        flags |= ace_flag::no_propagate;
    if (!where.self)
        flags |= ace_flag::inherit_only;
    return flags;
}

// What is left at one distance; nothing for "every class but one".
std::optional<objects_below> without(objects_below const& from, objects_below const& taken) {
    if (!overlaps(from, taken))
        return from;
    return contains(taken, from) ? std::optional<objects_below>{objects_below{}} : std::nullopt;
}

std::optional<reach> without(reach const& from, reach const& taken) {
    auto const children = without(from.children, taken.children);
    auto const deeper = without(from.deeper, taken.deeper);
    if (!children || !deeper)
        return std::nullopt;
    return reach{from.self && !taken.self, *children, *deeper};
}

// The rights of `rights` that an ACE with the type `outer` says for all that `inner` means.
access_mask contained_rights(std::optional<guid> const& outer, std::optional<guid> const& inner,
                             access_mask rights, property_set_of const& set_of) {
    if (!outer || outer == inner)
        return rights;
    bool const is_attribute_of_it = inner && set_of(*inner) == outer;
    return is_attribute_of_it ? rights & property_rights : access_mask{};
}

access_mask common_rights(permission const& a, permission const& b, property_set_of const& set_of) {
    if (a.denies != b.denies || a.trustee != b.trustee || !overlaps(a.where, b.where))
        return {};
    auto const both = a.rights & b.rights;
    return contained_rights(a.type, b.type, both, set_of) | contained_rights(b.type, a.type, both, set_of);
}

bool is_empty(reach const& where) {
    return where == reach{};
}

// The ACE with some of its rights only, where it is or in another reach.
ace with(ace const& value, access_mask rights, std::optional<reach> const& where = {}) {
    auto made = value;
    made.mask = rights;
    if (!where)
        return made;
    constexpr std::uint8_t reaching = ace_flag::object_inherit | ace_flag::container_inherit |
                                      ace_flag::no_propagate | ace_flag::inherit_only;
    made.flags = static_cast<std::uint8_t>((value.flags & ~reaching) | *flags_of(*where));
    if (where->children.which != of_class)
        made.inherited_object_type.reset();
    if (!made.object_type && !made.inherited_object_type)
        made.type = unconditional_type(row_of(value.type).effect, false);
    return made;
}

} // namespace

bool is_inheritable(ace const& value) {
    return value.has(ace_flag::container_inherit) || value.has(ace_flag::object_inherit);
}

std::optional<permission> permission_of(ace const& value) {
    if ((!is_allow(value.type) && !is_deny(value.type)) || is_callback(value.type))
        return std::nullopt;
    return permission{.denies = is_deny(value.type),
                      .trustee = value.trustee,
                      .rights = map_generic(value.mask),
                      .type = value.object_type,
                      .where = reach_of(value)};
}

std::optional<ace> ace_of(permission const& said) {
    auto const flags = flags_of(said.where);
    if (!flags)
        return std::nullopt;
    ace made;
    made.flags = *flags;
    made.mask = said.rights;
    made.object_type = said.type;
    made.trustee = said.trustee;
    if (said.where.children.which == of_class)
        made.inherited_object_type = said.where.children.class_type;
    bool const is_object = made.object_type || made.inherited_object_type;
    made.type = unconditional_type(said.denies ? ace_effect::deny : ace_effect::allow, is_object);
    return made;
}

bool contains(reach const& outer, reach const& inner) {
    return (outer.self || !inner.self) && contains(outer.children, inner.children) &&
           contains(outer.deeper, inner.deeper);
}

bool covers(permission const& outer, permission const& inner, property_set_of const& set_of) {
    return outer.denies == inner.denies && outer.trustee == inner.trustee &&
           contains(outer.where, inner.where) &&
           contained_rights(outer.type, inner.type, outer.rights, set_of).contains(inner.rights);
}

bool overlaps(permission const& a, permission const& b, property_set_of const& set_of) {
    return common_rights(a, b, set_of).bits != 0;
}

tl::expected<std::vector<ace>, inexpressible> subtract(ace const& value, permission const& taken,
                                                       property_set_of const& set_of) {
    auto const said = permission_of(value);
    auto const common = said ? common_rights(*said, taken, set_of) : access_mask{};
    if (common.bits == 0)
        return std::vector<ace>{value};
    if (contained_rights(taken.type, said->type, common, set_of) != common)
        return tl::unexpected(said->type ? inexpressible::one_of_a_set : inexpressible::one_of_all);
    auto const left = without(said->where, taken.where);
    if (!left || (!is_empty(*left) && !flags_of(*left)))
        return tl::unexpected(inexpressible::part_of_reach);
    std::vector<ace> made;
    if (access_mask const others{said->rights.bits & ~common.bits}; others.bits != 0)
        made.push_back(with(value, others));
    if (!is_empty(*left))
        made.push_back(with(value, common, left));
    return made;
}

} // namespace dsplan::sddl
