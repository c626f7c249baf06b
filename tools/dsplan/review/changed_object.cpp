#include <ldif/attribute_description.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/alternative_name.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/changed_object.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace dsplan::review {
namespace {

using directory::attribute;
using ldif::relative_distinguished_name;

// A type may be given as its object identifier. RFC 4512 2.5
std::string_view type_of(relative_distinguished_name const& rdn) {
    std::string_view const type = rdn.front().type;
    if (type == "2.5.4.3")
        return "CN";
    if (type == "2.5.4.11")
        return "OU";
    return type == "0.9.2342.19200300.100.1.25" ? "DC" : type;
}

bool has_type(relative_distinguished_name const& rdn, std::string_view type) {
    return equal_ignoring_case(type_of(rdn), type);
}

bool is_named(relative_distinguished_name const& rdn, std::string_view type, std::string_view value) {
    return has_type(rdn, type) && equal_ignoring_case(rdn.front().value, value);
}

using name_parts = std::vector<relative_distinguished_name>;

bool is_directly_below_domain(name_parts const& rdns) {
    return rdns.size() > 1 && !has_type(rdns[0], "DC") && has_type(rdns[1], "DC");
}

bool is_system_container(name_parts const& rdns) {
    constexpr std::array names{
        std::string_view{"Users"},        std::string_view{"Builtin"},
        std::string_view{"System"},       std::string_view{"Computers"},
        std::string_view{"Policies"},     std::string_view{"ForeignSecurityPrincipals"},
        std::string_view{"Configuration"}};
    bool const is_in_place =
        is_directly_below_domain(rdns) ||
        (rdns.size() > 2 && is_named(rdns[0], "CN", "Policies") && is_named(rdns[1], "CN", "System"));
    return is_in_place && std::any_of(names.begin(), names.end(),
                                      [&](std::string_view each) { return is_named(rdns[0], "CN", each); });
}

void look_at_group(changed_object& made, name_parts const& rdns) {
    bool const is_default_place =
        rdns.size() > 1 && (is_named(rdns[1], "CN", "Users") || is_named(rdns[1], "CN", "Builtin"));
    if (is_default_place && has_type(rdns[0], "CN"))
        if (auto const* const known = words::find_known_group(rdns[0].front().value))
            made.group = known;
    made.is_privileged_group = made.group != nullptr && made.group->takes_over;
}

void look_at_account(changed_object& made, name_parts const& rdns) {
    bool const is_in_users = rdns.size() > 2 && is_named(rdns[1], "CN", "Users");
    made.is_krbtgt |= is_in_users && is_named(rdns[0], "CN", "krbtgt");
    made.is_administrator |= made.is_krbtgt || (is_in_users && is_named(rdns[0], "CN", "Administrator"));
}

void look_at_name(changed_object& made, std::string_view dn) {
    auto const name = ldif::parse_distinguished_name(dn);
    if (!name || name->rdns.empty())
        return;
    auto const& rdns = name->rdns;
    made.first_name = rdns[0].front().value;
    for (auto& letter : made.first_name)
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    made.is_domain_root |=
        std::all_of(rdns.begin(), rdns.end(), [](auto const& rdn) { return has_type(rdn, "DC"); });
    made.is_admin_sd_holder |=
        rdns.size() > 2 && is_named(rdns[0], "CN", "AdminSDHolder") && is_named(rdns[1], "CN", "System");
    made.is_controllers_container |=
        is_directly_below_domain(rdns) && is_named(rdns[0], "OU", "Domain Controllers");
    made.is_domain_controller |=
        made.is_controllers_container || (rdns.size() > 1 && is_named(rdns[1], "OU", "Domain Controllers"));
    made.is_system_container |= is_system_container(rdns);
    made.holds_administrators |= made.is_domain_root || made.is_controllers_container ||
                                 (is_directly_below_domain(rdns) && is_named(rdns[0], "CN", "Users"));
    look_at_group(made, rdns);
    look_at_account(made, rdns);
    made.by_name = true;
}

void look_at_sid(changed_object& made) {
    made.group = words::find_known_group(*made.sid);
    made.is_privileged_group =
        directory::is_privileged_group(*made.sid) || (made.group != nullptr && made.group->takes_over);
    auto const identifier = words::domain_identifier(*made.sid);
    made.is_krbtgt = identifier == 502;
    made.is_administrator = identifier == 500 || made.is_krbtgt;
    made.by_name = false;
}

// A group without a fixed identifier, of the base: DnsAdmins.
void look_at_account_name(changed_object& made) {
    auto const name = made.exported->first(attribute::sam_account_name);
    if (made.group != nullptr || !name || !made.exported->is_a("group"))
        return;
    auto const* const known = words::find_known_group(*name);
    if (known == nullptr || known->identifier != 0)
        return;
    made.group = known;
    made.is_privileged_group = known->takes_over;
}

// The most specific class, in whatever order the values come.
std::string class_of(std::vector<std::string_view> const& values, directory::schema const& known) {
    auto const classes = known.resolve(values);
    if (classes.structural != nullptr && classes.unknown.empty())
        return classes.structural->name;
    return values.empty() ? std::string() : std::string(values.back());
}

void look_at_entry(changed_object& made, directory::schema const& known) {
    auto const& entry = *made.exported;
    std::vector<std::string_view> classes;
    entry.for_each(attribute::object_class, [&](std::string_view each) { classes.push_back(each); });
    made.object_class = class_of(classes, known);
    made.is_domain_controller |= is_domain_controller(entry);
    if (!entry.sid)
        return;
    made.sid = entry.sid;
    look_at_sid(made);
    look_at_account_name(made);
}

directory::entry const* find_exported(words::name_context const& names, std::string_view dn) {
    auto const* const found = names.find(dn);
    return found != nullptr || names.exported == nullptr ? found : find_by_any_name(*names.exported, dn);
}

// Of the record, else of the object that changes before it made.
std::vector<std::string_view> classes_in(ldif::record const& change, ldif::entry const* made_before) {
    std::vector<std::string_view> classes;
    for (auto const& line : change.attributes)
        if (equal_ignoring_case(ldif::attribute_name(line.description), "objectClass"))
            classes.emplace_back(line.value);
    auto const* const known = made_before == nullptr ? nullptr : made_before->find("objectClass");
    if (classes.empty() && known != nullptr)
        classes.assign(known->values.begin(), known->values.end());
    return classes;
}

// What it was called in the base says more than the name that changes gave it.
void look_at_old_name(changed_object& made) {
    if (ldif::tree_key(made.dn) == ldif::tree_key(made.exported->dn))
        return;
    look_at_name(made, made.exported->dn);
    bool const is_moved =
        ldif::tree_key(ldif::parent_text(made.dn)) != ldif::tree_key(ldif::parent_text(made.exported->dn));
    made.old_name = is_moved ? made.exported->dn : ldif::first_rdn_text(made.exported->dn);
}

} // namespace

bool is_domain_controller(directory::entry const& account) {
    auto const flags = account.number(attribute::user_account_control).value_or(0);
    return (static_cast<std::uint32_t>(flags) &
            (account_control::domain_controller | account_control::read_only_controller)) != 0;
}

changed_object find_object(ldif::record const& change, words::name_context const& names,
                           ldif::entry const* before) {
    changed_object made{.dn = change.dn, .object_class = {}};
    look_at_name(made, change.dn);
    made.sid = sid_of_name(change.dn);
    if (made.sid)
        look_at_sid(made);
    if (before == nullptr || before->origin != 0) // not one that the changes made in the place of another
        made.exported = find_exported(names, change.dn);
    if (made.exported != nullptr) {
        look_at_old_name(made);
        look_at_entry(made, names.known);
    }
    if (auto const classes = classes_in(change, made.exported == nullptr ? before : nullptr);
        !classes.empty())
        made.object_class = class_of(classes, names.known);
    return made;
}

} // namespace dsplan::review
