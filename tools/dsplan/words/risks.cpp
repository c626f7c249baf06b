#include <tools/dsplan/words/ace_notes.hpp>
#include <tools/dsplan/words/explanation.hpp>
#include <tools/dsplan/words/judge/ace_judge.hpp>

#include <fmt/format.h>

namespace dsplan::words {
namespace {

// That everybody may change something says nothing new beside what may be changed.
std::vector<ace_danger> told_dangers(directory::schema const& known, sddl::ace const& value,
                                     ace_place const& place, standing of_trustee) {
    auto dangers = dangers_of(known, value, place, of_trustee);
    if (dangers.size() > 1)
        std::erase_if(dangers, [](ace_danger const& each) { return each.rule == "broad-trustee"; });
    return dangers;
}

void add_risks_of_ace(std::vector<risk>& risks, std::size_t index, sddl::ace const& value,
                      sddl::domain_sids const& sids, directory::schema const& known) {
    if (!sddl::is_known_type(value.type)) {
        risks.push_back({index, "nobody can say what an ACE of this type allows"});
        return;
    }
    ace_place const place{.may_be_a_file = true};
    for (auto const& each : told_dangers(known, value, place, standing_of(value.trustee, sids)))
        risks.push_back(
            {index, fmt::format("{}: {}{}", account_name(value.trustee, sids), each.why,
                                sddl::is_callback(value.type) ? " (where its condition holds)" : "")});
}

} // namespace

std::vector<risk> find_risks(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids,
                             directory::schema const& known) {
    std::vector<risk> risks;
    if (dacl_state(descriptor) == sddl::acl_state::null)
        risks.push_back({std::nullopt, "the DACL is NULL: everybody may do everything"});
    if (dacl_state(descriptor) == sddl::acl_state::absent)
        risks.push_back(
            {std::nullopt, "there is no DACL in this value: what it allows cannot be seen from it"});
    if (descriptor.owner && is_nearly_everybody(*descriptor.owner))
        risks.push_back(
            {std::nullopt, "the owner is nearly everybody, and the owner changes the permissions"});
    if (!descriptor.dacl)
        return risks;
    auto const left = rights_left(descriptor, sids, known, object_kind::directory);
    for (std::size_t index = 0; index < left.size(); ++index) {
        auto value = descriptor.dacl->aces[index];
        bool const is_idle = value.mask.bits != 0 && left[index].bits == 0;
        value.mask = left[index];
        if (!is_idle)
            add_risks_of_ace(risks, index, value, sids, known);
    }
    return risks;
}

} // namespace dsplan::words
