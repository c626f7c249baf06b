#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/distinguished_name.hpp>
#include <sddl/well_known_sids.hpp>
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
    auto const type = ldif::without_identifier_prefix(rdn.front().type);
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
        rdns.size() > 1 && (is_named(rdns[1], "CN", "Users") || is_named(rdns[1], "CN", "Builtin") ||
                            is_named(rdns[1], "OU", "Microsoft Exchange Security Groups"));
    if (!has_type(rdns[0], "CN"))
        return;
    auto const* const known = words::find_known_group(rdns[0].front().value);
    if (known != nullptr && is_default_place)
        made.group = known;
    // Built-in groups cannot leave CN=Builtin; Domain Admins may lie in any unit.
    else if (known != nullptr && !known->is_builtin && known->takes_over)
        made.namesake = known;
    made.is_privileged_group = made.group != nullptr && made.group->takes_over;
    made.looks_privileged =
        known == nullptr && is_default_place && words::looks_like_administrators(rdns[0].front().value);
}

// "krbtgt", and "krbtgt_12345" of a read-only domain controller.
bool is_krbtgt_name(std::string_view name) {
    constexpr std::string_view stem = "krbtgt";
    if (!equal_ignoring_case(name.substr(0, stem.size()), stem))
        return false;
    auto const rest = name.substr(stem.size());
    return rest.empty() || (rest.size() > 1 && rest.front() == '_' &&
                            rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

void look_at_account(changed_object& made, name_parts const& rdns) {
    bool const is_in_users = rdns.size() > 2 && is_named(rdns[1], "CN", "Users");
    made.is_krbtgt |= is_in_users && has_type(rdns[0], "CN") && is_krbtgt_name(rdns[0].front().value);
    made.is_administrator |= made.is_krbtgt || (is_in_users && has_type(rdns[0], "CN") &&
                                                words::is_administrator_name(rdns[0].front().value));
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
    made.is_privileged_group = words::takes_over(*made.sid);
    auto const identifier = words::domain_identifier(*made.sid);
    made.is_krbtgt = identifier == sddl::named_rid("krbtgt");
    made.is_administrator = identifier == sddl::named_rid("Administrator") || made.is_krbtgt;
    made.by_name = false;
    made.namesake = nullptr;
    made.looks_privileged = false;
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

// What it was called before all says more than the name that changes gave it.
void look_at_old_name(changed_object& made, std::string_view old_dn) {
    if (ldif::tree_key(made.dn) == ldif::tree_key(old_dn))
        return;
    look_at_name(made, old_dn);
    bool const is_moved =
        ldif::tree_key(ldif::parent_text(made.dn)) != ldif::tree_key(ldif::parent_text(old_dn));
    made.old_name = is_moved ? old_dn : ldif::first_rdn_text(old_dn);
}

} // namespace

bool is_domain_controller(directory::entry const& account) {
    auto const flags = account.number(attribute::user_account_control).value_or(0);
    return (static_cast<std::uint32_t>(flags) &
            (account_control::domain_controller | account_control::read_only_controller)) != 0;
}

changed_object find_object(ldif::record const& change, words::name_context const& names,
                           ldif::entry const* before, std::string const& former_name) {
    changed_object made{.dn = change.dn, .object_class = {}};
    look_at_name(made, change.dn);
    if (auto const well_known = well_known_container_name(change.dn); !well_known.empty())
        look_at_name(made, well_known);
    made.sid = sid_of_name(change.dn);
    if (made.sid)
        look_at_sid(made);
    bool const is_made_before = before != nullptr && before->origin == 0; // in the place of another
    if (!is_made_before)
        made.exported = find_exported(names, change.dn);
    if (made.exported != nullptr) {
        look_at_old_name(made, made.exported->dn);
        look_at_entry(made, names.known);
    } else if (!is_made_before && !former_name.empty()) {
        look_at_old_name(made, former_name);
    }
    if (auto const classes = classes_in(change, made.exported == nullptr ? before : nullptr);
        !classes.empty())
        made.object_class = class_of(classes, names.known);
    return made;
}

} // namespace dsplan::review
