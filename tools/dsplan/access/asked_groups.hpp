#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/security_descriptor.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/access/holder_table.hpp>
#include <tools/dsplan/access/right_query.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace dsplan::access {

/// By list, classes and domain.
using objects_by_list = std::map<std::tuple<sddl::security_descriptor const*, std::uint32_t, std::uint32_t>,
                                 std::vector<object_index>>;

struct asked_objects {
    objects_by_list by_list;
    std::size_t count = 0;
    std::size_t unknown = 0; ///< of them: descriptor missing or unreadable, or class not in the schema
};

[[nodiscard]] asked_objects sort_by_list(directory_image const& image,
                                         std::function<bool(object_index)> const& is_asked);

/// Those that can have the right at all; they refer to `by_list`.
[[nodiscard]] std::vector<object_group> groups_of(objects_by_list const& by_list,
                                                  directory_image const& image, right_query const& query);

/// Objects, groups for the most part, whose list speaks of SELF: it is their members.
[[nodiscard]] std::vector<object_index>
objects_with_members(object_group const& group, directory_image const& image, right_query const& query);

[[nodiscard]] bool speaks_of_self(sddl::security_descriptor const& list, sddl::access_mask rights);

/// The SIDs from which the rights may come, or that may take them; ascending.
[[nodiscard]] std::vector<sddl::sid> sids_that_decide(sddl::security_descriptor const& list,
                                                      sddl::access_mask rights);

struct asked_sids {
    std::set<sddl::sid> deciding;
    std::set<sddl::sid> denying; ///< trustees of denials and of conditions
    std::set<sddl::sid> selves;  ///< of objects with members
};

[[nodiscard]] asked_sids sids_of(std::vector<object_group> const& groups, directory_image const& image,
                                 right_query const& query);

} // namespace dsplan::access
