#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/unknown_members.hpp>
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace dsplan::directory {
namespace {

// What an account's primary group is unless somebody changed it: Domain Users, Guests, Computers,
// Controllers, Read-only Domain Controllers. [MS-SAMR] 3.1.1.8.1
constexpr std::array<std::uint32_t, 5> usual_primary_groups{513, 514, 515, 516, 521};

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

std::string unknown_primary_group(entry const& account, std::set<sddl::sid> const& asked) {
    auto const home = account.sid ? sddl::domain_of(*account.sid) : std::nullopt;
    bool const has_one = account.is_a("user") || account.is_a("computer");
    if (!home || !has_one || account.number(attribute::primary_group_id))
        return {};
    for (auto const rid : usual_primary_groups) {
        auto const group = sddl::with_relative_identifier(*home, rid);
        if (group && asked.contains(*group))
            return fmt::format("the export has no primaryGroupID of {}: its primary group may be {}",
                               account_name(account), account_name(*group));
    }
    return {};
}

} // namespace dsplan::directory
