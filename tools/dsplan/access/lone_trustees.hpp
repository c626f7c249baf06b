#pragma once
#include <sddl/security_descriptor.hpp>
#include <sddl/security_token.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/access/token_classes.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <vector>

namespace dsplan::access {

/// A trustee that is asked about by itself: no account of the export stands for it, or the export does not
/// show all who do.
struct lone_trustee {
    sddl::sid sid;
    sddl::security_token token;         ///< itself, its session, and those of the denying SIDs that it holds
    std::vector<object_index> carriers; ///< objects with that SID; none where the export has no entry
};

/// Who of some trustees has to be asked about by himself, and what of their members is no account.
struct lone_trustees {
    std::vector<lone_trustee> all;                         ///< by SID
    std::map<sddl::sid, std::vector<sddl::sid>> outsiders; ///< by trustee: SIDs in it that are no accounts
    unknown_memberships unknown; ///< through which more or fewer may hold one than the export shows
};

/// `sids` ascending; of those that only grant, a lone trustee's token holds itself and what everybody holds.
[[nodiscard]] lone_trustees find_lone_trustees(directory_image const& image,
                                               std::vector<sddl::sid> const& sids,
                                               std::set<sddl::sid> const& denying);

/// Whether the trustee counts on objects of the domain.
[[nodiscard]] bool counts_in(directory_image const& image, lone_trustee const& trustee, std::uint32_t domain);

/// The ACEs of one list by trustee, so that of very many each token meets only its own.
class ace_index {
public:
    explicit ace_index(sddl::security_descriptor const& list);

    /// The list with the token's ACEs alone, and where each stood.
    struct selection {
        sddl::security_descriptor list;
        std::vector<std::size_t> places;
    };
    [[nodiscard]] selection select(sddl::security_token const& token) const;

private:
    sddl::security_descriptor const& list_;
    std::map<sddl::sid, std::vector<std::size_t>> by_trustee_;
};

} // namespace dsplan::access
