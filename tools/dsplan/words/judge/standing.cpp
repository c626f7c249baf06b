#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace dsplan::words {
namespace {

using sddl::named_rid;
using sddl::named_sid;

constexpr std::array administrative_sids{
    named_sid("Administrators"), named_sid("Local System"), named_sid("Creator Owner"),
    named_sid("Owner Rights"),   named_sid("Self"),         named_sid("Enterprise Domain Controllers"),
};

constexpr std::array everybody_sids{
    named_sid("Everyone"),
    named_sid("Network"),
    named_sid("Batch"),
    named_sid("Interactive"),
    named_sid("Anonymous Logon"),
    named_sid("Authenticated Users"),
    named_sid("Remote Interactive Logon"),
    named_sid("This Organization"),
    named_sid("Users"),
    named_sid("Guests"),
    named_sid("Pre-Windows 2000 Compatible Access"),
    named_sid("NTLM Authentication"),
    named_sid("SChannel Authentication"),
    named_sid("Digest Authentication"),
    named_sid("Other Organization"),
    named_sid("Authentication Authority Asserted Identity"),
    named_sid("Service Asserted Identity"),
};

constexpr std::array everybody_of_a_domain{named_rid("Domain Users"), named_rid("Domain Guests"),
                                           named_rid("Domain Computers")};
constexpr std::array administrators_of_a_domain{named_rid("Administrator"), named_rid("Domain Admins"),
                                                named_rid("Domain Controllers")};
constexpr std::array administrators_of_a_forest{named_rid("Schema Admins"), named_rid("Enterprise Admins")};

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
    constexpr std::array holders{named_sid("Creator Owner"), named_sid("Owner Rights"), named_sid("Self")};
    constexpr std::array every_logon{named_sid("Everyone"),
                                     named_sid("Network"),
                                     named_sid("Interactive"),
                                     named_sid("Authenticated Users"),
                                     named_sid("This Organization"),
                                     named_sid("Users"),
                                     named_sid("Authentication Authority Asserted Identity")};
    if (of_account == standing::administrative)
        return !holds(holders, account);
    return of_account == standing::unknown_domain || holds(every_logon, account) ||
           domain_identifier(account) == named_rid("Domain Users");
}

} // namespace dsplan::words
