#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>

#include <algorithm>
#include <unordered_map>

namespace dsplan::access {
namespace {

// Objects with the same values of objectClass share one set of classes.
class class_sets {
public:
    class_sets(directory_image& image, directory::schema const& known) : image_(image), known_(known) {}

    std::uint32_t index_of(directory::entry const& object) {
        std::string key;
        object.for_each(directory::attribute::object_class, [&](std::string_view name) {
            key += name;
            key += '\0';
        });
        auto const [found, added] = indices_.emplace(key, static_cast<std::uint32_t>(image_.classes.size()));
        if (added)
            image_.classes.push_back(directory::classes_of(known_, object));
        return found->second;
    }

private:
    directory_image& image_;
    directory::schema const& known_;
    std::unordered_map<std::string, std::uint32_t> indices_;
};

} // namespace

directory_image make_image(directory::snapshot const& exported, directory::membership const& members,
                           directory::schema const& known) {
    directory_image image;
    image.owners = directory::implicit_owner_rights(exported);
    auto const entries = exported.entries();
    image.objects.reserve(entries.size());
    image.members.resize(entries.size());
    class_sets sets(image, known);
    for (directory::entry const& object : entries) {
        auto& made = image.objects.emplace_back();
        made.exported = &object;
        if (object.parent != nullptr)
            made.parent = static_cast<object_index>(object.parent - entries.data());
        made.classes = sets.index_of(object);
        if (object.descriptor != nullptr && object.descriptor->value)
            made.descriptor = &*object.descriptor->value;
        made.is_root = directory::is_naming_context_root(object);
        made.is_deleted = object.first(directory::attribute::is_deleted) == "TRUE";
        if (!object.sid)
            continue; // only security principals have members that count
        for (auto const* const member : members.members_of(object))
            image.members[image.objects.size() - 1].push_back(
                static_cast<object_index>(member - entries.data()));
    }
    return image;
}

std::vector<object_index> tree_order(directory_image const& image) {
    auto const count = image.objects.size();
    std::vector<std::uint32_t> depths(count, UINT32_MAX);
    std::vector<object_index> path;
    for (object_index start = 0; start < count; ++start) {
        auto object = start;
        for (; object != no_object && depths[object] == UINT32_MAX; object = image.objects[object].parent)
            path.push_back(object);
        auto depth = object == no_object ? 0 : depths[object] + 1;
        for (; !path.empty(); path.pop_back())
            depths[path.back()] = depth++;
    }
    std::vector<object_index> order(count);
    for (object_index object = 0; object < count; ++object)
        order[object] = object;
    std::stable_sort(order.begin(), order.end(),
                     [&](object_index a, object_index b) { return depths[a] < depths[b]; });
    return order;
}

} // namespace dsplan::access
