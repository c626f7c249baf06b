#include <ldif/distinguished_name.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace dsplan::directory {
namespace {

std::string first_rdn_value(entry const& account) {
    auto const name = ldif::parse_distinguished_name(account.dn);
    return name && !name->rdns.empty() ? name->rdns.front().front().value : std::string(account.dn);
}

bool matches_account_name(entry const& account, std::string_view name) {
    auto const sam = account.first(attribute::sam_account_name);
    return (sam && (equal_ignoring_case(*sam, name) ||
                    (sam->ends_with('$') && equal_ignoring_case(sam->substr(0, sam->size() - 1), name)))) ||
           equal_ignoring_case(first_rdn_value(account), name);
}

bool matches_qualified_name(forest const& around, entry const& account, std::string_view name) {
    auto const separator = name.find('\\');
    auto const* const home = around.domain_of(account);
    if (separator == std::string_view::npos || home == nullptr)
        return false;
    auto const qualifier = name.substr(0, separator);
    return ((home->netbios_name && equal_ignoring_case(*home->netbios_name, qualifier)) ||
            equal_ignoring_case(home->dns_name, qualifier)) &&
           matches_account_name(account, name.substr(separator + 1));
}

bool matches(forest const& around, entry const& account, std::string_view name) {
    auto const upn = account.first(attribute::user_principal_name);
    return (upn && equal_ignoring_case(*upn, name)) || matches_account_name(account, name) ||
           matches_qualified_name(around, account, name);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t left = 0; left < a.size(); ++left) {
        std::size_t diagonal = row[0];
        row[0] = left + 1;
        for (std::size_t right = 0; right < b.size(); ++right) {
            std::size_t const changed = diagonal + (to_lower(a[left]) == to_lower(b[right]) ? 0 : 1);
            diagonal = row[right + 1];
            row[right + 1] = std::min({changed, row[right] + 1, diagonal + 1});
        }
    }
    return row.back();
}

std::vector<std::string> nearest_names(snapshot const& exported, std::string_view name,
                                       std::string_view required_class) {
    constexpr std::size_t longest_compared = 256; // the product of two lengths is worked through
    std::set<std::pair<std::size_t, std::string>> near;
    for (entry const& account : exported.entries()) {
        if (!account.sid || (!required_class.empty() && !account.is_a(required_class)))
            continue;
        auto const known = account_name(account);
        if (known.size() > longest_compared || name.size() > longest_compared)
            continue;
        std::size_t const distance =
            known.size() > 3 && name.size() > 3 && known.starts_with(name.substr(0, 4))
                ? 1
                : edit_distance(known, name);
        if (distance <= std::max<std::size_t>(2, name.size() / 3))
            near.emplace(distance, known);
        if (near.size() > 3)
            near.erase(std::prev(near.end()));
    }
    std::vector<std::string> names;
    for (auto const& [distance, known] : near)
        names.push_back(known);
    return names;
}

} // namespace

std::string account_name(entry const& account) {
    auto const sam = account.first(attribute::sam_account_name);
    return sam ? std::string(*sam) : first_rdn_value(account);
}

std::string account_name(snapshot const& exported, sddl::sid const& account) {
    auto const* const known = exported.find(account);
    if (known != nullptr && !known->is_a("foreignSecurityPrincipal"))
        return account_name(*known);
    auto const* const row =
        sddl::find_well_known(account, {.domain = sddl::domain_of(account), .forest_root = {}});
    return row == nullptr ? fmt::format("{}", account) : fmt::format("{} ({})", account, row->name);
}

principal_matches find_principals(snapshot const& exported, forest const& around, std::string_view name,
                                  std::string_view required_class) {
    auto const wanted = [&](entry const* account) {
        return account != nullptr && account->sid &&
               (required_class.empty() || account->is_a(required_class));
    };
    principal_matches matched;
    if (auto const sid = sddl::parse_sid(name)) {
        if (auto const* const account = exported.find(*sid); wanted(account))
            matched.found.push_back(account);
    } else if (auto const* const account = exported.find(name); wanted(account)) {
        matched.found.push_back(account);
    } else {
        for (entry const& candidate : exported.entries())
            if (wanted(&candidate) && matches(around, candidate, name))
                matched.found.push_back(&candidate);
    }
    if (matched.found.empty())
        matched.nearest_names = nearest_names(exported, name, required_class);
    return matched;
}

bool is_account_sid(sddl::sid const& account) {
    auto const home = sddl::domain_of(account);
    return home && sddl::is_domain_sid(*home);
}

} // namespace dsplan::directory
