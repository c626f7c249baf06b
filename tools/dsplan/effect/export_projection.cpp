#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/effect/export_projection.hpp>

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace dsplan::effect {
namespace {

using access::object_index;

// Turns the image of the later export into one whose objects have the places of the earlier one.
class place_taker {
public:
    place_taker(access::directory_image const& before, directory::snapshot const& earlier,
                directory::snapshot const& later)
        : before_(before) {
        auto const entries = earlier.entries();
        for (auto const& object : entries)
            if (object.descriptor != nullptr && object.descriptor->value)
                descriptors_.emplace(object.descriptor->octets, &*object.descriptor->value);
        auto next = static_cast<object_index>(entries.size());
        for (auto const& object : later.entries()) {
            auto const* const was = find(earlier, object);
            places_.push_back(was == nullptr ? next++ : static_cast<object_index>(was - entries.data()));
        }
        count_ = next;
    }

    access::directory_image take(access::directory_image later) const {
        auto made = std::move(later);
        auto objects = std::exchange(made.objects, {});
        auto members = std::exchange(made.members, {});
        auto const own_classes = static_cast<std::uint32_t>(made.classes.size());
        made.classes.insert(made.classes.end(), before_.classes.begin(), before_.classes.end());
        made.objects = before_.objects; // of those that are gone
        for (auto& gone : made.objects) {
            gone.is_deleted = true;
            gone.classes += own_classes;
        }
        made.objects.resize(count_);
        made.members.resize(count_);
        for (std::size_t index = 0; index < objects.size(); ++index) {
            made.objects[places_[index]] = moved(objects[index], places_[index]);
            made.members[places_[index]] = moved(members[index]);
        }
        move_keys(made.outside);
        move_keys(made.unseen_groups);
        for (auto& [group, accounts] : made.primary_members)
            accounts = moved(accounts);
        made.without_primary_group = moved(made.without_primary_group);
        add_default_groups(made);
        return made;
    }

private:
    static directory::entry const* find(directory::snapshot const& earlier, directory::entry const& object) {
        if (object.sid) {
            auto const carriers = earlier.find_all(*object.sid);
            if (carriers.size() == 1)
                return carriers.front();
        }
        auto const* const same_name = earlier.find(object.dn);
        return same_name != nullptr && same_name->sid == object.sid ? same_name : nullptr;
    }

    [[nodiscard]] access::image_object moved(access::image_object object, object_index place) const {
        auto const was_before = place < before_.objects.size();
        if (object.parent != access::no_object)
            object.parent = places_[object.parent];
        object.is_added = !was_before;
        object.is_moved = was_before && before_.objects[place].parent != object.parent;
        object.descriptor = interned(object);
        object.is_written = was_before && before_.objects[place].descriptor != object.descriptor;
        return object;
    }

    [[nodiscard]] sddl::security_descriptor const* interned(access::image_object const& object) const {
        if (object.descriptor == nullptr)
            return nullptr;
        auto const same = descriptors_.find(object.exported->descriptor->octets);
        return same == descriptors_.end() ? object.descriptor : same->second;
    }

    [[nodiscard]] std::vector<object_index> moved(std::vector<object_index> objects) const {
        for (auto& object : objects)
            object = places_[object];
        std::sort(objects.begin(), objects.end());
        return objects;
    }

    template <class Value>
    void move_keys(std::map<object_index, Value>& by_object) const {
        std::map<object_index, Value> made;
        for (auto& [object, value] : by_object)
            made.emplace(places_[object], std::move(value));
        by_object = std::move(made);
    }

    // What a new account has by its primary group is no gain.
    void add_default_groups(access::directory_image& made) const {
        std::map<sddl::sid, object_index> groups;
        for (object_index group = 0; group < before_.objects.size(); ++group)
            if (auto const& sid = before_.objects[group].exported->sid)
                groups.emplace(*sid, group);
        for (auto object = static_cast<object_index>(before_.objects.size()); object < count_; ++object) {
            auto const primary = directory::primary_group_of(*made.objects[object].exported);
            auto const group = primary ? groups.find(*primary) : groups.end();
            if (group != groups.end())
                made.default_groups.emplace(object, group->second);
        }
    }

    access::directory_image const& before_;
    std::unordered_map<std::string_view, sddl::security_descriptor const*> descriptors_; // by their octets
    std::vector<object_index> places_; // of the later export's objects
    object_index count_ = 0;
};

} // namespace

projection project_exports(directory::snapshot const& before, directory::snapshot const& after,
                           directory::schema const& known) {
    projection made;
    made.before = access::make_image(before, directory::membership(before), known, &after);
    place_taker const places(made.before, before, after);
    made.after = places.take(access::make_image(after, directory::membership(after), known, &before));
    return made;
}

} // namespace dsplan::effect
