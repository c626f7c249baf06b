#include <sddl/inherit.hpp>
#include <sddl/parse_error.hpp>
#include <tools/dsplan/access/inheritance_check.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace dsplan::access {
namespace {

std::string obstacle_in(directory::entry const& object, std::string_view which) {
    if (object.descriptor == nullptr)
        return fmt::format("the export has no nTSecurityDescriptor of {}", which);
    if (!object.descriptor->value)
        return fmt::format("the nTSecurityDescriptor of {} cannot be read: {}", which,
                           sddl::message(*object.descriptor->error));
    return {};
}

std::string obstacle_to(directory::object_classes const& classes, directory::entry const& object) {
    if (auto own = obstacle_in(object, "the object"); !own.empty())
        return own;
    if (directory::is_naming_context_root(object))
        return {};
    if (object.parent == nullptr)
        return "its parent is not in the export";
    if (auto above = obstacle_in(*object.parent, "its parent"); !above.empty())
        return above;
    if (classes.structural == nullptr)
        return fmt::format("the schema has no class '{}'", printable(object.structural_class()));
    if (!object.descriptor->value->owner)
        return "the exported nTSecurityDescriptor of the object has no owner";
    return {};
}

std::vector<sddl::ace> inherited_part(std::optional<sddl::acl> const& list) {
    std::vector<sddl::ace> inherited;
    if (list)
        std::copy_if(list->aces.begin(), list->aces.end(), std::back_inserter(inherited),
                     [](sddl::ace const& value) { return value.has(sddl::ace_flag::inherited); });
    return inherited;
}

// What is in `from` and not in `taken`, each ACE counted.
std::vector<sddl::ace> without(std::vector<sddl::ace> const& from, std::vector<sddl::ace> taken) {
    std::vector<sddl::ace> left;
    for (sddl::ace const& value : from) {
        auto const found = std::find(taken.begin(), taken.end(), value);
        if (found == taken.end())
            left.push_back(value);
        else
            taken.erase(found);
    }
    return left;
}

void compare(inheritance_difference& difference, std::vector<sddl::ace> const& computed,
             std::vector<sddl::ace> const& exported) {
    if (computed == exported)
        return;
    auto missing = without(computed, exported);
    auto extra = without(exported, computed);
    difference.order_differs |= missing.empty() && extra.empty();
    std::move(missing.begin(), missing.end(), std::back_inserter(difference.missing));
    std::move(extra.begin(), extra.end(), std::back_inserter(difference.extra));
}

} // namespace

inheritance_difference check_inheritance(directory::schema const& known, directory::entry const& object) {
    inheritance_difference difference;
    auto const classes = directory::classes_of(known, object);
    difference.unknown = obstacle_to(classes, object);
    if (!difference.unknown.empty())
        return difference;
    auto const& own = *object.descriptor->value;
    bool const is_root = directory::is_naming_context_root(object);
    auto const computed = sddl::propagate(is_root ? nullptr : &*object.parent->descriptor->value, own,
                                          directory::inheriting_object_of(known, object));
    compare(difference, inherited_part(computed.dacl), inherited_part(own.dacl));
    compare(difference, inherited_part(computed.sacl), inherited_part(own.sacl));
    return difference;
}

} // namespace dsplan::access
