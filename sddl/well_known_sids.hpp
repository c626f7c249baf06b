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

/// A SID that has a name everywhere. [MS-DTYP] 2.4.2.4, 2.5.1.1
struct well_known_sid {
    std::string_view alias; ///< the two letters of SDDL; empty where SDDL has none
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
/// All aliases, ascending, then the names without one. [MS-DTYP] 2.5.1.1 (KA, EK, AP, AS, SS: sddl.h)
inline constexpr std::array<well_known_sid, 109> well_known_sids{{
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
    {"", sid_scope::universal, well_known(0, {0}), "Null"},
    {"", sid_scope::universal, well_known(2, {0}), "Local"},
    {"", sid_scope::universal, well_known(2, {1}), "Console Logon"},
    {"", sid_scope::universal, well_known(3, {2}), "Creator Owner Server"},
    {"", sid_scope::universal, well_known(3, {3}), "Creator Group Server"},
    {"", sid_scope::universal, well_known(5, {1}), "Dialup"},
    {"", sid_scope::universal, well_known(5, {3}), "Batch"},
    {"", sid_scope::universal, well_known(5, {8}), "Proxy"},
    {"", sid_scope::universal, well_known(5, {13}), "Terminal Server User"},
    {"", sid_scope::universal, well_known(5, {14}), "Remote Interactive Logon"},
    {"", sid_scope::universal, well_known(5, {15}), "This Organization"},
    {"", sid_scope::universal, well_known(5, {17}), "IUSR"},
    {"", sid_scope::universal, well_known(5, {21, 0, 0, 0, 496}), "Compounded Authentication"},
    {"", sid_scope::universal, well_known(5, {21, 0, 0, 0, 497}), "Claims Valid"},
    {"", sid_scope::universal, well_known(5, {32, 557}), "Incoming Forest Trust Builders"},
    {"", sid_scope::universal, well_known(5, {32, 560}), "Windows Authorization Access Group"},
    {"", sid_scope::universal, well_known(5, {32, 561}), "Terminal Server License Servers"},
    {"", sid_scope::universal, well_known(5, {32, 562}), "Distributed COM Users"},
    {"", sid_scope::universal, well_known(5, {32, 581}), "System Managed Accounts Group"},
    {"", sid_scope::universal, well_known(5, {32, 582}), "Storage Replica Administrators"},
    {"", sid_scope::universal, well_known(5, {32, 583}), "Device Owners"},
    {"", sid_scope::universal, well_known(5, {64, 10}), "NTLM Authentication"},
    {"", sid_scope::universal, well_known(5, {64, 14}), "SChannel Authentication"},
    {"", sid_scope::universal, well_known(5, {64, 21}), "Digest Authentication"},
    {"", sid_scope::universal, well_known(5, {65, 1}), "This Organization Certificate"},
    {"", sid_scope::universal, well_known(5, {80, 0}), "All Services"},
    {"", sid_scope::universal, well_known(5, {83, 0}), "Virtual Machines"},
    {"", sid_scope::universal, well_known(5, {90, 0}), "Window Manager Group"},
    {"", sid_scope::universal, well_known(5, {113}), "Local account"},
    {"", sid_scope::universal, well_known(5, {114}), "Local account and member of Administrators"},
    {"", sid_scope::universal, well_known(5, {1000}), "Other Organization"},
    {"", sid_scope::universal, well_known(15, {2, 2}), "All Restricted Application Packages"},
    {"", sid_scope::universal, well_known(16, {0}), "Untrusted Mandatory Level"},
    {"", sid_scope::universal, well_known(16, {20480}), "Protected Process Mandatory Level"},
    {"", sid_scope::universal, well_known(16, {28672}), "Secure Process Mandatory Level"},
    {"", sid_scope::universal, well_known(18, {3}), "Fresh Public Key Identity"},
    {"", sid_scope::universal, well_known(18, {4}), "Key Trust Identity"},
    {"", sid_scope::universal, well_known(18, {5}), "MFA Key Property"},
    {"", sid_scope::universal, well_known(18, {6}), "Attested Key Property"},
    {"", sid_scope::domain, relative(502), "krbtgt"},
    {"", sid_scope::domain, relative(521), "Read-only Domain Controllers"},
    {"", sid_scope::domain, relative(571), "Allowed RODC Password Replication Group"},
    {"", sid_scope::domain, relative(572), "Denied RODC Password Replication Group"},
}};

/// SIDs of one kind, which begin alike: a service's, a logon session's.
struct sid_kind {
    sid start;           ///< their authority and first sub-authorities
    std::uint8_t fewest; ///< sub-authorities
    std::uint8_t most;
    std::string_view name;
};
inline constexpr std::array<sid_kind, 11> sid_kinds{{
    {well_known(5, {5}), 3, 3, "a logon session"},
    {well_known(5, {80}), 2, 15, "a service"},
    {well_known(5, {82}), 2, 15, "an IIS application pool"},
    {well_known(5, {83, 1}), 3, 15, "a virtual machine"},
    {well_known(5, {90, 0}), 3, 3, "a window manager session"},
    {well_known(5, {96, 0}), 3, 3, "a font driver host"},
    {well_known(12, {1}), 2, 15, "an Entra ID account"},
    {well_known(15, {2}), 3, 15, "an app package"},
    {well_known(15, {3}), 2, 15, "a capability of apps"},
    {well_known(17, {}), 1, 15, "a central access policy"},
    {well_known(19, {}), 2, 2, "a process trust level"},
}};
// clang-format on

static_assert(std::adjacent_find(well_known_sids.begin(), well_known_sids.end(),
                                 [](auto const& a, auto const& b) {
                                     return !b.alias.empty() && a.alias >= b.alias;
                                 }) == well_known_sids.end(),
              "the aliases are sorted and each is there once");

/// The SID of a name, where it is the same everywhere: `named_sid("Everyone")`. Another name does not
/// compile.
[[nodiscard]] consteval sid named_sid(std::string_view name) {
    for (auto const& row : well_known_sids)
        if (row.scope == sid_scope::universal && row.name == name)
            return row.value;
    throw "no SID that is the same everywhere has this name";
}

/// The last sub-authority of a name: 512 of "Domain Admins", 544 of "Administrators".
[[nodiscard]] consteval std::uint32_t named_rid(std::string_view name) {
    for (auto const& row : well_known_sids)
        if (row.name == name && row.value.sub_authority_count > 0)
            return row.value.sub_authorities[row.value.sub_authority_count - 1U];
    throw "no SID has this name";
}

/// The row of a two-letter alias in either case; nullptr where there is none.
[[nodiscard]] well_known_sid const* find_alias(std::string_view alias);

/// The row whose SID is `value`, taking those relative to a domain from `sids`; nullptr where there is none.
[[nodiscard]] well_known_sid const* find_well_known(sid const& value, domain_sids const& sids);

/// What a SID is that has no name of its own; empty where nothing is known of it.
[[nodiscard]] std::string_view kind_of(sid const& value);

/// The SID of a row; nothing where `sids` lacks the SID that it is relative to.
[[nodiscard]] std::optional<sid> resolve(well_known_sid const& row, domain_sids const& sids);

} // namespace dsplan::sddl
