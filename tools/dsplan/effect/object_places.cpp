#include <ldif/changes/references.hpp>
#include <tools/dsplan/effect/object_places.hpp>

#include <algorithm>

namespace dsplan::effect {
namespace {

access::object_index add_object(access::directory_image& image) {
    auto const index = static_cast<access::object_index>(image.objects.size());
    auto& made = image.objects.emplace_back();
    made.is_added = true;
    made.is_written = true;
    image.members.emplace_back();
    return index;
}

void remove_from_groups(access::directory_image& image) {
    for (access::object_index group = 0; group < image.objects.size(); ++group) {
        auto& members = image.members[group];
        if (image.objects[group].is_deleted)
            members.clear();
        std::erase_if(members, [&image](auto member) { return image.objects[member].is_deleted; });
    }
}

} // namespace

object_places::object_places(access::directory_image& image, directory::snapshot const& exported,
                             change_application const& applied)
    : exported_(exported)
    , concerned_(exported.entries().size()) {
    std::vector<bool> stays(concerned_.size());
    applied.objects().for_each({}, [&](ldif::entry const& head) {
        auto const* const known = applied.exported_as(head.origin);
        auto const index = known == nullptr ? add_object(image) : index_of(*known);
        if (known != nullptr)
            stays[index] = true;
        by_key_.emplace(ldif::tree_key(head.dn), index);
        return false;
    });
    bool is_any_deleted = false;
    for (auto const& [origin, known] : applied.origins()) {
        auto const index = index_of(*known);
        concerned_[index] = true;
        if (stays[index])
            continue;
        image.objects[index].is_deleted = true;
        is_any_deleted = true;
    }
    if (is_any_deleted)
        remove_from_groups(image);
}

access::object_index object_places::index_of(directory::entry const& of_snapshot) const {
    return static_cast<access::object_index>(&of_snapshot - exported_.entries().data());
}

access::object_index object_places::find(std::string_view dn) const {
    if (auto const known = by_key_.find(ldif::tree_key(dn)); known != by_key_.end())
        return known->second;
    auto const* const exported = exported_.find(dn);
    // One that changes concern and that has another name now, or none.
    return exported == nullptr || concerned_[index_of(*exported)] ? access::no_object : index_of(*exported);
}

access::object_index object_places::account_of(access::object_index member) const {
    if (member >= concerned_.size())
        return member; // no_object, or added
    auto const& exported = exported_.entries()[member];
    if (!exported.sid || !exported.is_a("foreignSecurityPrincipal"))
        return member;
    auto const* const account = exported_.find(*exported.sid);
    return account == nullptr ? member : index_of(*account);
}

access::object_index object_places::find_member(std::string_view dn) const {
    return account_of(find(dn));
}

access::object_index object_places::find_member_before(std::string_view dn) const {
    auto const* const exported = exported_.find(dn);
    return exported == nullptr ? access::no_object : account_of(index_of(*exported));
}

} // namespace dsplan::effect
