#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/value_tests.hpp>
#include <tools/dsplan/words/judge/group_power.hpp>

#include <fmt/format.h>

#include <algorithm>

/// Values that are the name of another account.
namespace dsplan::review::value_tests {
namespace {

using directory::attribute;

// "DC1" of "cifs/dc1.contoso.com:1433/extra", of "dc1.contoso.com" and of "DC1$".
std::string_view host_label(std::string_view value) {
    if (auto const slash = value.find('/'); slash != std::string_view::npos)
        value.remove_prefix(slash + 1);
    value = value.substr(0, value.find_first_of(":/."));
    return !value.empty() && value.back() == '$' ? value.substr(0, value.size() - 1) : value;
}

// The other computer account of the base that is called so; null where there is none.
directory::entry const* find_computer(value_change const& change, std::string_view label) {
    if (change.names == nullptr || change.names->exported == nullptr || label.empty())
        return nullptr;
    for (auto const& each : change.names->exported->entries()) {
        auto const name = each.first(attribute::sam_account_name);
        if (name && name->size() == label.size() + 1 && name->back() == '$' &&
            equal_ignoring_case(name->substr(0, label.size()), label) && &each != change.object.exported)
            return &each;
    }
    return nullptr;
}

std::string taken_text(value_change const& change, std::string_view value, directory::entry const& other) {
    return fmt::format("{} {} is that of {}", change.attribute, value, other.dn);
}

// By its class, or, where no base says it, by its place.
bool is_computer(changed_object const& object) {
    if (!object.object_class.empty())
        return equal_ignoring_case(object.object_class, "computer");
    auto const container = ldif::first_rdn_text(ldif::parent_text(object.dn));
    return equal_ignoring_case(container, "CN=Computers") ||
           equal_ignoring_case(container, "OU=Domain Controllers");
}

bool has_base(value_change const& change) {
    return change.names != nullptr && change.names->exported != nullptr;
}

// Without a base a computer may have its own name, and every other one may be somebody else's.
std::string other_host(value_change const& change) {
    if (!is_computer(change.object))
        return {};
    for (auto const value : change.coming())
        if (auto const label = host_label(value); !equal_ignoring_case(label, change.object.first_name))
            return fmt::format(
                "whether {} is the name of another computer, the review cannot see without a base", value);
    return {};
}

} // namespace

std::string takes_name_of_controller(value_change const& change) {
    for (auto const value : change.coming()) {
        auto const* const other = find_computer(change, host_label(value));
        if (other != nullptr && is_domain_controller(*other))
            return taken_text(change, value, *other);
    }
    bool const is_own_name = !equal_ignoring_case(change.attribute, "servicePrincipalName");
    if (change.object.is_domain_controller && is_own_name && !change.is_new_object &&
        (!change.coming().empty() || change.removes_all()))
        return fmt::format("{} of a domain controller changes", change.attribute);
    return {};
}

std::string takes_name_of_computer(value_change const& change) {
    for (auto const value : change.coming()) {
        auto const* const other = find_computer(change, host_label(value));
        if (other != nullptr && !is_domain_controller(*other))
            return taken_text(change, value, *other);
    }
    return has_base(change) ? std::string() : other_host(change);
}

std::string computer_without_dollar(value_change const& change) {
    for (auto const value : change.coming())
        if (is_computer(change.object) && !value.empty() && value.back() != '$')
            return fmt::format("the computer is called {}, without a $ at the end", value);
    return {};
}

std::string takes_logon_name(value_change const& change) {
    auto const coming = change.coming();
    if (coming.empty() || coming.front().empty())
        return {};
    auto const value = coming.front();
    if (value.find('@') == std::string_view::npos)
        return fmt::format("{} has no @: it may be the name of another account", value);
    auto const name = value.substr(0, value.find('@'));
    if (!has_base(change))
        return !change.object.is_administrator &&
                       (words::is_administrator_name(name) || equal_ignoring_case(name, "krbtgt"))
                   ? fmt::format("{} is called as the built-in account", value)
                   : std::string();
    for (auto const& each : change.names->exported->entries()) {
        if (&each == change.object.exported || !each.sid)
            continue;
        auto const principal = each.first(attribute::user_principal_name);
        auto const account = each.first(attribute::sam_account_name);
        if ((principal && equal_ignoring_case(*principal, value)) ||
            (account && !each.is_a("group") && equal_ignoring_case(*account, name)))
            return fmt::format("{} is the logon name of {}", value, each.dn);
    }
    return {};
}

std::string delegates_to_controller(value_change const& change) {
    for (auto const value : change.coming()) {
        auto const* const other = find_computer(change, host_label(value));
        bool const is_krbtgt = value.size() >= 6 && equal_ignoring_case(value.substr(0, 6), "krbtgt");
        if (is_krbtgt || (other != nullptr && is_domain_controller(*other)))
            return fmt::format("{} is a service of a domain controller", value);
    }
    return {};
}

} // namespace dsplan::review::value_tests
