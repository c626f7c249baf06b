#include <sddl/inherit.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::uint8_t inheritable = ace_flag::object_inherit | ace_flag::container_inherit;
// What says how an ACE travels; every other flag (audit successes, failures) belongs to what it says.
constexpr std::uint8_t travel_flags =
    inheritable | ace_flag::no_propagate | ace_flag::inherit_only | ace_flag::inherited;
constexpr access_mask generic_bits{0xF0000000};

std::uint8_t with_travel(ace const& value, unsigned travel) {
    return static_cast<std::uint8_t>((value.flags & ~unsigned{travel_flags}) | travel);
}

bool matches_class(ace const& value, inheriting_object const& object) {
    return !value.inherited_object_type || std::find(object.classes.begin(), object.classes.end(),
                                                     *value.inherited_object_type) != object.classes.end();
}

// An ACE that cannot take effect as it stands: the object stores rights, not generic ones, and real accounts.
bool needs_rewriting(ace const& value) {
    return (value.mask & generic_bits).bits != 0 || names_creator(value);
}

// The ACE as it takes effect on the object alone, where no class below matters any more; nothing if it is for
// an owner or group that is not known.
std::optional<ace> effective_copy(ace const& value, inheriting_object const& object, unsigned travel) {
    ace effective = value;
    effective.flags = with_travel(value, travel);
    if (needs_rewriting(value))
        effective.mask = map_generic(value.mask) & directory_full_control;
    effective.inherited_object_type.reset();
    if (value.trustee == creator_owner || value.trustee == creator_group) {
        auto const& creator = value.trustee == creator_owner ? object.owner : object.group;
        if (!creator)
            return std::nullopt;
        effective.trustee = *creator;
    }
    return effective;
}

bool says_the_same_of_the_same(ace const& one, ace const& other) {
    return one.type == other.type && one.object_type == other.object_type &&
           one.inherited_object_type == other.inherited_object_type && one.trustee == other.trustee &&
           one.data == other.data && with_travel(one, 0) == with_travel(other, 0);
}

bool subsumes(ace const& present, ace const& candidate) {
    bool const effective_enough =
        candidate.has(ace_flag::inherit_only) || !present.has(ace_flag::inherit_only);
    auto const wanted = static_cast<std::uint8_t>(candidate.flags & inheritable);
    return effective_enough && present.has(wanted) && present.mask.contains(candidate.mask) &&
           says_the_same_of_the_same(present, candidate);
}

void add_unless_subsumed(std::vector<ace>& made, ace candidate) {
    auto const is_there = [&](ace const& present) {
        return subsumes(present, candidate);
    };
    if (std::none_of(made.begin(), made.end(), is_there))
        made.push_back(std::move(candidate));
}

void add_with_travel(std::vector<ace>& made, ace const& value, unsigned travel) {
    ace copy = value;
    copy.flags = with_travel(value, travel);
    add_unless_subsumed(made, std::move(copy));
}

void inherit_one(std::vector<ace>& made, ace const& value, inheriting_object const& child) {
    unsigned const onwards = value.flags & inheritable;
    bool const stops_here = value.has(ace_flag::no_propagate);
    // ACEs for leaf objects only pass through: every directory object is a container.
    bool const applies = value.has(ace_flag::container_inherit) && matches_class(value, child);
    if (onwards == 0 || (!applies && stops_here))
        return;
    if (!applies)
        return add_with_travel(made, value, onwards | ace_flag::inherit_only | ace_flag::inherited);
    if (!needs_rewriting(value) && !stops_here)
        return add_with_travel(made, value, onwards | ace_flag::inherited);
    if (auto effective = effective_copy(value, child, ace_flag::inherited))
        add_unless_subsumed(made, *std::move(effective));
    if (!stops_here)
        add_with_travel(made, value, onwards | ace_flag::inherit_only | ace_flag::inherited);
}

void store_one(std::vector<ace>& stored, ace const& value, inheriting_object const& object) {
    unsigned const onwards = value.flags & (inheritable | ace_flag::no_propagate);
    bool const has_heirs = (value.flags & inheritable) != 0;
    bool const inherit_only = value.has(ace_flag::inherit_only);
    if (inherit_only && !has_heirs)
        return;
    if (inherit_only || !needs_rewriting(value)) {
        stored.push_back(value);
        stored.back().flags = with_travel(value, value.flags & travel_flags & ~unsigned{ace_flag::inherited});
        return;
    }
    auto effective = effective_copy(value, object, 0);
    if (effective) {
        if (!has_heirs) // nothing asks here what the ACE is for below the object
            effective->inherited_object_type = value.inherited_object_type;
        stored.push_back(*std::move(effective));
    }
    if (has_heirs) {
        stored.push_back(value);
        stored.back().flags = with_travel(value, onwards | ace_flag::inherit_only);
    }
}

void append_inherited(std::vector<ace>& aces, std::optional<acl> const* parent,
                      inheriting_object const& child) {
    if (parent == nullptr || !*parent)
        return;
    auto inherited = inherited_aces(**parent, child);
    std::move(inherited.begin(), inherited.end(), std::back_inserter(aces));
}

std::vector<ace> explicit_part(acl const& own) {
    std::vector<ace> kept;
    std::copy_if(own.aces.begin(), own.aces.end(), std::back_inserter(kept),
                 [](ace const& value) { return !value.has(ace_flag::inherited); });
    return kept;
}

acl with_aces(acl const& own, std::vector<ace> aces) {
    acl made = own;
    made.aces = std::move(aces);
    bool const has_object_aces = std::any_of(made.aces.begin(), made.aces.end(),
                                             [](ace const& value) { return is_object_type(value.type); });
    if (has_object_aces)
        made.revision = std::max<std::uint8_t>(made.revision, 4);
    return made;
}

// The control bits and members that make up one of the two lists.
struct list_of {
    std::optional<acl> security_descriptor::*list;
    std::uint16_t protected_bit;
    std::uint16_t auto_inherited_bit;
    void (*set)(security_descriptor&, acl);
};
constexpr list_of dacl_list{&security_descriptor::dacl, control_bit::dacl_protected,
                            control_bit::dacl_auto_inherited, set_dacl};
constexpr list_of sacl_list{&security_descriptor::sacl, control_bit::sacl_protected,
                            control_bit::sacl_auto_inherited, set_sacl};

std::optional<acl> const* list_in(security_descriptor const* descriptor, list_of const& which) {
    return descriptor == nullptr ? nullptr : &(descriptor->*which.list);
}

void propagate_dacl(security_descriptor const* parent, security_descriptor& own,
                    inheriting_object const& object) {
    if (!own.dacl || own.has(control_bit::dacl_protected))
        return;
    auto aces = explicit_part(*own.dacl);
    append_inherited(aces, list_in(parent, dacl_list), object);
    if (aces == own.dacl->aces)
        return;
    set_dacl(own, with_aces(*own.dacl, std::move(aces)));
    own.control |= control_bit::dacl_auto_inherited;
}

void propagate_sacl(security_descriptor const* parent, security_descriptor& own,
                    inheriting_object const& object) {
    if (own.has(control_bit::sacl_protected))
        return;
    acl const before = own.sacl.value_or(acl{});
    auto aces = explicit_part(before);
    append_inherited(aces, list_in(parent, sacl_list), object);
    if (aces == before.aces)
        return;
    own.control |= control_bit::sacl_auto_inherited;
    if (!aces.empty())
        return set_sacl(own, with_aces(before, std::move(aces)));
    own.sacl.reset();
    own.control = static_cast<std::uint16_t>(own.control & ~control_bit::sacl_present);
}

void store_list(security_descriptor const* parent, security_descriptor& written,
                inheriting_object const& object, list_of const& which) {
    bool const is_protected = written.has(which.protected_bit);
    auto const& list = written.*which.list;
    acl const given = list.value_or(acl{});
    auto aces = stored_explicit_aces(given, object, is_protected);
    if (!is_protected) {
        append_inherited(aces, list_in(parent, which), object);
        written.control |= which.auto_inherited_bit;
    }
    if (list || !aces.empty())
        which.set(written, with_aces(given, std::move(aces)));
}

} // namespace

bool names_creator(ace const& value) {
    return value.trustee == creator_owner || value.trustee == creator_group;
}

std::vector<ace> inherited_aces(acl const& parent, inheriting_object const& child) {
    std::vector<ace> made;
    made.reserve(parent.aces.size());
    for (ace const& value : parent.aces)
        inherit_one(made, value, child);
    return made;
}

std::vector<ace> stored_explicit_aces(acl const& written, inheriting_object const& object,
                                      bool is_protected) {
    std::vector<ace> stored;
    for (ace const& value : written.aces) {
        if (is_protected || !value.has(ace_flag::inherited))
            store_one(stored, value, object);
    }
    return stored;
}

security_descriptor propagate(security_descriptor const* parent, security_descriptor const& own,
                              inheriting_object const& object) {
    security_descriptor result = own;
    propagate_dacl(parent, result, object);
    propagate_sacl(parent, result, object);
    return result;
}

security_descriptor store(security_descriptor const* parent, security_descriptor const& written,
                          inheriting_object const& object) {
    security_descriptor result = written;
    if (dacl_state(written) == acl_state::present)
        store_list(parent, result, object, dacl_list);
    store_list(parent, result, object, sacl_list);
    return result;
}

security_descriptor create_child(security_descriptor const* parent, security_descriptor const& class_default,
                                 inheriting_object const& object) {
    security_descriptor written = class_default;
    written.owner = object.owner;
    written.group = object.group;
    if (dacl_state(written) == acl_state::absent)
        set_dacl(written, {});
    return store(parent, written, object);
}

} // namespace dsplan::sddl
