#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/unknown_members.hpp>

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

// Numbers the domains from 1; with one domain nothing has to be told apart.
class domain_numbers {
public:
    domain_numbers(directory::snapshot const& exported, directory::snapshot const* other) {
        for (auto const* const each : {&exported, other}) {
            if (each == nullptr)
                continue;
            for (directory::entry const& object : each->entries())
                if (object.sid)
                    numbers_.emplace(directory::domain_part(object.key), 0);
        }
        numbers_.erase(std::string_view());
        if (numbers_.size() < 2)
            numbers_.clear();
        for (auto& [domain, number] : numbers_)
            number = ++last_;
    }

    [[nodiscard]] std::uint32_t count() const { return last_ + 1; }

    [[nodiscard]] std::uint32_t of(directory::entry const& object) const {
        if (numbers_.empty())
            return any_domain;
        auto const found = numbers_.find(directory::domain_part(object.key));
        return found == numbers_.end() ? any_domain : found->second;
    }

private:
    std::map<std::string_view, std::uint32_t> numbers_;
    std::uint32_t last_ = any_domain;
};

void add_members(directory_image& image, directory::snapshot const& exported,
                 directory::membership const& members) {
    auto const entries = exported.entries();
    for (object_index index = 0; index < entries.size(); ++index) {
        directory::entry const& object = entries[index];
        if (auto unseen = members.unseen_groups_of(object); !unseen.empty())
            image.unseen_groups.emplace(index, std::move(unseen));
        if (directory::lacks_primary_group(object))
            image.without_primary_group.push_back(index);
        auto const primary = directory::primary_group_of(object);
        if (primary && exported.find(*primary) == nullptr)
            image.primary_members[*primary].push_back(index);
        if (!object.sid)
            continue; // only security principals have members that count
        for (auto const* const member : members.members_of(object))
            image.members[index].push_back(static_cast<object_index>(member - entries.data()));
        if (auto const* const outside = members.outside_members_of(object))
            image.outside.emplace(index, *outside);
    }
}

} // namespace

directory_image make_image(directory::snapshot const& exported, directory::membership const& members,
                           directory::schema const& known, directory::snapshot const* other) {
    directory_image image;
    image.owners = directory::implicit_owner_rights(exported);
    auto const entries = exported.entries();
    image.objects.reserve(entries.size());
    image.members.resize(entries.size());
    class_sets sets(image, known);
    domain_numbers const domains(exported, other);
    image.domains = domains.count();
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
        made.scope = directory::scope_of(object);
        made.domain = domains.of(object);
    }
    add_members(image, exported, members);
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
