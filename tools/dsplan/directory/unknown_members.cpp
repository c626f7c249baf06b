#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/unknown_members.hpp>
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace dsplan::directory {
namespace {

// What an account's primary group is unless somebody changed it. [MS-SAMR] 3.1.1.8.1
constexpr std::array of_users{sddl::named_rid("Domain Users"), sddl::named_rid("Domain Guests")};
constexpr std::array of_computers{sddl::named_rid("Domain Computers"), sddl::named_rid("Domain Controllers"),
                                  sddl::named_rid("Read-only Domain Controllers")};

template <std::size_t Count>
bool holds(std::array<std::uint32_t, Count> const& identifiers, sddl::sid const& group) {
    auto const rid = sddl::relative_identifier(group);
    return rid && std::find(identifiers.begin(), identifiers.end(), *rid) != identifiers.end();
}

} // namespace

std::string text_of(entry const& group, outside_members const& outside) {
    constexpr std::size_t shown_at_most = 3;
    auto const name = account_name(group);
    if (outside.names.empty())
        return fmt::format("the export holds only some of the members of {}: the list was cut off", name);
    std::string names;
    auto const shown = std::min(outside.names.size(), shown_at_most);
    for (std::size_t index = 0; index < shown; ++index) {
        names += index == 0 ? "" : "; ";
        names += outside.names[index];
    }
    return fmt::format(
        "{} of {} {} not in the export: {}{}{}", counted(outside.names.size(), "member", "members"), name,
        outside.names.size() == 1 ? "is" : "are", names, outside.names.size() > shown ? "; …" : "",
        outside.is_cut_off ? "; and the list of its members was cut off" : "");
}

std::string unknown_type_text(entry const& group) {
    return fmt::format("the export has no groupType of {}: its members get nothing by it if it is a "
                       "distribution group",
                       account_name(group));
}

bool lacks_primary_group(entry const& account) {
    bool const has_one = account.is_a("user") || account.is_a("computer");
    return has_one && account.sid && sddl::domain_of(*account.sid) &&
           !account.number(attribute::primary_group_id);
}

bool is_usual_primary_group(sddl::sid const& group) {
    return sddl::domain_of(group) && (holds(of_users, group) || holds(of_computers, group));
}

bool may_be_primary_group(sddl::sid const& group, entry const& account) {
    bool const is_of_kind = account.is_a("computer") ? holds(of_computers, group) : holds(of_users, group);
    return is_of_kind && account.sid && sddl::domain_of(group) == sddl::domain_of(*account.sid);
}

std::string unknown_primary_text(std::vector<entry const*> const& accounts, sddl::sid const& group) {
    constexpr std::size_t shown_at_most = 3;
    std::string names;
    for (std::size_t index = 0; index < std::min(accounts.size(), shown_at_most); ++index)
        names += (index == 0 ? "" : "; ") + account_name(*accounts[index]);
    if (accounts.size() > 1)
        names = fmt::format("{} ({}{})", counted(accounts.size(), "account", "accounts"), names,
                            accounts.size() > shown_at_most ? "; …" : "");
    return fmt::format("the export has no primaryGroupID of {}: {} primary group may be {}", names,
                       accounts.size() == 1 ? "its" : "their", account_name(group));
}

} // namespace dsplan::directory
