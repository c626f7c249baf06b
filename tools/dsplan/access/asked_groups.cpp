#include <tools/dsplan/access/asked_groups.hpp>
#include <tools/dsplan/access/group_self.hpp>

#include <algorithm>

namespace dsplan::access {
namespace {

bool is_known(directory_image const& image, image_object const& asked) {
    return asked.descriptor != nullptr && sddl::dacl_state(*asked.descriptor) != sddl::acl_state::absent &&
           image.classes[asked.classes].structural != nullptr;
}

bool concerns(sddl::ace const& value, sddl::access_mask rights) {
    return (sddl::map_generic(value.mask) & rights).bits != 0 && !value.has(sddl::ace_flag::inherit_only);
}

} // namespace

std::vector<sddl::sid> sids_that_decide(sddl::security_descriptor const& list, sddl::access_mask rights) {
    std::set<sddl::sid> made;
    if (list.owner)
        made.insert(*list.owner);
    if (list.dacl)
        for (auto const& value : list.dacl->aces)
            if (concerns(value, rights)) {
                auto const sids = deciding_sids(value);
                made.insert(sids.begin(), sids.end());
            }
    return {made.begin(), made.end()};
}

bool speaks_of_self(sddl::security_descriptor const& list, sddl::access_mask rights) {
    return list.dacl &&
           std::any_of(list.dacl->aces.begin(), list.dacl->aces.end(), [&](sddl::ace const& value) {
               return value.trustee == sddl::principal_self && concerns(value, rights);
           });
}

asked_objects sort_by_list(directory_image const& image, std::function<bool(object_index)> const& is_asked) {
    asked_objects made;
    for (object_index object = 0; object < image.objects.size(); ++object) {
        auto const& asked = image.objects[object];
        if (asked.is_deleted || !is_asked(object))
            continue;
        ++made.count;
        if (is_known(image, asked))
            made.by_list[{asked.descriptor, asked.classes, asked.domain}].push_back(object);
        else
            ++made.unknown;
    }
    return made;
}

std::vector<object_group> groups_of(objects_by_list const& by_list, directory_image const& image,
                                    right_query const& query) {
    std::vector<object_group> made;
    for (auto const& [key, objects] : by_list) {
        auto const& [list, classes, domain] = key;
        if (is_meaningful(query, image.classes[classes]))
            made.push_back({*list, image.classes[classes], domain, made.size(), objects});
    }
    return made;
}

std::vector<object_index> objects_with_members(object_group const& group, directory_image const& image,
                                               right_query const& query) {
    std::vector<object_index> made;
    if (!speaks_of_self(group.list, query.rights) ||
        !self_matters(query.classes->find(group.classes), group.list))
        return made;
    std::copy_if(group.objects.begin(), group.objects.end(), std::back_inserter(made),
                 [&](object_index object) {
                     return image.objects[object].exported->sid && !is_account(image, object);
                 });
    return made;
}

asked_sids sids_of(std::vector<object_group> const& groups, directory_image const& image,
                   right_query const& query) {
    asked_sids made;
    for (auto const& group : groups) {
        auto const sids = sids_that_decide(group.list, query.rights);
        made.deciding.insert(sids.begin(), sids.end());
        for (auto const object : objects_with_members(group, image, query))
            made.selves.insert(*image.objects[object].exported->sid);
        if (!group.list.dacl)
            continue;
        for (auto const& value : group.list.dacl->aces) {
            auto const own = deciding_sids(value);
            if (concerns(value, query.rights) && (sddl::is_deny(value.type) || sddl::is_callback(value.type)))
                made.denying.insert(own.begin(), own.end());
        }
    }
    return made;
}

} // namespace dsplan::access
