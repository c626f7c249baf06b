#include <tools/dsplan/ground/windows_command.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>
#include <tools/dsplan/plan/part_changes.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

namespace flag = sddl::ace_flag;

// dsacls splits its arguments at ':' and ';'.
bool can_be_said(std::string_view name) {
    return name.find_first_of(":;") == std::string_view::npos && quote_argument(name).has_value();
}

std::string obstacle_to(part_change const& wanted) {
    if (wanted.part == part_names::owner || wanted.part == part_names::group)
        return "dsacls makes nobody but its caller the owner";
    if (wanted.part == part_names::inheritance)
        return wanted.after == "on" ? "dsacls changes inheritance alone, without the ACEs that go with it"
                                    : "no document says whether dsacls /P:Y copies or drops inherited ACEs";
    return wanted.part == part_names::order ? "dsacls has no switch for the order of ACEs"
                                            : "dsacls has no switch for auditing";
}

std::string obstacle_to(grant const& wanted) {
    if (wanted.whole)
        return "dsacls has no form for a condition";
    constexpr std::uint8_t below = flag::container_inherit | flag::inherit_only;
    if (wanted.flags != 0 && wanted.flags != flag::container_inherit && wanted.flags != below)
        return "dsacls has no switch for what the ACE applies to";
    if (wanted.inherited_class_guid && wanted.flags != below)
        return "dsacls takes a class for the objects below alone";
    if ((wanted.mask.bits & ~sddl::directory_full_control.bits) != 0)
        return "dsacls has no letters for some bits of the mask";
    if (wanted.property_guid && wanted.property.empty())
        return "the schema has no name for the object type of the ACE";
    if (wanted.inherited_class_guid && wanted.inherited_class.empty())
        return "the schema has no name for the class of the ACE";
    for (auto const& name : {wanted.property, wanted.inherited_class})
        if (!can_be_said(name))
            return fmt::format("the name {} cannot stand on a command line", name);
    return {};
}

// dsacls /R takes every explicit ACE of a trustee; between it and a new grant the trustee has nothing.
bool removes_only_whole_trustees(permission_change const& change) {
    return std::all_of(change.removed.begin(), change.removed.end(), [&change](removed_ace const& each) {
        auto const& trustee = each.value.trustee;
        auto const removed =
            std::count_if(change.removed.begin(), change.removed.end(),
                          [&](removed_ace const& other) { return other.value.trustee == trustee; });
        return std::none_of(change.grants.begin(), change.grants.end(),
                            [&](grant const& given) { return given.trustee == trustee; }) &&
               explicit_aces_of(trustee, change.before).size() == static_cast<std::size_t>(removed);
    });
}

} // namespace

std::string obstacle_to_dsacls(permission_change const& change) {
    if (change.by_ldif)
        return std::string(ldif_was_chosen);
    if (!removes_only_whole_trustees(change))
        return "dsacls removes every ACE of a trustee, never one";
    if (!quote_argument(change.dn))
        return "the name of the object cannot stand on a command line";
    if (only_allows_inheritance(change))
        return {};
    for (part_change const& wanted : change.parts)
        if (wanted.part != part_names::inherited_aces)
            return obstacle_to(wanted);
    for (grant const& wanted : change.grants)
        if (auto why = obstacle_to(wanted); !why.empty())
            return why;
    return change.grants.empty() && change.removed.empty() ? "dsacls has no switch for it" : std::string{};
}

} // namespace dsplan::plan
