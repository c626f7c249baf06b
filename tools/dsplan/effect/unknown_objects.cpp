#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/effect/unknown_objects.hpp>
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace dsplan::effect {
namespace {

std::vector<bool> concerned_objects(projection const& change) {
    auto const& after = change.after;
    bool const members_change =
        change.before.outside != after.outside ||
        !std::equal(change.before.members.begin(), change.before.members.end(), after.members.begin());
    std::vector<bool> concerned(after.objects.size());
    for (auto const index : access::tree_order(after)) {
        auto const& object = after.objects[index];
        bool const is_in_a_domain =
            object.exported != nullptr && !directory::domain_part(object.exported->key).empty();
        concerned[index] =
            object.is_written || object.is_moved || (members_change && is_in_a_domain) ||
            (object.parent != access::no_object && !object.is_root && concerned[object.parent]);
    }
    return concerned;
}

void add_classes(std::vector<std::string>& unknown, std::map<std::string, std::size_t> const& classes) {
    for (auto const& [name, number] : classes)
        unknown.push_back(name.empty() ? fmt::format("{} no objectClass in the export",
                                                     counted(number, "object has", "objects have"))
                                       : fmt::format("the schema has no class '{}', which {} of", name,
                                                     counted(number, "object is", "objects are")));
}

} // namespace

std::vector<std::string> unknown_objects(projection const& change) {
    auto const& before = change.before.objects;
    auto const concerned = concerned_objects(change);
    std::size_t descriptors = 0;
    std::map<std::string, std::size_t> classes;
    for (access::object_index index = 0; index < before.size(); ++index) {
        auto const& object = before[index];
        if (object.is_deleted || !concerned[index])
            continue;
        bool const is_exported = object.exported->descriptor != nullptr && object.exported->descriptor->value;
        descriptors += object.descriptor == nullptr && !is_exported;
        if (change.before.classes[object.classes].structural == nullptr)
            ++classes[std::string(object.exported->structural_class())];
    }
    std::vector<std::string> unknown;
    if (descriptors > 0)
        unknown.push_back(fmt::format("the descriptors of {} are missing or cannot be read",
                                      counted(descriptors, "object", "objects")));
    if (change.unsettled > 0)
        unknown.push_back(
            fmt::format("the descriptor of AdminSDHolder is not in the export, and within the hour {} it",
                        counted(change.unsettled, "protected account gets", "protected accounts get")));
    add_classes(unknown, classes);
    return unknown;
}

} // namespace dsplan::effect
