#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/review/group_powers.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>
#include <tools/dsplan/words/judge/group_power.hpp>

#include <fmt/format.h>

namespace dsplan::review {
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
        if (auto const words = words::well_known_power(*each->sid); !words.empty())
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
