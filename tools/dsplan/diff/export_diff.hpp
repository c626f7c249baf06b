#pragma once
#include <sddl/bytes.hpp>
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/diff/descriptor_diff.hpp>
#include <tools/dsplan/directory/identity.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace dsplan::diff {

/// An object whose descriptor differs.
struct object_diff {
    std::string dn; ///< as the later export spells it; empty where two descriptors were compared
    descriptor_diff descriptor;
    std::string obstacle;              ///< why the descriptors could not be compared; empty where they were
    sddl::byte_string octets_before{}; ///< self-relative; of exports only the first 25 objects have them
    sddl::byte_string octets_after{};

    void keep_octets(sddl::security_descriptor const& before, sddl::security_descriptor const& after);
};

/// A group that has other members, those by primary group included. A member that is no object has only a DN
/// or only a SID.
struct membership_difference {
    directory::identity group;
    std::vector<directory::identity> added;
    std::vector<directory::identity> removed;
};

/// What `dsplan diff` found, between two descriptors or two exports.
struct diff {
    std::string before; ///< as the user named it
    std::string after;
    bool is_of_exports = false;
    sddl::domain_sids sids{};             ///< for aliases
    std::vector<object_diff> objects;     ///< those that differ, by name; of two descriptors the one
    std::vector<std::string> only_before; ///< names of objects, sorted as the export is
    std::vector<std::string> only_after;
    std::vector<membership_difference> memberships; ///< by the order of the groups in the export
    std::vector<effect::account_change> accounts;   ///< who may do more or less, with all memberships
    std::vector<std::string> not_known;             ///< what the exports may say besides; sentences
    std::size_t equal = 0;                          ///< objects with descriptors that say the same

    /// Also where it is not known.
    [[nodiscard]] bool differs() const;
};

/// The descriptors and the memberships of two exports. Each object is asked as what its class is.
[[nodiscard]] diff compare_exports(directory::snapshot const& before, directory::snapshot const& after,
                                   words::name_context const& names);

} // namespace dsplan::diff
