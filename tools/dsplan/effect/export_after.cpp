#include <ldif/attribute_description.hpp>
#include <ldif/changes/entry.hpp>
#include <ldif/changes/references.hpp>
#include <tools/dsplan/effect/export_after.hpp>
#include <tools/dsplan/effect/propagated_records.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace dsplan::effect {
namespace {

using directory::object_after;

// A descriptor that is another one than the export has.
struct new_descriptor {
    access::object_index object = 0;
    std::string octets;
};

// By the key of the object after the change.
using new_descriptors = std::map<std::string, new_descriptor, std::less<>>;

new_descriptors descriptors_after(projection const& change) {
    new_descriptors made;
    for (access::object_index index = 0; index < change.after.objects.size(); ++index)
        if (auto record = propagated_record(change, index))
            made.emplace(ldif::tree_key(record->dn),
                         new_descriptor{index, std::move(record->modifications.front().values.front())});
    return made;
}

void set_descriptor(ldif::record& object, std::string octets) {
    std::erase_if(object.attributes, [](auto const& it) {
        return ldif::same_description(it.description, "nTSecurityDescriptor");
    });
    object.attributes.push_back({"nTSecurityDescriptor", std::move(octets)});
}

std::vector<object_after> changed_objects(directory::snapshot const& exported,
                                          change_application const& applied, projection const& change) {
    auto descriptors = descriptors_after(change);
    std::vector<object_after> made;
    std::set<std::uint64_t> left;
    applied.objects().for_each([&](std::string_view key, ldif::entry const& object) {
        left.insert(object.origin);
        auto& changed =
            made.emplace_back(object_after{applied.exported_as(object.origin), ldif::to_record(object)});
        if (auto const found = descriptors.find(key); found != descriptors.end()) {
            set_descriptor(*changed.is, std::move(found->second.octets));
            descriptors.erase(found);
        }
    });
    for (auto const& [origin, was] : applied.origins())
        if (!left.contains(origin))
            made.push_back({was, std::nullopt});
    for (auto& [key, inherited] : descriptors) {
        auto const& was = exported.entries()[inherited.object];
        made.push_back({&was, directory::to_record(was)});
        set_descriptor(*made.back().is, std::move(inherited.octets));
    }
    return made;
}

} // namespace

result<directory::snapshot> export_after(change_context const& context, directory::membership const& members,
                                         change_application const& applied, std::string place) {
    return with_temporary_files([&]() -> result<directory::snapshot> {
        auto const change = project(context, members, applied, {.runs_protection_task = false});
        if (!change)
            return tl::unexpected(change.error());
        return context.exported.with(changed_objects(context.exported, applied, *change), std::move(place));
    });
}

} // namespace dsplan::effect
