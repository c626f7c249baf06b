#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/directory/synchronisation_account.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>

#include <algorithm>

namespace dsplan::directory {

namespace {

bool is_so_called(std::string_view name) {
    return equal_ignoring_case(name.substr(0, 5), "MSOL_") || equal_ignoring_case(name.substr(0, 4), "AAD_");
}

bool is_so_called_in(std::string_view dn) {
    auto const rdn = ldif::first_rdn_text(dn);
    return is_so_called(rdn.substr(std::min(rdn.size(), rdn.find('=') + 1)));
}

} // namespace

bool is_synchronisation_account(entry const& account) {
    return is_so_called(account.first(attribute::sam_account_name).value_or("")) ||
           is_so_called_in(account.key);
}

bool is_synchronisation_account(ldif::record const& exported) {
    return is_so_called_in(exported.dn) ||
           std::any_of(exported.attributes.begin(), exported.attributes.end(), [](auto const& it) {
               return equal_ignoring_case(it.description, "sAMAccountName") && is_so_called(it.value);
           });
}

// "… running on computer 'AADC1' configured to …": some versions quote the name, some do not.
std::optional<std::string_view> host_in_description(std::string_view description) {
    constexpr std::string_view before = "on computer ";
    auto const found = std::search(description.begin(), description.end(), before.begin(), before.end(),
                                   [](char a, char b) { return to_lower(a) == to_lower(b); });
    if (found == description.end())
        return std::nullopt;
    auto host = description.substr(static_cast<std::size_t>(found - description.begin()) + before.size());
    host.remove_prefix(std::min(host.size(), host.find_first_not_of(" '\"")));
    host = host.substr(0, host.find_first_of(" '\",;\r\n"));
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return host.empty() ? std::nullopt : std::optional(host);
}

} // namespace dsplan::directory
