#include <tools/dsplan/access/holder_search.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/directory/unknown_members.hpp>
#include <tools/dsplan/ground/ascending.hpp>

#include <algorithm>
#include <set>
#include <span>
#include <utility>

namespace dsplan::access {
namespace {

template <class Value>
void unite(std::vector<Value>& into, std::vector<Value> const& other) {
    if (other.empty())
        return;
    into.insert(into.end(), other.begin(), other.end());
    sort_and_unite(into);
}

// Accounts that hold one of the groups if it is their primary group, which is not known.
std::map<sddl::sid, std::vector<object_index>> possible_members(directory_image const& image,
                                                                std::vector<sddl::sid> const& usual_primary,
                                                                std::vector<object_index> held_by) {
    std::map<sddl::sid, std::vector<object_index>> made;
    if (usual_primary.empty() || image.without_primary_group.empty())
        return made;
    std::sort(held_by.begin(), held_by.end());
    for (auto const& group : usual_primary) {
        for (auto const account : image.without_primary_group) {
            bool const is_possible = !image.objects[account].is_deleted &&
                                     !std::binary_search(held_by.begin(), held_by.end(), account) &&
                                     directory::may_be_primary_group(group, *image.objects[account].exported);
            if (is_possible)
                made[group].push_back(account);
        }
    }
    return made;
}

// Calls `use` with what is in the group: objects, and accounts whose primary group is a SID in it.
template <class Use>
void for_each_below(directory_image const& image, object_index group, Use const& use) {
    for (auto const member : image.members[group])
        use(member);
    auto const outside = image.outside.find(group);
    if (outside == image.outside.end())
        return;
    for (auto const& sid : outside->second.sids) {
        auto const members = image.primary_members.find(sid);
        if (members != image.primary_members.end())
            std::for_each(members->second.begin(), members->second.end(), use);
    }
}

} // namespace

bool holder_summary::everybody() const {
    return std::any_of(bare.begin(), bare.end(), directory::is_everybody);
}

void holder_summary::add(holder_summary const& other) {
    unite(bare, other.bare);
    unite(outsiders, other.outsiders);
    unite(incomplete, other.incomplete);
    unite(untyped, other.untyped);
    unite(usual_primary, other.usual_primary);
    accounts |= other.accounts;
}

sid_carriers carriers_in(directory_image const& image) {
    sid_carriers made;
    made.reserve(image.objects.size());
    for (object_index object = 0; object < image.objects.size(); ++object) {
        auto const* const exported = image.objects[object].exported;
        if (exported == nullptr || image.objects[object].is_deleted)
            continue;
        if (exported->sid)
            made.emplace(*exported->sid, object);
        exported->for_each(directory::attribute::sid_history, [&](std::string_view octets) {
            if (auto const sid = sddl::read_sid(std::as_bytes(std::span(octets))))
                made.emplace(*sid, object);
        });
    }
    return made;
}

holder_search::holder_search(directory_image const& image, std::uint32_t domain)
    : image_(image)
    , domain_(domain)
    , carriers_(carriers_in(image))
    , kinds_(image.objects.size())
    , seen_(image.objects.size()) {
    for (object_index object = 0; object < image.objects.size(); ++object)
        kinds_[object] = kind_of(object);
}

holder_search::kind holder_search::kind_of(object_index object) const {
    auto const* const exported = image_.objects[object].exported;
    if (exported == nullptr || image_.objects[object].is_deleted)
        return kind::other;
    if (is_account(image_, object))
        return kind::account;
    if (exported->sid && directory::is_everybody(*exported->sid))
        return kind::in_every_token;
    if (exported->sid && exported->is_a("foreignSecurityPrincipal"))
        return kind::foreign;
    if (exported->sid && directory::is_usual_primary_group(*exported->sid))
        return kind::usual_primary_group; // always a security group
    return directory::lacks_group_type(*exported) ? kind::untyped_group : kind::other;
}

bool holder_search::counts(object_index object) const {
    auto const& is = image_.objects[object];
    return !is.is_deleted && counts_in(is, domain_);
}

std::vector<object_index> holder_search::starts_of(sddl::sid const& sid) const {
    std::vector<object_index> made;
    auto const [first, last] = carriers_.equal_range(sid);
    for (auto carrier = first; carrier != last; ++carrier)
        if (counts(carrier->second))
            made.push_back(carrier->second);
    if (auto const members = image_.primary_members.find(sid); members != image_.primary_members.end())
        std::copy_if(members->second.begin(), members->second.end(), std::back_inserter(made),
                     [this](object_index member) { return counts(member); });
    return made;
}

std::vector<object_index> holder_search::below(object_index group) const {
    std::vector<object_index> made;
    for_each_below(image_, group, [&](object_index member) {
        if (counts(member))
            made.push_back(member);
    });
    return made;
}

// The carriers of the SIDs and what is below them, each behind what it holds, but for rings.
std::vector<object_index> holder_search::deepest_first(std::vector<sddl::sid> const& sids) {
    struct step {
        object_index object;
        std::vector<object_index> below;
        std::size_t next = 0;
    };
    std::vector<object_index> order;
    std::vector<step> path;
    ++round_;
    auto const enter = [&](object_index object) {
        if (!known_.contains(object) && std::exchange(seen_[object], round_) != round_)
            path.push_back({object, below(object)});
    };
    for (auto const& sid : sids) {
        for (auto const start : starts_of(sid)) {
            enter(start);
            while (!path.empty()) {
                auto& top = path.back();
                if (top.next < top.below.size()) {
                    enter(top.below[top.next++]);
                    continue;
                }
                if (!top.below.empty() || image_.outside.contains(top.object))
                    order.push_back(top.object);
                path.pop_back();
            }
        }
    }
    return order;
}

std::vector<holder_summary> holder_search::summaries(std::vector<sddl::sid> const& sids) {
    for (auto const group : deepest_first(sids))
        known_.emplace(group, summary_from({group}, true));
    std::vector<holder_summary> made;
    for (auto const& sid : sids) {
        auto found = summary_from(starts_of(sid), false);
        unite(found.bare, {sid});
        if (directory::is_usual_primary_group(sid))
            unite(found.usual_primary, {sid});
        made.push_back(std::move(found));
    }
    return made;
}

holder_summary holder_search::summary_from(std::vector<object_index> const& starts, bool keeps) {
    holder_summary made;
    std::vector<object_index> waiting;
    ++round_;
    auto const reach = [&](object_index object) {
        if (std::exchange(seen_[object], round_) == round_)
            return;
        if (auto const known = known_.find(object); known != known_.end())
            made.add(known->second);
        else
            waiting.push_back(object);
    };
    std::for_each(starts.begin(), starts.end(), reach);
    for (std::size_t next = 0; next < waiting.size(); ++next) {
        auto const object = waiting[next];
        note(made, object);
        for (auto const member : below(object))
            reach(member);
    }
    if (!keeps)
        return made;
    for (auto* const names : {&made.incomplete, &made.untyped})
        std::sort(names->begin(), names->end());
    return made;
}

void holder_search::note(holder_summary& made, object_index object) const {
    auto const& exported = *image_.objects[object].exported;
    switch (kinds_[object]) {
    case kind::account:
        made.accounts = true;
        break;
    case kind::in_every_token:
        made.bare.push_back(*exported.sid);
        break;
    case kind::foreign:
        made.outsiders.push_back(*exported.sid);
        break;
    case kind::usual_primary_group:
        made.usual_primary.push_back(*exported.sid);
        break;
    case kind::untyped_group:
        made.untyped.push_back(object);
        break;
    case kind::other:
        break;
    }
    auto const outside = image_.outside.find(object);
    if (outside == image_.outside.end())
        return;
    if (!outside->second.are_known())
        made.incomplete.push_back(object);
    for (auto const& sid : outside->second.sids) {
        made.bare.push_back(sid);
        if (!directory::is_everybody(sid))
            made.outsiders.push_back(sid);
    }
}

std::vector<object_index> holder_search::objects_of(sddl::sid const& sid) {
    ++round_;
    std::vector<object_index> made;
    auto const reach = [&](object_index object) {
        if (std::exchange(seen_[object], round_) != round_)
            made.push_back(object);
    };
    auto const starts = starts_of(sid);
    std::for_each(starts.begin(), starts.end(), reach);
    for (std::size_t next = 0; next < made.size(); ++next)
        for (auto const member : below(made[next]))
            reach(member);
    return made;
}

std::vector<object_index> holder_search::carriers_of(sddl::sid const& sid) const {
    std::vector<object_index> made;
    auto const [first, last] = carriers_.equal_range(sid);
    for (auto carrier = first; carrier != last; ++carrier)
        if (image_.objects[carrier->second].exported->sid == sid)
            made.push_back(carrier->second);
    return made;
}

sids_above::sids_above(directory_image const& image, sid_carriers const& carriers,
                       std::vector<sddl::sid> const& sids)
    : image_(image)
    , seen_(image.objects.size()) {
    std::vector<object_index> waiting;
    ++round_;
    auto const reach = [&](object_index object) {
        auto const& is = image.objects[object];
        bool const counts = !is.is_deleted && counts_in(is, any_domain);
        if (counts && std::exchange(seen_[object], round_) != round_)
            waiting.push_back(object);
    };
    for (std::uint32_t index = 0; index < sids.size(); ++index) {
        auto const start = [&](object_index object) {
            own_[object].push_back(index);
            reach(object);
        };
        auto const [first, last] = carriers.equal_range(sids[index]);
        for (auto carrier = first; carrier != last; ++carrier)
            start(carrier->second);
        auto const members = image.primary_members.find(sids[index]);
        if (members != image.primary_members.end())
            std::for_each(members->second.begin(), members->second.end(), start);
    }
    for (std::size_t next = 0; next < waiting.size(); ++next) {
        auto const group = waiting[next];
        for_each_below(image, group, [&](object_index member) {
            above_[member].push_back(group);
            reach(member);
        });
    }
}

std::vector<std::uint32_t> sids_above::of(object_index object, std::uint32_t domain) {
    std::vector<std::uint32_t> made;
    std::vector<object_index> waiting;
    ++round_;
    auto const reach = [&](object_index next) {
        auto const& is = image_.objects[next];
        bool const counts = !is.is_deleted && counts_in(is, domain);
        if (counts && std::exchange(seen_[next], round_) != round_)
            waiting.push_back(next);
    };
    reach(object);
    for (std::size_t next = 0; next < waiting.size(); ++next) {
        if (auto const own = own_.find(waiting[next]); own != own_.end())
            made.insert(made.end(), own->second.begin(), own->second.end());
        if (auto const above = above_.find(waiting[next]); above != above_.end())
            std::for_each(above->second.begin(), above->second.end(), reach);
    }
    sort_and_unite(made);
    return made;
}

std::vector<sid_holders> find_holders(directory_image const& image, std::vector<sddl::sid> const& sids,
                                      std::set<sddl::sid> const& with_objects) {
    holder_search search(image, any_domain);
    return find_holders(search, sids, with_objects);
}

std::vector<sid_holders> find_holders(holder_search& search, std::vector<sddl::sid> const& sids,
                                      std::set<sddl::sid> const& with_objects) {
    auto const& image = search.image();
    auto summaries = search.summaries(sids);
    std::vector<sid_holders> made;
    for (std::size_t index = 0; index < sids.size(); ++index) {
        auto const& sid = sids[index];
        auto& found = summaries[index];
        bool const may_miss_some = !found.usual_primary.empty() && !image.without_primary_group.empty();
        auto objects = may_miss_some || with_objects.contains(sid) ? search.objects_of(sid)
                                                                   : std::vector<object_index>{};
        auto const carriers = search.carriers_of(sid);
        bool const is_in_no_token =
            !carriers.empty() && std::all_of(carriers.begin(), carriers.end(), [&](object_index object) {
                return image.objects[object].scope == directory::group_scope::nowhere;
            });
        std::erase(found.outsiders, sid);
        std::sort(found.outsiders.begin(), found.outsiders.end());
        auto primary = possible_members(image, found.usual_primary, objects);
        made.push_back({.accounts = found.accounts,
                        .everybody = found.everybody(),
                        .is_in_no_token = is_in_no_token,
                        .carriers = carriers,
                        .objects = std::move(objects),
                        .bare = std::move(found.bare),
                        .incomplete = std::move(found.incomplete),
                        .outsiders = std::move(found.outsiders),
                        .untyped = std::move(found.untyped),
                        .primary = std::move(primary)});
    }
    return made;
}

} // namespace dsplan::access
