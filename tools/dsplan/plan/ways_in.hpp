#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace dsplan::plan {

/// How somebody outside the administrators becomes the holder of a grant, or somebody who can.
struct way_in {
    std::string who; ///< "Helpdesk (12 members)", "svc-desk", "S-1-1-0 (Everyone)"
    std::string may; ///< "has full control", "can set a new password without the old one"
    std::string dn;  ///< of the object that the right is on
    std::string by;  ///< the ACE as SDDL, or that it owns the object
};

struct ways_in {
    std::vector<way_in> found;       ///< the nearest to the holders first, then by object and name
    std::vector<std::string> unseen; ///< DNs of objects whose permissions the export lacks
    std::size_t objects = 0;         ///< that were looked at
};

struct ways_in_question {
    directory::snapshot const& exported;
    directory::membership const& members;
    directory::schema const& known;
    std::function<sddl::domain_sids(directory::entry const&)> sids_of; ///< what aliases mean near an object
};

/// Everyone outside the administrators who can take over one of the holders: reset its password, write its
/// keys or another attribute that hands it over, its permissions or owner, or those of a container that it
/// inherits from; put somebody into it where it is a group; then everyone who can take over those, and so on
/// until nobody new is found. Members of a group found on the way are looked at too, each object once; what
/// nearly everybody holds is named and not followed.
[[nodiscard]] ways_in find_ways_in(ways_in_question const& about,
                                   std::span<directory::entry const* const> holders);

/// True for an account that is an administrator of the directory itself, or through a group.
[[nodiscard]] bool is_administrator(ways_in_question const& about, directory::entry const& account);

} // namespace dsplan::plan
