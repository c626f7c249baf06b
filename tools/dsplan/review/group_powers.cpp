#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/review/group_powers.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::review {
namespace {

struct power_row {
    std::uint32_t identifier;
    std::string_view words;
};

constexpr std::array<power_row, 7> domain_groups{{
    {512, "full control of the domain, its controllers and, as a rule, every computer in it"},
    {517, "publish certificates of users and computers"},
    {518, "change the schema of the whole forest"},
    {519, "full control of every domain of the forest"},
    {520, "make group policies"},
    {526, "write the keys of every account of the domain (msDS-KeyCredentialLink), and so log on as it"},
    {527, "write the keys of every account of the forest (msDS-KeyCredentialLink), and so log on as it"},
}};
constexpr std::array<power_row, 6> builtin_groups{{
    {544, "full control of the domain and its controllers"},
    {548, "make, change and delete ordinary accounts and groups"},
    {549, "administer domain controllers, and so take over the domain"},
    {550, "load printer drivers on domain controllers, and so take over the domain"},
    {551, "read and replace every file of a domain controller, and so take over the domain"},
    {555, "log on to domain controllers remotely where policy allows it"},
}};

template <std::size_t Count>
std::string_view find(std::array<power_row, Count> const& rows, std::uint32_t identifier) {
    auto const found = std::find_if(rows.begin(), rows.end(), [identifier](power_row const& row) {
        return row.identifier == identifier;
    });
    return found == rows.end() ? std::string_view() : found->words;
}

} // namespace

std::string_view well_known_power(sddl::sid const& group) {
    constexpr sddl::sid builtin{
        .sub_authority_count = 1, .identifier_authority = {0, 0, 0, 0, 0, 5}, .sub_authorities = {32}};
    if (auto const identifier = words::domain_identifier(group); identifier != 0)
        return find(domain_groups, identifier);
    return sddl::domain_of(group) == builtin
               ? find(builtin_groups, sddl::relative_identifier(group).value_or(0))
               : std::string_view();
}

void group_powers::build() {
    is_built_ = true;
    for (auto const& entry : names_.exported->entries()) {
        if (entry.descriptor == nullptr || !entry.descriptor->value || !entry.descriptor->value->dacl)
            continue;
        auto const& aces = entry.descriptor->value->dacl->aces;
        for (std::size_t index = 0; index < aces.size(); ++index)
            if (!aces[index].has(sddl::ace_flag::inherited) && sddl::is_allow(aces[index].type))
                by_trustee_[aces[index].trustee].push_back({&entry, index});
    }
}

std::vector<std::string> group_powers::of(directory::entry const& group) {
    if (!is_built_)
        build();
    constexpr std::size_t at_most = 8;
    std::vector<std::string> told;
    std::size_t left_out = 0;
    auto groups = members_.all_groups_of(group);
    groups.insert(groups.begin(), &group);
    for (auto const* const each : groups) {
        if (!each->sid)
            continue;
        auto const through =
            each == &group ? "" : fmt::format(", through {}", directory::account_name(*each));
        if (auto const words = well_known_power(*each->sid); !words.empty())
            told.push_back(fmt::format("may {}{}", words, through));
        auto const found = by_trustee_.find(*each->sid);
        if (found == by_trustee_.end())
            continue;
        for (auto const& [on, index] : found->second) {
            if (told.size() >= at_most) {
                ++left_out;
                continue;
            }
            auto const ace = words::read_ace(on->descriptor->value->dacl->aces[index], names_);
            told.push_back(fmt::format("has: {} ({}) on {}{}", ace.may, ace.applies_to, on->dn, through));
        }
    }
    if (left_out > 0)
        told.push_back(fmt::format("and {} more ACEs", left_out));
    return told;
}

} // namespace dsplan::review
