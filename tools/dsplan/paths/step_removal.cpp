#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/effect/propagated_records.hpp>
#include <tools/dsplan/paths/step_removal.hpp>
#include <tools/dsplan/words/shown_ace.hpp>

#include <algorithm>

namespace dsplan::paths {
namespace {

ldif::record deletion_of(std::string const& dn, std::string_view attribute, std::vector<std::string> values) {
    ldif::record made;
    made.dn = dn;
    made.changetype = ldif::change_type::modify;
    made.modifications.push_back(
        {ldif::modification_operation::delete_values, std::string(attribute), std::move(values)});
    return made;
}

} // namespace

step_removal::step_removal(access::directory_image const& image, sddl::domain_sids const& sids)
    : image_(image)
    , sids_(sids) {
    for (object_index object = 0; object < image.objects.size(); ++object)
        if (!image.objects[object].is_deleted)
            by_name_.emplace(image.dn(object), object);
}

std::string step_removal::key_of(path_step const& step) const {
    auto const found = removal_of(step);
    return found ? found->object + '\n' + found->what : std::string();
}

std::vector<ldif::record> step_removal::records_of(std::vector<path_step const*> const& steps) const {
    std::vector<ldif::record> made;
    std::map<object_index, sddl::security_descriptor> lists; // several ACEs of one list go together
    for (auto const* const step : steps) {
        auto const found = removal_of(*step);
        if (!found)
            continue;
        if (found->record) {
            made.push_back(*found->record);
            continue;
        }
        auto const object = by_name_.find(found->object)->second;
        auto& list = lists.try_emplace(object, *list_of(object)).first->second;
        if (found->ace)
            erase(list, object, *found);
        else
            list.owner = sddl::named_sid("Administrators");
    }
    for (auto const& [object, list] : lists)
        made.push_back(effect::descriptor_record(image_.dn(object), list));
    return made;
}

sddl::security_descriptor const* step_removal::list_of(object_index object) const {
    auto const* const list = image_.objects[object].descriptor;
    return list != nullptr && list->dacl ? list : nullptr;
}

std::optional<step_removal::removal> step_removal::removal_of(path_step const& step) const {
    auto const to = by_name_.find(step.to.dn);
    if (to == by_name_.end())
        return std::nullopt;
    switch (step.kind) {
    case edge_kind::member:
        return of_member(to->second, step.from.dn);
    case edge_kind::act_on_behalf:
        return removal{step.to.dn, "value",
                       deletion_of(step.to.dn, "msDS-AllowedToActOnBehalfOfOtherIdentity", {})};
    case edge_kind::owner:
        return list_of(to->second) == nullptr ? std::nullopt : std::optional(removal{step.to.dn, "owner"});
    default:
        return step.ace && !step.right.empty() ? of_ace(to->second, *step.ace) : std::nullopt;
    }
}

std::optional<step_removal::removal> step_removal::of_member(object_index group,
                                                             std::string const& member) const {
    auto const found = by_name_.find(member);
    auto const& members = image_.members[group];
    bool const is_direct =
        found != by_name_.end() && std::find(members.begin(), members.end(), found->second) != members.end();
    if (!is_direct)
        return std::nullopt;
    return removal{image_.dn(group), "member " + member, deletion_of(image_.dn(group), "member", {member})};
}

// Where it was put, all of it that says the same.
std::optional<step_removal::removal> step_removal::of_ace(object_index object, path_ace const& ace) const {
    if (ace.origin == "inherited") // from where, the export does not show
        return std::nullopt;
    auto const source = by_name_.find(ace.source);
    auto const* const shown = list_of(object);
    auto const* const held = source == by_name_.end() ? nullptr : list_of(source->second);
    if (held == nullptr || shown == nullptr)
        return std::nullopt;
    auto const& aces = shown->dacl->aces; // a step of a directory that was cut has another index
    auto const value = std::find_if(aces.begin(), aces.end(), [&](sddl::ace const& each) {
        return words::shown_ace(each, sids_) == ace.sddl;
    });
    if (value == aces.end())
        return std::nullopt;
    removal made{
        .object = ace.source, .what = ace.sddl, .record = std::nullopt, .ace = *value, .arrives_at = object};
    auto without = *held;
    erase(without, source->second, made);
    return without == *held ? std::nullopt : std::optional(std::move(made));
}

void step_removal::erase(sddl::security_descriptor& from, object_index source, removal const& what) const {
    std::erase_if(from.dacl->aces, [&](sddl::ace const& own) {
        return own == *what.ace ||
               (source != what.arrives_at && is_source_of(own, *what.ace, what.arrives_at, source));
    });
}

bool step_removal::is_source_of(sddl::ace const& own, sddl::ace const& arrived, object_index object,
                                object_index above) const {
    auto const& classes = image_.classes[image_.objects[object].classes];
    auto const* const list = list_of(object);
    if (classes.structural == nullptr || list == nullptr)
        return false;
    sddl::inheriting_object const arriving{
        .classes = directory::inheriting_classes(classes), .owner = list->owner, .group = list->group};
    return directory::arrives_as(own, arrived, arriving, image_.objects[object].parent == above);
}

} // namespace dsplan::paths
