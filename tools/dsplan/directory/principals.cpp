#include <ldif/alternative_name.hpp>
#include <ldif/distinguished_name.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/principal_index.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/unknown_members.hpp>
#include <tools/dsplan/ground/ascending.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

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

std::vector<std::string> nearest_accounts(snapshot const& exported, std::string_view name,
                                          std::string_view required_class) {
    nearest_names near(name);
    for (entry const& account : exported.entries())
        if (account.sid && (required_class.empty() || account.is_a(required_class)))
            near.consider(account_name(account));
    return near.take();
}

// Compared by the first part of the name: the rest is the place. Without an attribute it is compared by
// value, by what accounts are called, and by the names of domains.
std::vector<std::string> nearest_objects(snapshot const& exported, forest const& around,
                                         std::string_view name) {
    bool const is_dn = name.find('=') != std::string_view::npos;
    nearest_names near(is_dn ? ldif::first_rdn_text(name) : name);
    for (entry const& object : exported.entries()) {
        auto const first = ldif::first_rdn_text(object.dn);
        near.consider(is_dn ? first : first.substr(std::min(first.find('=') + 1, first.size())), object.dn);
        if (!is_dn && object.sid)
            near.consider(account_name(object), object.dn);
    }
    for (domain const& each : around.domains)
        near.consider(each.dns_name, each.root->dn);
    return near.take();
}

bool is_place(entry const& object) {
    return object.is_a("organizationalUnit") || object.is_a("container") || object.is_a("builtinDomain");
}

// "Sales" of OU=Sales,…: a place, or where no place and no account is called so, any object.
std::vector<entry const*> objects_called(snapshot const& exported, std::string_view name,
                                         bool (*is_wanted)(entry const&)) {
    std::vector<entry const*> found;
    for (entry const& object : exported.entries())
        if (is_wanted(object) && equal_ignoring_case(first_rdn_value(object), name))
            found.push_back(&object);
    return found;
}

// The user principal name that every account has beside its own: "ruth@contoso.com" of contoso.com\ruth.
std::string qualified_name(std::string_view name) {
    auto const place = name.rfind('@');
    return place == std::string_view::npos
               ? std::string()
               : fmt::format("{}\\{}", name.substr(place + 1), name.substr(0, place));
}

// A SID as text, or "<SID=…>".
std::optional<sddl::sid> parse_sid_name(std::string_view name) {
    std::string text(name);
    if (ldif::looks_like_alternative_name(name)) {
        auto const read = ldif::parse_alternative_name(name);
        if (!read || read->type != ldif::alternative_name::kind::sid)
            return std::nullopt;
        text = ldif::sid_text(read->octets).value_or(std::string());
    }
    auto const sid = sddl::parse_sid(text);
    return sid ? std::optional(*sid) : std::nullopt;
}

} // namespace

bool is_called(forest const& around, entry const& account, std::string_view name) {
    return matches(around, account, name);
}

std::string account_name(entry const& account) {
    auto const sam = account.first(attribute::sam_account_name);
    if (sam)
        return std::string(*sam);
    return account.sid && account.is_a("foreignSecurityPrincipal") ? account_name(*account.sid)
                                                                   : first_rdn_value(account);
}

std::string account_name(snapshot const& exported, sddl::sid const& account) {
    auto const* const known = exported.find(account);
    return known != nullptr ? account_name(*known) : account_name(account);
}

std::string account_name(sddl::sid const& account) {
    auto const* const row =
        sddl::find_well_known(account, {.domain = sddl::domain_of(account), .forest_root = {}});
    auto const name = row == nullptr ? sddl::kind_of(account) : row->name;
    return name.empty() ? fmt::format("{}", account) : fmt::format("{} ({})", account, name);
}

principal_matches find_principals(snapshot const& exported, forest const& around, std::string_view name,
                                  std::string_view required_class) {
    auto const wanted = [&](entry const* account) {
        return account != nullptr && account->sid &&
               (required_class.empty() || account->is_a(required_class));
    };
    principal_matches matched;
    if (auto const sid = parse_sid_name(name)) {
        if (auto const* const account = exported.find(*sid); wanted(account))
            matched.found.push_back(account);
    } else if (auto const* const account = exported.find(name); wanted(account)) {
        matched.found.push_back(account);
    } else {
        auto const take = [&](std::string_view called) {
            for (entry const& candidate : exported.entries())
                if (wanted(&candidate) && matches(around, candidate, called))
                    matched.found.push_back(&candidate);
        };
        take(name);
        if (auto const qualified = qualified_name(name); matched.found.empty() && !qualified.empty())
            take(qualified);
    }
    if (matched.found.empty())
        matched.nearest_names = nearest_accounts(exported, name, required_class);
    return matched;
}

principal_matches find_objects(snapshot const& exported, forest const& around, std::string_view name) {
    if (auto const* const object = exported.find(name))
        return {{object}, {}};
    if (auto const* const named = around.find(name))
        return {{named->root}, {}};
    auto matched = find_principals(exported, around, name);
    auto const places = objects_called(exported, name, is_place);
    matched.found.insert(matched.found.end(), places.begin(), places.end());
    if (matched.found.empty())
        matched.found = objects_called(exported, name, [](entry const&) { return true; });
    sort_and_unite(matched.found, by_key{});
    matched.nearest_names =
        matched.found.empty() ? nearest_objects(exported, around, name) : std::vector<std::string>();
    return matched;
}

bool is_account_sid(sddl::sid const& account) {
    auto const home = sddl::domain_of(account);
    return home && sddl::is_domain_sid(*home);
}

} // namespace dsplan::directory
