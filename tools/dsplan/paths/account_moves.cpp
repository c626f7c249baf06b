#include <sddl/guid_literal.hpp>
#include <sddl/inherit.hpp>
#include <tools/dsplan/paths/control_judge.hpp>

#include <algorithm>

// Taking an object over by moving it to where somebody has rights on what is there.
namespace dsplan::paths {
namespace {

using namespace sddl::literals;

// The name is the server's to write, and still takes the right to write it. [MS-ADTS] 3.1.1.5.4.1
constexpr auto name_attribute = "bf967a0e-0de6-11d0-a285-00aa003049e2"_guid;
constexpr auto public_information = "e48d0154-bcf8-11d1-8702-00c04fb96050"_guid;

bool may_write_name(sddl::security_descriptor const& list, directory::object_classes const& classes,
                    sddl::access_request const& request) {
    sddl::object_type_tree tree(classes.structural->id);
    auto const set = tree.add(public_information, sddl::property_rights);
    auto const name = tree.add(name_attribute, sddl::property_rights, set);
    return sddl::decide(list, tree, name, sddl::right_write_property, request).granted;
}

} // namespace

// Deleting it there, or children of its class in the container above, and writing its name.
bool control_judge::may_leave(object_index object, sddl::security_token const& token) const {
    auto const* const list = side_.list_of(object);
    auto const* const classes = side_.classes_of(object);
    auto const parent = side_.image.objects[object].parent;
    if (list == nullptr || classes == nullptr || parent == access::no_object)
        return false;
    sddl::access_request const request{.who = token, .self = side_.entry(object).sid};
    if (!may_write_name(*list, *classes, request))
        return false;
    sddl::object_type_tree const whole(classes->structural->id);
    if (sddl::decide(*list, whole, sddl::object_type_tree::object, sddl::right_delete, request).granted)
        return true;
    return is_decisive(access::deletion_of_child(*classes->structural, side_.known), parent, token);
}

bool control_judge::may_move(object_index object, sddl::security_token const& token) const {
    auto const* const list = side_.list_of(object);
    auto const* const classes = side_.classes_of(object);
    bool const inherits = list != nullptr && classes != nullptr &&
                          !list->has(sddl::control_bit::dacl_protected) &&
                          !side_.image.objects[object].is_root;
    auto const create = inherits ? queries_.create.find(classes->structural->name) : queries_.create.end();
    if (create == queries_.create.end() || !may_leave(object, token) || takes_over(object, *list, token))
        return false;
    auto const& containers = facts_.containers();
    return std::any_of(containers.begin(), containers.end(), [&](object_index container) {
        bool const is_elsewhere = container != side_.image.objects[object].parent &&
                                  side_.image.objects[container].domain == side_.image.objects[object].domain;
        if (!is_elsewhere || !is_decisive(create->second, container, token))
            return false;
        auto const moved = sddl::propagate(
            side_.list_of(container), *list,
            {.classes = directory::inheriting_classes(*classes), .owner = list->owner, .group = list->group});
        return takes_over(object, moved, token);
    });
}

} // namespace dsplan::paths
