#include <tools/dsplan/review/stored_list.hpp>
#include <tools/dsplan/words/list_difference.hpp>

namespace dsplan::review {
namespace {

namespace flag = sddl::ace_flag;
using words::ace_change;

} // namespace

stored_list stored_aces(std::optional<sddl::acl> const& list, bool is_protected) {
    stored_list made;
    if (!list)
        return made;
    for (std::size_t index = 0; index < list->aces.size(); ++index) {
        auto value = list->aces[index];
        if (value.has(flag::inherited) && !is_protected)
            continue;
        value.flags = static_cast<std::uint8_t>(value.flags & ~flag::inherited);
        made.aces.push_back(std::move(value));
        made.indices.push_back(index);
    }
    return made;
}

std::vector<std::size_t> new_aces(sddl::security_descriptor const& after,
                                  sddl::security_descriptor const* before) {
    bool const is_protected = after.has(sddl::control_bit::dacl_protected);
    auto const is = stored_aces(after.dacl, is_protected);
    auto const was = before == nullptr ? stored_list{} : stored_aces(before->dacl, is_protected);
    std::vector<std::size_t> indices;
    for (auto const& change : words::compare_lists(was.aces, is.aces))
        if (change.what == ace_change::kind::added || change.what == ace_change::kind::changed)
            indices.push_back(is.indices[*change.after]);
    return indices;
}

std::vector<sddl::ace> lost_aces(std::optional<sddl::acl> const& before,
                                 std::optional<sddl::acl> const& after, bool is_protected) {
    auto const was = stored_aces(before, false);
    auto const is = stored_aces(after, is_protected);
    std::vector<sddl::ace> lost;
    for (auto const& change : words::compare_lists(was.aces, is.aces))
        if (change.what == ace_change::kind::removed)
            lost.push_back(was.aces[*change.before]);
    return lost;
}

} // namespace dsplan::review
