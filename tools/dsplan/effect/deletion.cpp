#include <sddl/access_mask.hpp>
#include <tools/dsplan/effect/deletion.hpp>
#include <tools/dsplan/words/right_words.hpp>

#include <algorithm>

namespace dsplan::effect {
namespace {

using descriptor = sddl::security_descriptor;

// The list with its ACEs about deleting children alone, as they are checked.
descriptor about_children(descriptor const& from) {
    descriptor made;
    made.control = from.control;
    made.sacl = from.sacl; // holds what conditions ask for
    if (!from.dacl)
        return made;
    made.dacl.emplace();
    for (auto const& value : from.dacl->aces)
        if (sddl::map_generic(value.mask).contains(sddl::right_delete_child))
            made.dacl->aces.push_back(value);
    return made;
}

parent_list list_of(access::directory_image const& image, access::object_index parent,
                    std::vector<descriptor const*> const& instead) {
    if (parent == access::no_object)
        return {};
    auto const& is = image.objects[parent];
    auto const* const list = instead.empty() || instead[parent] == nullptr ? is.descriptor : instead[parent];
    return {list, is.classes};
}

} // namespace

parent_lists parents_of(projection const& change, access::object_index object) {
    auto const& was = change.before.objects[object];
    auto const& is = change.after.objects[object];
    if (is.is_root)
        return {.before = {}, .until_task = {}, .after = {}, .is_head = true};
    parent_lists made{.before = list_of(change.before, was.parent, {}),
                      .until_task = list_of(change.after, is.parent, change.until_task),
                      .after = list_of(change.after, is.parent, {})};
    if (was.parent != access::no_object) // both sides are asked by the classes of the image after
        made.before.classes = change.after.objects[was.parent].classes;
    return made;
}

std::vector<sddl::sid> concerned_by_deletion(descriptor const* before, descriptor const* after) {
    if (before == after || before == nullptr || after == nullptr)
        return {};
    return access::concerned_trustees(about_children(*before), about_children(*after));
}

bool speaks_of_deletion(access::access_difference const& found) {
    auto const text = words::right_text(sddl::right_delete);
    return found.rights.contains({true, text}) || found.rights.contains({false, text});
}

void deletion_judge::complete(access::access_difference& found, std::uint32_t classes,
                              deletion_state const& before, deletion_state const& after) {
    auto const text = words::right_text(sddl::right_delete);
    bool const was_above = is_allowed_above(found, classes, before);
    bool const is_above = is_allowed_above(found, classes, after);
    bool const came = found.rights.contains({true, text});
    bool const went = found.rights.contains({false, text});
    bool const turns = !came && !went && was_above != is_above && !is_held(own_, found, classes, after);
    if (!came && !went && !turns)
        return;
    bool const gains = came || (turns && is_above);
    bool const is_by_parent = !turns && (gains ? was_above : is_above);
    bool const is_as_tree = is_held(tree_, found, classes, gains ? before : after);
    auto remark = is_by_parent ? (gains ? words::allowed_by_parent_already : words::allowed_by_parent_still)
                  : is_as_tree ? (gains ? words::allowed_as_tree_already : words::allowed_as_tree_still)
                               : std::string_view{};
    found.rights.erase({gains, text});
    found.rights.emplace(gains, text + std::string(remark));
}

bool deletion_judge::is_allowed_above(access::access_difference& found, std::uint32_t classes,
                                      deletion_state const& state) {
    auto const* const of = image_.classes[classes].structural;
    auto const* const list = state.parent.list;
    if (of == nullptr || list == nullptr || image_.classes[state.parent.classes].structural == nullptr)
        return false;
    auto query = of_children_.find(of);
    if (query == of_children_.end())
        query = of_children_.emplace(of, access::deletion_of_child(*of, known_)).first;
    auto const decision =
        access::decide(query->second, image_.classes[state.parent.classes], *list,
                       {.who = state.token, .self = {}, .owner_has_implicit_rights = false});
    found.has_unknown_condition |= !decision.unknown_conditions.empty() || decision.is_unknown_denial;
    return decision.granted;
}

bool deletion_judge::is_held(access::right_query const& asked, access::access_difference& found,
                             std::uint32_t classes, deletion_state const& state) const {
    auto const decision =
        access::decide(asked, image_.classes[classes], state.own,
                       {.who = state.token, .self = state.self, .owner_has_implicit_rights = false});
    found.has_unknown_condition |= !decision.unknown_conditions.empty() || decision.is_unknown_denial;
    return decision.granted;
}

} // namespace dsplan::effect
