#pragma once
#include <sddl/access_check.hpp>
#include <sddl/ace.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/directory/token.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace dsplan::access {

/// Accounts that hold the same of the SIDs that matter, before and after: no descriptor can tell them apart,
/// unless by their own SID, which is then among those that matter. What is held can differ by the domain of
/// the object that is asked about.
struct token_class {
    std::vector<object_index> accounts; ///< ascending; empty for a SID that is asked about by itself
    std::vector<std::uint32_t> before;  ///< domain * number of SIDs + index into the SIDs, ascending
    std::vector<std::uint32_t> after;
    std::vector<sddl::security_token> tokens_before; ///< by domain: the SIDs that matter, and `everybody`
    std::vector<sddl::security_token> tokens_after;

    [[nodiscard]] bool changes() const { return before != after; }
};

class holder_search;

struct token_classes {
    std::vector<token_class> classes;
    std::uint32_t first_bare = 0; ///< from here on, one for each of `token_question::bare`
    std::vector<std::uint32_t>
        class_of; ///< one an object of the image after; UINT32_MAX where it is no account
};

inline constexpr std::uint32_t no_class = UINT32_MAX;

/// What two images tell apart about accounts.
struct token_question {
    holder_search& before; ///< of an image, for any domain
    holder_search& after;
    std::vector<sddl::sid> const& sids;    ///< those that matter, ascending
    std::vector<object_index> const& also; ///< objects to ask about that are no accounts: groups
    std::vector<sddl::sid> const& bare;    ///< SIDs to ask about that no object carries
};

/// Groups the accounts of an image: users, computers and what comes from them, and the objects of `also`.
/// An account that a change adds has no SID yet; before, it holds what its primary group gives.
[[nodiscard]] token_classes make_token_classes(token_question const& question);

/// The SIDs that holding, or not, can make an access check by the ACE come out otherwise: its trustee and
/// those that its condition names.
[[nodiscard]] std::vector<sddl::sid> deciding_sids(sddl::ace const& value);

/// True for SELF, OWNER RIGHTS, CREATOR OWNER and CREATOR GROUP, which no token holds.
[[nodiscard]] bool stands_for_another(sddl::sid const& sid);

/// True for users, computers and what comes from them.
[[nodiscard]] bool is_account(directory_image const& image, object_index object);

/// What an image says of who holds a SID.
struct sid_holders {
    bool accounts = false;                ///< an account of the export holds it
    bool everybody = false;               ///< every account does: Everyone, and groups that it is in
    bool is_in_no_token = false;          ///< that of a distribution group
    std::vector<object_index> carriers;   ///< objects with that objectSid
    std::vector<object_index> objects;    ///< that hold it, groups and carriers too
    std::vector<sddl::sid> bare;          ///< SIDs that hold it, whether or not objects have them; itself too
    std::vector<object_index> incomplete; ///< groups through which more may hold it than the export shows
    std::vector<sddl::sid> outsiders;     ///< members that have a SID here, and no account
    std::vector<object_index> untyped;    ///< groups among `objects` that may be distribution groups
    std::map<sddl::sid, std::vector<object_index>>
        primary; ///< accounts that hold it if that is their primary group, which the export does not say
};

/// Only the SIDs in `with_objects` get `objects`: a chain of groups has very many of them.
[[nodiscard]] std::vector<sid_holders> find_holders(directory_image const& image,
                                                    std::vector<sddl::sid> const& sids,
                                                    std::set<sddl::sid> const& with_objects = {});

/// What of the members of some groups the export does not tell.
struct unknown_memberships {
    std::set<object_index> incomplete;                      ///< as in `sid_holders`
    std::set<object_index> untyped;                         ///< likewise
    std::map<sddl::sid, std::vector<object_index>> primary; ///< likewise

    void add(sid_holders const& of);
    void add(unknown_memberships const& other);

    /// In sentences.
    [[nodiscard]] std::vector<std::string> texts(directory_image const& image) const;
};

/// "3 accounts are in groups that the export lacks: CN=Staff,…": where a trustee has no entry, it may be one
/// of those; empty if there are none.
[[nodiscard]] std::string unseen_groups_text(directory_image const& image);

/// Where an object's membership counts.
[[nodiscard]] bool counts_in(image_object const& group, std::uint32_t domain);

/// The SID, and what a session of its holder with the directory is in besides: `everybody`, but for Everyone
/// itself, anonymous sessions and the services of the domain controller.
[[nodiscard]] std::vector<sddl::sid> session_of(sddl::sid const& sid);

using directory::authenticated_users;
using directory::everyone;

} // namespace dsplan::access
