#include <tools/dsplan/effect/changed_groups.hpp>

#include <algorithm>
#include <cstddef>
#include <unordered_map>

namespace dsplan::effect {

bool memberships_differ(access::directory_image const& before, access::directory_image const& after) {
    auto const same_scope = [](access::image_object const& was, access::image_object const& is) {
        return was.scope == is.scope;
    };
    auto const common = static_cast<std::ptrdiff_t>(std::min(before.objects.size(), after.objects.size()));
    return before.members != after.members || before.outside != after.outside ||
           before.primary_members != after.primary_members ||
           !std::equal(before.objects.begin(), before.objects.begin() + common, after.objects.begin(),
                       same_scope);
}

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
                             before.objects[group].scope != after.objects[group].scope ||
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
