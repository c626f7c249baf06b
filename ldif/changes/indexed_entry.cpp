#include <ldif/changes/indexed_entry.hpp>
#include <ldif/text/name_folding.hpp>

#include <iterator>
#include <utility>

namespace dsplan::ldif {

indexed_entry::indexed_entry(entry whole) {
    auto attributes = std::exchange(whole.attributes, {});
    head_ = std::move(whole);
    for (auto& it : attributes)
        part(it.description).attributes.push_back(std::move(it));
}

entry& indexed_entry::part(std::string_view description) {
    auto const [place, is_new] = places_.try_emplace(lower_case(description), parts_.size());
    if (is_new)
        parts_.push_back(head_);
    return parts_[place->second];
}

entry indexed_entry::only(std::set<std::string> const& descriptions) const {
    std::set<std::size_t> found;
    for (auto const& it : descriptions)
        if (auto const place = places_.find(it); place != places_.end())
            found.insert(place->second);
    auto made = head_;
    for (auto const place : found)
        made.attributes.insert(made.attributes.end(), parts_[place].attributes.begin(),
                               parts_[place].attributes.end());
    return made;
}

entry indexed_entry::whole() && {
    auto made = std::move(head_);
    for (auto& it : parts_)
        std::move(it.attributes.begin(), it.attributes.end(), std::back_inserter(made.attributes));
    return made;
}

} // namespace dsplan::ldif
