#include <tools/dsplan/effect/changed_groups.hpp>

#include <unordered_map>

namespace dsplan::effect {

std::vector<bool> changed_groups(access::directory_image const& before,
                                 access::directory_image const& after) {
    std::vector<bool> changed(after.objects.size());
    std::vector<access::object_index> waiting;
    std::unordered_map<access::object_index, std::vector<access::object_index>> groups_of; // of groups
    for (access::object_index group = 0; group < after.members.size(); ++group) {
        auto const outside = [group](access::directory_image const& image) {
            auto const found = image.outside.find(group);
            return found == image.outside.end() ? nullptr : &found->second;
        };
        auto const* const was = outside(before);
        auto const* const is = outside(after);
        bool const is_new = group >= before.members.size();
        bool const differs = is_new || before.members[group] != after.members[group] ||
                             (was == nullptr) != (is == nullptr) || (was != nullptr && *was != *is);
        if (differs) {
            changed[group] = true;
            waiting.push_back(group);
        }
        for (auto const member : after.members[group])
            if (!after.members[member].empty())
                groups_of[member].push_back(group);
    }
    while (!waiting.empty()) {
        auto const group = waiting.back();
        waiting.pop_back();
        for (auto const above : groups_of[group]) {
            if (changed[above])
                continue;
            changed[above] = true;
            waiting.push_back(above);
        }
    }
    return changed;
}

} // namespace dsplan::effect
