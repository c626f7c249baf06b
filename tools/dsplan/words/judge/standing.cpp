#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace dsplan::words {
namespace {

using sddl::well_known;

// Administrators, Local System, Creator Owner, Owner Rights, Enterprise Domain Controllers, Self.
constexpr std::array administrative_sids{
    well_known(5, {32, 544}), well_known(5, {18}), well_known(3, {0}),
    well_known(3, {4}),       well_known(5, {9}),  well_known(5, {10}),
};

constexpr std::array everybody_sids{
    well_known(1, {0}),       // Everyone
    well_known(5, {2}),       // Network
    well_known(5, {3}),       // Batch
    well_known(5, {4}),       // Interactive
    well_known(5, {7}),       // Anonymous Logon
    well_known(5, {11}),      // Authenticated Users
    well_known(5, {14}),      // Remote Interactive Logon
    well_known(5, {15}),      // This Organization
    well_known(5, {32, 545}), // Users
    well_known(5, {32, 546}), // Guests
    well_known(5, {32, 554}), // Pre-Windows 2000 Compatible Access
    well_known(5, {64, 10}),  // NTLM Authentication
    well_known(5, {64, 14}),  // SChannel Authentication
    well_known(5, {64, 21}),  // Digest Authentication
    well_known(5, {1000}),    // Other Organization
    well_known(18, {1}),      // Authentication Authority Asserted Identity
    well_known(18, {2}),      // Service Asserted Identity
};

constexpr std::array<std::uint32_t, 3> everybody_of_a_domain{513, 514, 515}; // Users, Guests, Computers
constexpr std::array<std::uint32_t, 3> administrators_of_a_domain{500, 512,
                                                                  516}; // Administrator, Admins, Controllers
constexpr std::array<std::uint32_t, 2> administrators_of_a_forest{518, 519}; // Schema, Enterprise Admins

template <class List, class Value>
bool holds(List const& list, Value const& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool is_exported_domain(directory::snapshot const* exported, sddl::sid const& domain) {
    auto const* const root = exported == nullptr ? nullptr : exported->find(domain);
    return root != nullptr && root->is_a("domainDNS");
}

standing in_domain(sddl::sid const& domain, sddl::domain_sids const& sids,
                   directory::snapshot const* exported) {
    if (sids.domain == domain || sids.forest_root == domain || is_exported_domain(exported, domain))
        return standing::administrative;
    return sids.domain || sids.forest_root ? standing::ordinary : standing::unknown_domain;
}

// The groups of the forest lie in its root domain, whose SID may be unknown where that of the domain is
// known.
standing in_forest(sddl::sid const& domain, sddl::domain_sids const& sids,
                   directory::snapshot const* exported) {
    if (sids.forest_root)
        return sids.forest_root == domain ? standing::administrative : standing::ordinary;
    return in_domain(domain, sids, exported) == standing::administrative ? standing::administrative
                                                                         : standing::unknown_domain;
}

} // namespace

std::uint32_t domain_identifier(sddl::sid const& account) {
    auto const domain = sddl::domain_of(account);
    return domain && sddl::is_domain_sid(*domain) ? sddl::relative_identifier(account).value_or(0) : 0;
}

bool is_nearly_everybody(sddl::sid const& account) {
    return holds(everybody_sids, account) || holds(everybody_of_a_domain, domain_identifier(account));
}

standing standing_of(sddl::sid const& account, sddl::domain_sids const& sids,
                     directory::snapshot const* exported) {
    if (is_nearly_everybody(account))
        return standing::nearly_everybody;
    if (holds(administrative_sids, account))
        return standing::administrative;
    auto const identifier = domain_identifier(account);
    if (holds(administrators_of_a_domain, identifier))
        return in_domain(*sddl::domain_of(account), sids, exported);
    if (holds(administrators_of_a_forest, identifier))
        return in_forest(*sddl::domain_of(account), sids, exported);
    return standing::ordinary;
}

bool includes_administrators(sddl::sid const& account, standing of_account) {
    constexpr std::array holders{
        well_known(3, {0}),  // Creator Owner
        well_known(3, {4}),  // Owner Rights
        well_known(5, {10}), // Self
    };
    constexpr std::array every_logon{well_known(1, {0}),  well_known(5, {2}),  well_known(5, {4}),
                                     well_known(5, {11}), well_known(5, {15}), well_known(5, {32, 545}),
                                     well_known(18, {1})};
    if (of_account == standing::administrative)
        return !holds(holders, account);
    constexpr std::uint32_t domain_users = 513;
    return of_account == standing::unknown_domain || holds(every_logon, account) ||
           domain_identifier(account) == domain_users;
}

} // namespace dsplan::words
