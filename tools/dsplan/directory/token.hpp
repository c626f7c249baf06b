#pragma once
#include <sddl/sid.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace dsplan::directory {

/// What every session of an account with the directory is in: Everyone, Authenticated Users, NETWORK, This
/// Organization. [MS-DTYP] 2.4.2.4
inline constexpr sddl::sid everyone = sddl::named_sid("Everyone");
inline constexpr sddl::sid authenticated_users = sddl::named_sid("Authenticated Users");
inline constexpr sddl::sid network = sddl::named_sid("Network");
inline constexpr sddl::sid this_organization = sddl::named_sid("This Organization");
inline constexpr std::array everybody{everyone, authenticated_users, network, this_organization};

/// True for those four.
[[nodiscard]] bool is_everybody(sddl::sid const& account);

/// True for what a session's token holds or not by the way its account logs on: that it came by Kerberos and
/// not by NTLM, say, which no export knows. [MS-DTYP] 2.4.2.4
[[nodiscard]] bool depends_on_logon(sddl::sid const& trustee);

/// For whom a token is made, and where it is used.
struct token_question {
    entry const& account;
    std::string_view domain{}; ///< of the object, as `domain_part` has it; empty: all groups count
    std::span<entry const* const> also = {}; ///< groups that a change adds the account to
};

/// The SIDs an access check compares with: the account, its security groups however deep, its primary group
/// (exported or not), `everybody` and the groups these are in, SID history; sorted.
[[nodiscard]] std::vector<sddl::sid> token_of(snapshot const& exported, membership const& members,
                                              token_question const& question);

} // namespace dsplan::directory
