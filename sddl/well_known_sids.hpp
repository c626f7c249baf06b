#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/sid.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace dsplan::sddl {

/// What the SID of an alias starts with: nothing, the SID of a domain, or that of the forest's root domain.
enum class sid_scope : std::uint8_t { universal, domain, forest_root };

/// A two-letter alias of SDDL. [MS-DTYP] 2.4.2.4, 2.5.1.1
struct well_known_sid {
    std::string_view alias;
    sid_scope scope;
    sid value; ///< whole where universal; otherwise only its last sub-authority, the relative identifier,
               ///< counts
    std::string_view name;
};

[[nodiscard]] constexpr sid well_known(std::uint64_t authority,
                                       std::initializer_list<std::uint32_t> sub_authorities) {
    return make_sid(authority, {sub_authorities.begin(), sub_authorities.size()});
}

[[nodiscard]] constexpr sid relative(std::uint32_t rid) {
    return well_known(0, {rid});
}

// clang-format off
/// All aliases, ascending. [MS-DTYP] 2.5.1.1 (KA, EK, AP, AS, SS: sddl.h)
inline constexpr std::array<well_known_sid, 66> well_known_sids{{
    {"AA", sid_scope::universal, well_known(5, {32, 579}), "Access Control Assistance Operators"},
    {"AC", sid_scope::universal, well_known(15, {2, 1}), "All Application Packages"},
    {"AN", sid_scope::universal, well_known(5, {7}), "Anonymous Logon"},
    {"AO", sid_scope::universal, well_known(5, {32, 548}), "Account Operators"},
    {"AP", sid_scope::domain, relative(525), "Protected Users"},
    {"AS", sid_scope::universal, well_known(18, {1}), "Authentication Authority Asserted Identity"},
    {"AU", sid_scope::universal, well_known(5, {11}), "Authenticated Users"},
    {"BA", sid_scope::universal, well_known(5, {32, 544}), "Administrators"},
    {"BG", sid_scope::universal, well_known(5, {32, 546}), "Guests"},
    {"BO", sid_scope::universal, well_known(5, {32, 551}), "Backup Operators"},
    {"BU", sid_scope::universal, well_known(5, {32, 545}), "Users"},
    {"CA", sid_scope::domain, relative(517), "Cert Publishers"},
    {"CD", sid_scope::universal, well_known(5, {32, 574}), "Certificate Service DCOM Access"},
    {"CG", sid_scope::universal, well_known(3, {1}), "Creator Group"},
    {"CN", sid_scope::domain, relative(522), "Cloneable Domain Controllers"},
    {"CO", sid_scope::universal, well_known(3, {0}), "Creator Owner"},
    {"CY", sid_scope::universal, well_known(5, {32, 569}), "Cryptographic Operators"},
    {"DA", sid_scope::domain, relative(512), "Domain Admins"},
    {"DC", sid_scope::domain, relative(515), "Domain Computers"},
    {"DD", sid_scope::domain, relative(516), "Domain Controllers"},
    {"DG", sid_scope::domain, relative(514), "Domain Guests"},
    {"DU", sid_scope::domain, relative(513), "Domain Users"},
    {"EA", sid_scope::forest_root, relative(519), "Enterprise Admins"},
    {"ED", sid_scope::universal, well_known(5, {9}), "Enterprise Domain Controllers"},
    {"EK", sid_scope::forest_root, relative(527), "Enterprise Key Admins"},
    {"ER", sid_scope::universal, well_known(5, {32, 573}), "Event Log Readers"},
    {"ES", sid_scope::universal, well_known(5, {32, 576}), "RDS Endpoint Servers"},
    {"HA", sid_scope::universal, well_known(5, {32, 578}), "Hyper-V Administrators"},
    {"HI", sid_scope::universal, well_known(16, {12288}), "High Mandatory Level"},
    {"IS", sid_scope::universal, well_known(5, {32, 568}), "IIS_IUSRS"},
    {"IU", sid_scope::universal, well_known(5, {4}), "Interactive"},
    {"KA", sid_scope::domain, relative(526), "Key Admins"},
    {"LA", sid_scope::domain, relative(500), "Administrator"},
    {"LG", sid_scope::domain, relative(501), "Guest"},
    {"LS", sid_scope::universal, well_known(5, {19}), "Local Service"},
    {"LU", sid_scope::universal, well_known(5, {32, 559}), "Performance Log Users"},
    {"LW", sid_scope::universal, well_known(16, {4096}), "Low Mandatory Level"},
    {"ME", sid_scope::universal, well_known(16, {8192}), "Medium Mandatory Level"},
    {"MP", sid_scope::universal, well_known(16, {8448}), "Medium Plus Mandatory Level"},
    {"MS", sid_scope::universal, well_known(5, {32, 577}), "RDS Management Servers"},
    {"MU", sid_scope::universal, well_known(5, {32, 558}), "Performance Monitor Users"},
    {"NO", sid_scope::universal, well_known(5, {32, 556}), "Network Configuration Operators"},
    {"NS", sid_scope::universal, well_known(5, {20}), "Network Service"},
    {"NU", sid_scope::universal, well_known(5, {2}), "Network"},
    {"OW", sid_scope::universal, well_known(3, {4}), "Owner Rights"},
    {"PA", sid_scope::domain, relative(520), "Group Policy Creator Owners"},
    {"PO", sid_scope::universal, well_known(5, {32, 550}), "Print Operators"},
    {"PS", sid_scope::universal, well_known(5, {10}), "Self"},
    {"PU", sid_scope::universal, well_known(5, {32, 547}), "Power Users"},
    {"RA", sid_scope::universal, well_known(5, {32, 575}), "RDS Remote Access Servers"},
    {"RC", sid_scope::universal, well_known(5, {12}), "Restricted Code"},
    {"RD", sid_scope::universal, well_known(5, {32, 555}), "Remote Desktop Users"},
    {"RE", sid_scope::universal, well_known(5, {32, 552}), "Replicator"},
    {"RM", sid_scope::universal, well_known(5, {32, 580}), "Remote Management Users"},
    {"RO", sid_scope::forest_root, relative(498), "Enterprise Read-only Domain Controllers"},
    {"RS", sid_scope::domain, relative(553), "RAS and IAS Servers"},
    {"RU", sid_scope::universal, well_known(5, {32, 554}), "Pre-Windows 2000 Compatible Access"},
    {"SA", sid_scope::forest_root, relative(518), "Schema Admins"},
    {"SI", sid_scope::universal, well_known(16, {16384}), "System Mandatory Level"},
    {"SO", sid_scope::universal, well_known(5, {32, 549}), "Server Operators"},
    {"SS", sid_scope::universal, well_known(18, {2}), "Service Asserted Identity"},
    {"SU", sid_scope::universal, well_known(5, {6}), "Service"},
    {"SY", sid_scope::universal, well_known(5, {18}), "Local System"},
    {"UD", sid_scope::universal, well_known(5, {84, 0, 0, 0, 0, 0}), "User-Mode Driver Framework"},
    {"WD", sid_scope::universal, well_known(1, {0}), "Everyone"},
    {"WR", sid_scope::universal, well_known(5, {33}), "Write Restricted Code"},
}};
// clang-format on

static_assert(std::adjacent_find(well_known_sids.begin(), well_known_sids.end(),
                                 [](auto const& a, auto const& b) { return a.alias >= b.alias; }) ==
                  well_known_sids.end(),
              "the aliases are sorted and each is there once");

/// The row of a two-letter alias in either case; nullptr where there is none.
[[nodiscard]] well_known_sid const* find_alias(std::string_view alias);

/// The row whose SID is `value`, taking those relative to a domain from `sids`; nullptr where there is none.
[[nodiscard]] well_known_sid const* find_well_known(sid const& value, domain_sids const& sids);

/// The SID of a row; nothing where `sids` lacks the SID that it is relative to.
[[nodiscard]] std::optional<sid> resolve(well_known_sid const& row, domain_sids const& sids);

} // namespace dsplan::sddl
