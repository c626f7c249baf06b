#pragma once
#include <sddl/access_check.hpp>
#include <sddl/ace.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/access/directory_image.hpp>

#include <cstdint>
#include <vector>

namespace dsplan::access {

/// Accounts that hold the same of the SIDs that matter, before and after: no descriptor can tell them apart,
/// unless by their own SID, which is then among those that matter.
struct token_class {
    std::vector<object_index> accounts; ///< ascending
    std::vector<std::uint32_t> before;  ///< indices into the SIDs, ascending
    std::vector<std::uint32_t> after;
    sddl::security_token token_before; ///< the SIDs that matter, and Everyone and Authenticated Users
    sddl::security_token token_after;

    [[nodiscard]] bool changes() const { return before != after; }
};

struct token_classes {
    std::vector<token_class> classes;
    std::vector<std::uint32_t>
        class_of; ///< one an object of the image after; UINT32_MAX where it is no account
};

inline constexpr std::uint32_t no_class = UINT32_MAX;

/// What two images tell apart about accounts.
struct token_question {
    directory_image const& before;
    directory_image const& after;
    std::vector<sddl::sid> const& sids; ///< those that matter, ascending
};

/// Groups the accounts of an image: users, computers and what comes from them, and the objects of `also`,
/// which may be groups. An account that a change adds has no SID yet; before, it holds what
/// its primary group gives.
[[nodiscard]] token_classes make_token_classes(token_question const& question,
                                               std::vector<object_index> const& also);

/// The SIDs that holding, or not, can make an access check by the ACE come out otherwise: its trustee and
/// those that its condition names.
[[nodiscard]] std::vector<sddl::sid> deciding_sids(sddl::ace const& value);

/// True for users, computers and what comes from them.
[[nodiscard]] bool is_account(directory_image const& image, object_index object);

/// For each SID whether an account holds it, through groups too. Everyone and Authenticated Users are held by
/// all.
[[nodiscard]] std::vector<bool> are_held(directory_image const& image, std::vector<sddl::sid> const& sids);

inline constexpr sddl::sid everyone{.sub_authority_count = 1, .identifier_authority = {0, 0, 0, 0, 0, 1}};
inline constexpr sddl::sid authenticated_users{
    .sub_authority_count = 1, .identifier_authority = {0, 0, 0, 0, 0, 5}, .sub_authorities = {11}};

} // namespace dsplan::access
