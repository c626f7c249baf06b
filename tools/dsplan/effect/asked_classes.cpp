#include <tools/dsplan/effect/asked_classes.hpp>
#include <tools/dsplan/effect/asked_trustees.hpp>
#include <tools/dsplan/ground/ascending.hpp>

#include <algorithm>
#include <iterator>

namespace dsplan::effect {

asked_classes::asked_classes(access::token_classes const& tokens, std::vector<sddl::sid> const& sids)
    : tokens_(tokens)
    , sids_(sids)
    , holding_(sids.size())
    , changing_(sids.size()) {
    for (std::uint32_t index = 0; index < tokens.classes.size(); ++index) {
        auto const& asked = tokens.classes[index];
        std::vector<std::uint32_t> differing;
        std::set_symmetric_difference(asked.before.begin(), asked.before.end(), asked.after.begin(),
                                      asked.after.end(), std::back_inserter(differing));
        for (auto const key : differing)
            changing_[key % sids.size()].push_back(index);
        tokens_change_ = tokens_change_ || !differing.empty();
        for (auto const key : asked.before)
            holding_[key % sids.size()].push_back(index);
        for (auto const key : asked.after) {
            if (!std::binary_search(asked.before.begin(), asked.before.end(), key))
                holding_[key % sids.size()].push_back(index);
        }
    }
}

std::vector<std::uint32_t> asked_classes::of(object_group const& group) const {
    std::vector<std::uint32_t> asked;
    for (auto const& sid : group.concerned)
        add(asked, holding_, sid);
    if (tokens_change_)
        add_changing(asked, group);
    sort_and_unite(asked);
    return asked;
}

std::vector<sddl::sid> asked_classes::changing() const {
    std::vector<sddl::sid> made;
    for (std::size_t index = 0; index < sids_.size(); ++index)
        if (!changing_[index].empty())
            made.push_back(sids_[index]);
    return made;
}

void asked_classes::add_changing(std::vector<std::uint32_t>& asked, object_group const& group) const {
    sid_set deciding;
    std::vector<std::uint32_t> holding_an_owner; // what an owner may can hang on groups that no ACE names
    auto const look_at = [&](sddl::security_descriptor const& side) {
        add_deciding_sids(deciding, side);
        if (side.owner)
            add(holding_an_owner, holding_, *side.owner);
    };
    look_at(*group.after);
    if (group.before != group.after)
        look_at(*group.before);
    for (auto const* const above : {group.parents.before.list, group.parents.after.list})
        if (above != nullptr)
            add_deciding_sids(deciding, *above);
    if (group.self)
        deciding.insert(*group.self);
    for (auto const& sid : deciding)
        add(asked, changing_, sid);
    std::copy_if(holding_an_owner.begin(), holding_an_owner.end(), std::back_inserter(asked),
                 [this](auto index) { return tokens_.classes[index].changes(); });
}

void asked_classes::add(std::vector<std::uint32_t>& to, by_sid const& from, sddl::sid const& sid) const {
    auto const place = std::lower_bound(sids_.begin(), sids_.end(), sid);
    if (place == sids_.end() || *place != sid)
        return;
    auto const& found = from[static_cast<std::size_t>(place - sids_.begin())];
    to.insert(to.end(), found.begin(), found.end());
}

} // namespace dsplan::effect
