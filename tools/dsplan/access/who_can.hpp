#pragma once
#include <sddl/access_check.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/access/token_classes.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace dsplan::access {

/// Accounts that have the right through the ACEs of one trustee.
struct holder {
    sddl::sid trustee;
    sddl::access_basis basis = sddl::access_basis::ace; ///< ownership: the trustee owns the objects
    std::size_t objects = 0; ///< on how many objects somebody has it through this trustee
    std::map<object_index, std::size_t> accounts; ///< and on how many each account has it; empty for SELF and
                                                  ///< SIDs that no account of the export holds
    object_index example = no_object;             ///< an object where it is so
    std::size_t example_ace = 0;                  ///< and the deciding ACE in its DACL
    std::string
        by{}; ///< what is held instead, and on which objects: "delete user on the parent"; often empty
};

struct who_can_answer {
    std::vector<holder> holders;       ///< by trustee
    std::vector<holder> unless_denied; ///< who has it unless a conditional ACE denies it, which is not known
    std::map<sddl::sid, std::vector<sddl::sid>> outsiders; ///< by trustee: SIDs in it that are no accounts
    bool has_unseen_trustee = false; ///< a trustee of a domain has no entry: it may be a group with accounts
    unknown_memberships unknown_members; ///< through which more or fewer may have it than the export shows
    std::size_t objects = 0;             ///< in the scope of the question
    std::size_t unknown = 0;     ///< of them: descriptor missing or unreadable, or class not in the schema
    std::size_t conditional = 0; ///< of them: a conditional ACE might allow it to somebody
    std::size_t everybody = 0;   ///< accounts in the export
};

/// Everyone who has a right on the objects that `is_asked` chooses.
[[nodiscard]] who_can_answer who_can(directory_image const& image, right_query const& query,
                                     std::function<bool(object_index)> const& is_asked);

} // namespace dsplan::access
