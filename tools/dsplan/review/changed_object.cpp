#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/changed_object.hpp>

#include <algorithm>
#include <array>

namespace dsplan::review {
namespace {

using directory::attribute;

bool has_type(ldif::relative_distinguished_name const& rdn, std::string_view type) {
    return equal_ignoring_case(rdn.front().type, type);
}

bool is_named(ldif::relative_distinguished_name const& rdn, std::string_view type, std::string_view value) {
    return has_type(rdn, type) && equal_ignoring_case(rdn.front().value, value);
}

// The groups of MS-ADTS 3.1.1.6.1 by the names that they have in English.
bool has_privileged_name(ldif::distinguished_name const& name) {
    constexpr std::array<std::string_view, 9> names{
        "Administrators", "Account Operators", "Server Operators", "Print Operators", "Backup Operators",
        "Domain Admins",  "Enterprise Admins", "Schema Admins",    "Replicator"};
    if (name.rdns.size() < 2 ||
        !(is_named(name.rdns[1], "CN", "Users") || is_named(name.rdns[1], "CN", "Builtin")))
        return false;
    return std::any_of(names.begin(), names.end(),
                       [&name](std::string_view each) { return is_named(name.rdns[0], "CN", each); });
}

void look_at_name(changed_object& made) {
    auto const name = ldif::parse_distinguished_name(made.dn);
    if (!name || name->rdns.empty())
        return;
    auto const& rdns = name->rdns;
    made.is_domain_root =
        std::all_of(rdns.begin(), rdns.end(), [](auto const& rdn) { return has_type(rdn, "DC"); });
    made.is_admin_sd_holder =
        rdns.size() > 2 && is_named(rdns[0], "CN", "AdminSDHolder") && is_named(rdns[1], "CN", "System");
    made.is_domain_controller = std::any_of(
        rdns.begin(), rdns.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, rdns.size())),
        [](auto const& rdn) { return is_named(rdn, "OU", "Domain Controllers"); });
    made.is_privileged_group = has_privileged_name(*name);
    made.is_administrator = rdns.size() > 2 && is_named(rdns[1], "CN", "Users") &&
                            (is_named(rdns[0], "CN", "Administrator") || is_named(rdns[0], "CN", "krbtgt"));
    made.by_name = true;
}

void look_at_entry(changed_object& made) {
    auto const& entry = *made.exported;
    made.object_class = entry.structural_class();
    made.is_domain_controller |= is_domain_controller(entry);
    if (entry.sid) {
        made.is_privileged_group = directory::is_privileged_group(*entry.sid);
        made.by_name = false;
    }
}

} // namespace

bool is_domain_controller(directory::entry const& account) {
    auto const flags = account.number(attribute::user_account_control).value_or(0);
    return (static_cast<std::uint32_t>(flags) & account_control::domain_controller) != 0;
}

changed_object find_object(ldif::record const& change, words::name_context const& names) {
    changed_object made{.dn = change.dn, .object_class = {}};
    look_at_name(made);
    made.exported = names.find(change.dn);
    if (made.exported != nullptr)
        look_at_entry(made);
    for (auto const& line : change.attributes) // of an addition: the last class is the most specific one
        if (equal_ignoring_case(line.description, "objectClass"))
            made.object_class = line.value;
    return made;
}

} // namespace dsplan::review
