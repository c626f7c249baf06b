#pragma once
#include <sddl/access_mask.hpp>
#include <tools/dsplan/directory/class_rights.hpp>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace dsplan::access {

/// Rights gained (true) or lost, in words; a property set or all properties stand for their attributes.
using right_differences = std::set<std::pair<bool, std::string>>;

/// What the rights on each node of the tree were and are, in words: a whole is named only if all of it came
/// or went, "write Personal Information but homePhone" where most of it did, else its attributes. Reading a
/// confidential attribute is gained with control access only; one half of it is said to be a half.
[[nodiscard]] right_differences right_changes(directory::class_rights const& asked,
                                              std::vector<sddl::access_mask> const& before,
                                              std::vector<sddl::access_mask> const& after);

/// `right_changes` for many objects, most of which change alike.
class right_change_memory {
public:
    [[nodiscard]] right_differences of(directory::class_rights const& asked,
                                       std::vector<sddl::access_mask> const& before,
                                       std::vector<sddl::access_mask> const& after);

private:
    using masks = std::vector<sddl::access_mask>;

    std::map<std::tuple<directory::class_rights const*, masks, masks>, right_differences, std::less<>> known_;
};

} // namespace dsplan::access
