#include <sddl/guid_literal.hpp>
#include <sddl/inherit.hpp>
#include <tools/dsplan/paths/control_judge.hpp>

#include <utility>

// Taking an object over by moving it to where somebody has rights on what is there.
namespace dsplan::paths {
namespace {

using namespace sddl::literals;

// The name is the server's to write, and still takes the right to write it. [MS-ADTS] 3.1.1.5.4.1
constexpr auto name_attribute = "bf967a0e-0de6-11d0-a285-00aa003049e2"_guid;
constexpr auto public_information = "e48d0154-bcf8-11d1-8702-00c04fb96050"_guid;

std::optional<grant> may_write_name(sddl::security_descriptor const& list,
                                    directory::object_classes const& classes,
                                    sddl::access_request const& request) {
    sddl::object_type_tree tree(classes.structural->id);
    auto const set = tree.add(public_information, sddl::property_rights);
    auto const name = tree.add(name_attribute, sddl::property_rights, set);
    return settle(list, [&](sddl::security_descriptor const& asked) {
        return sddl::decide(asked, tree, name, sddl::right_write_property, request);
    });
}

// Of two ways to do the same; nothing is worse than what depends on a condition.
std::optional<grant> better_of(std::optional<grant> left, std::optional<grant> right) {
    return !right || (left && left->how <= right->how) ? std::move(left) : std::move(right);
}

// Of what is needed together.
std::optional<grant> both_of(std::optional<grant> left, std::optional<grant> const& right) {
    if (!left || !right)
        return std::nullopt;
    if (right->how == strength::conditional)
        weaken(*left, right->condition);
    return left;
}

} // namespace

// Deleting it there, or children of its class in the container above, and writing its name.
std::optional<grant> control_judge::may_leave(object_index object, sddl::security_token const& token) const {
    auto const* const list = side_.list_of(object);
    auto const* const classes = side_.classes_of(object);
    auto const parent = side_.image.objects[object].parent;
    if (list == nullptr || classes == nullptr || parent == access::no_object)
        return std::nullopt;
    sddl::access_request const request{.who = token, .self = side_.entry(object).sid};
    auto const renames = may_write_name(*list, *classes, request);
    if (!renames)
        return std::nullopt;
    sddl::object_type_tree const whole(classes->structural->id);
    auto deletes = settle(*list, [&](sddl::security_descriptor const& asked) {
        return sddl::decide(asked, whole, sddl::object_type_tree::object, sddl::right_delete, request);
    });
    if (!deletes || deletes->how == strength::conditional)
        deletes =
            better_of(std::move(deletes),
                      decide_on(access::deletion_of_child(*classes->structural, side_.known), parent, token));
    return both_of(renames, deletes);
}

// Creating it in the container, and controlling it by what the container passes on.
std::optional<grant> control_judge::may_arrive(object_index object, object_index container,
                                               sddl::security_token const& token) const {
    auto const& list = *side_.list_of(object);
    auto const& classes = *side_.classes_of(object);
    auto const create = decide_on(queries_.create.find(classes.structural->name)->second, container, token);
    if (!create)
        return std::nullopt;
    auto const moved = sddl::propagate(
        side_.list_of(container), list,
        {.classes = directory::inheriting_classes(classes), .owner = list.owner, .group = list.group});
    return both_of(create, control_by(object, moved, token));
}

std::optional<grant> control_judge::may_move(object_index object, sddl::security_token const& token) const {
    auto const* const list = side_.list_of(object);
    auto const* const classes = side_.classes_of(object);
    bool const inherits = list != nullptr && classes != nullptr &&
                          !list->has(sddl::control_bit::dacl_protected) &&
                          !side_.image.objects[object].is_root;
    if (!inherits || !queries_.create.contains(classes->structural->name))
        return std::nullopt;
    auto const leaves = may_leave(object, token);
    auto const control = leaves ? control_by(object, *list, token) : std::nullopt;
    if (!leaves || (control && control->how == strength::decisive))
        return std::nullopt;
    std::optional<grant> best;
    for (auto const container : facts_.containers()) {
        bool const is_elsewhere = container != side_.image.objects[object].parent &&
                                  side_.image.objects[container].domain == side_.image.objects[object].domain;
        if (is_elsewhere)
            best = better_of(std::move(best), may_arrive(object, container, token));
        if (best && best->how == strength::decisive)
            break;
    }
    auto made = both_of(leaves, best);
    bool const is_more = !control || (made && made->how == strength::decisive);
    return is_more ? made : std::nullopt; // a condition less is worth a move, another one is not
}

} // namespace dsplan::paths
