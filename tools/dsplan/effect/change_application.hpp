#pragma once
#include <ldif/record.hpp>
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace dsplan::effect {

/// What a change file does, counted.
struct change_summary {
    std::size_t records = 0;
    std::size_t descriptors = 0; ///< objects that get a new descriptor
    std::size_t members_added = 0;
    std::size_t members_removed = 0;
    std::size_t added = 0;
    std::size_t deleted = 0;
    std::size_t moved = 0;
    std::vector<std::string>
        not_followed; ///< what of the change has an effect that is not computed; sentences
};

/// Where the names of a change lead.
struct change_context {
    directory::snapshot const& exported;
    directory::schema const& known;
    std::function<sddl::domain_sids(directory::entry const*)>
        sids_near; ///< of the domain of an object; may be null
};

/// Changes the image as a domain controller would: descriptors, members, additions, deletions, moves.
/// Descriptors stay as they are written; what they become, `propagate` computes.
///
/// Errors name the record: an object that is not in the export, one that exists already, a container that is
/// not empty, a descriptor that cannot be read or has no DACL, a member that is there already or is not.
[[nodiscard]] result<change_summary> apply_changes(access::directory_image& image,
                                                   change_context const& context,
                                                   std::span<ldif::record const> changes);

} // namespace dsplan::effect
