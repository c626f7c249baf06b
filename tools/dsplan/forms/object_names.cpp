#include <ldif/alternative_name.hpp>
#include <ldif/attribute_description.hpp>
#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/forms/object_names.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>

#include <algorithm>

namespace dsplan {
namespace {

// "contoso.com" of everything below DC=contoso,DC=com.
std::string domain_of(ldif::distinguished_name const& name) {
    std::string dns;
    for (auto const& rdn : name.rdns) {
        if (rdn.size() == 1 && equal_ignoring_case(rdn.front().type, "DC"))
            dns += (dns.empty() ? "" : ".") + rdn.front().value;
        else
            dns.clear();
    }
    return dns;
}

bool is_domain(ldif::distinguished_name const& name) {
    return std::all_of(name.rdns.begin(), name.rdns.end(), [](auto const& rdn) {
        return rdn.size() == 1 && equal_ignoring_case(rdn.front().type, "DC");
    });
}

void add_account_name(std::vector<std::string>& names, std::string const& account,
                      std::string const& domain) {
    names.push_back(account);
    if (domain.empty())
        return;
    names.push_back(domain + '\\' + account);
    names.push_back(domain.substr(0, domain.find('.')) + '\\' + account);
}

} // namespace

std::vector<std::string> object_names(ldif::record const& record) {
    std::vector<std::string> names;
    std::string domain;
    if (auto const dn = ldif::parse_distinguished_name(record.dn); dn && !dn->rdns.empty()) {
        domain = domain_of(*dn);
        names.push_back(dn->rdns.front().front().value);
        if (is_domain(*dn))
            names.push_back(domain);
    }
    for (auto const& one : record.attributes) {
        if (ldif::same_description(one.description, "sAMAccountName"))
            add_account_name(names, one.value, domain);
        else if (ldif::same_description(one.description, "userPrincipalName"))
            names.push_back(one.value);
        else if (ldif::same_description(one.description, "objectSid"))
            names.push_back(ldif::sid_text(one.value).value_or(one.value)); // as octets or as text
    }
    return names;
}

} // namespace dsplan
