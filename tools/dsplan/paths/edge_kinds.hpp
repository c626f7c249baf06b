#pragma once
#include <sddl/access_mask.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace dsplan::paths {

/// Whether a step works by what the export says, or only if something holds that it does not say.
enum class strength : std::uint8_t { decisive, conditional };

/// How control of one object gives control of another. The order is that of the table in edge_kinds.cpp.
enum class edge_kind : std::uint8_t {
    member,
    sid_history,
    change_permissions,
    take_ownership,
    owner,
    reset_password,
    add_key,
    act_on_behalf_right,
    act_on_behalf,
    alt_identity,
    account_flags,
    add_spn,
    read_local_password,
    read_managed_password,
    delegation,
    succeed_account,
    reveal,
    add_member,
    add_self,
    inherits,
    policy_link,
    policy,
    replicate,
    enroll_as_anybody,
    change_template,
    publish_template,
    enroll_into_group,
    forest,
    write_logon_name,
    make_controller,
    host_account,
    manage_host,
    write_manager,
    write_heuristics,
    write_class_default,
    move,
    hold_key,
    hold_certificate,
};

/// What a kind is called and why it matters.
struct edge_row {
    edge_kind kind;
    std::string_view id;    ///< stable, in JSON: "reset-password"
    std::string_view may;   ///< between the two ends: "may reset the password of"
    std::string_view why;   ///< "anyone who can reset an account's password can log on as that account"
    std::string_view close; ///< what to do about it beside taking an ACE away; may be empty
};

[[nodiscard]] edge_row const& row_of(edge_kind kind);

/// Whether somebody has to do something for it: membership, inheritance and what is trusted cost nothing.
[[nodiscard]] bool is_action(edge_kind kind);
[[nodiscard]] std::span<edge_row const> edge_rows();

/// The objects that a right means something on, as bits.
namespace on {
inline constexpr std::uint32_t users = 0x1; ///< no computers
inline constexpr std::uint32_t computers = 0x2;
inline constexpr std::uint32_t managed_accounts = 0x4; ///< whose password the directory makes
inline constexpr std::uint32_t groups = 0x8;
inline constexpr std::uint32_t containers = 0x10;
inline constexpr std::uint32_t domain_roots = 0x20;
inline constexpr std::uint32_t policies = 0x40;
inline constexpr std::uint32_t templates = 0x80;
inline constexpr std::uint32_t enrollment_services = 0x100;
inline constexpr std::uint32_t authority_stores = 0x200; ///< NTAuthCertificates
inline constexpr std::uint32_t forest_settings = 0x400;  ///< CN=Directory Service
inline constexpr std::uint32_t class_schemas = 0x800;
inline constexpr std::uint32_t accounts = users | computers | managed_accounts;
inline constexpr std::uint32_t any = 0xFFFFFFFF;
} // namespace on

/// A right that makes an edge.
struct right_row {
    edge_kind kind;
    std::string_view right;     ///< in the words of `words::parse_rights`
    std::string_view candidate; ///< of several that must be held, the one that fewest hold; empty: the same
    std::uint32_t targets;
    std::string_view condition; ///< "if …", empty where the step is decisive
};

[[nodiscard]] std::span<right_row const> right_rows();

/// The row of a kind's right; the first of several.
[[nodiscard]] std::size_t row_index_of(edge_kind kind);

/// When an account can name another as the one that it succeeds.
inline constexpr std::string_view has_2025_unpatched =
    "if there is a domain controller of Windows Server 2025 without the update 26100.4946";

} // namespace dsplan::paths
