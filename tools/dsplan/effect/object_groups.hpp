#pragma once
#include <sddl/security_descriptor.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/effect/deletion.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace dsplan::effect {

/// Objects that no access check tells apart, before a change and after it.
struct object_group {
    sddl::security_descriptor const* before;
    sddl::security_descriptor const* until_task; ///< after the change, before AdminSDHolder's task runs
    sddl::security_descriptor const* after;
    std::uint32_t classes;
    std::uint32_t domain;
    parent_lists parents;
    std::vector<access::object_index> objects;
    std::vector<sddl::sid> concerned; ///< trustees whose ACEs differ
    std::optional<sddl::sid>
        self{}; ///< of the one object that is here, a group whose members SELF stands for

    [[nodiscard]] bool is_changed() const { return before != after || until_task != after; }
};

/// All objects that are there before and after, and have a descriptor and a known class.
[[nodiscard]] std::vector<object_group> group_objects(projection const& change,
                                                      directory::class_rights_cache& rights);

} // namespace dsplan::effect
