#include <sddl/access_check.hpp>
#include <tools/dsplan/access/lone_trustees.hpp>
#include <tools/dsplan/access/token_classes.hpp>

#include <algorithm>
#include <unordered_map>

namespace dsplan::access {
namespace {

// Which SIDs a bare SID, and which denying ones an object, holds besides itself.
class reverse_holding {
public:
    reverse_holding(std::vector<sddl::sid> const& sids, std::vector<sid_holders> const& holders,
                    std::set<sddl::sid> const& denying) {
        for (std::size_t index = 0; index < sids.size(); ++index) {
            for (auto const& bare : holders[index].bare)
                of_bare_[bare].push_back(sids[index]);
            if (!denying.contains(sids[index]))
                continue;
            for (auto const object : holders[index].objects)
                of_object_[object].push_back(sids[index]);
        }
    }

    [[nodiscard]] sddl::security_token token_of(sddl::sid const& sid,
                                                std::vector<object_index> const& carriers) const {
        auto token = session_of(sid);
        for (auto const& held : session_of(sid)) {
            auto const found = of_bare_.find(held);
            if (found != of_bare_.end())
                token.insert(token.end(), found->second.begin(), found->second.end());
        }
        for (auto const carrier : carriers) {
            auto const found = of_object_.find(carrier);
            if (found != of_object_.end())
                token.insert(token.end(), found->second.begin(), found->second.end());
        }
        return sddl::security_token(std::move(token));
    }

private:
    std::map<sddl::sid, std::vector<sddl::sid>> of_bare_;
    std::unordered_map<object_index, std::vector<sddl::sid>> of_object_;
};

} // namespace

lone_trustees find_lone_trustees(directory_image const& image, std::vector<sddl::sid> const& sids,
                                 std::set<sddl::sid> const& denying) {
    auto const holders = find_holders(image, sids, denying);
    reverse_holding const held(sids, holders, denying);
    lone_trustees made;
    for (std::size_t index = 0; index < sids.size(); ++index) {
        auto const& sid = sids[index];
        auto const& found = holders[index];
        made.unknown.add(found);
        if (!found.outsiders.empty())
            made.outsiders.emplace(sid, found.outsiders);
        bool const is_shown =
            found.accounts && found.incomplete.empty() && found.primary.empty() && found.outsiders.empty();
        if (!is_shown && !found.is_in_no_token && !stands_for_another(sid))
            made.all.push_back({sid, held.token_of(sid, found.carriers), found.carriers});
    }
    return made;
}

bool counts_in(directory_image const& image, lone_trustee const& trustee, std::uint32_t domain) {
    return trustee.carriers.empty() ||
           std::any_of(trustee.carriers.begin(), trustee.carriers.end(),
                       [&](object_index carrier) { return counts_in(image.objects[carrier], domain); });
}

ace_index::ace_index(sddl::security_descriptor const& list) : list_(list) {
    for (std::size_t index = 0; list.dacl && index < list.dacl->aces.size(); ++index)
        by_trustee_[list.dacl->aces[index].trustee].push_back(index);
}

ace_index::selection ace_index::select(sddl::security_token const& token) const {
    selection made;
    made.list.control = list_.control;
    made.list.owner = list_.owner;
    made.list.sacl = list_.sacl; // holds what conditions ask for
    if (!list_.dacl)
        return made;
    auto const add = [&](sddl::sid const& trustee) {
        auto const found = by_trustee_.find(trustee);
        if (found != by_trustee_.end())
            made.places.insert(made.places.end(), found->second.begin(), found->second.end());
    };
    for (auto const& sid : token.sids())
        add(sid);
    add(sddl::owner_rights);
    std::sort(made.places.begin(), made.places.end());
    made.list.dacl.emplace();
    for (auto const place : made.places)
        made.list.dacl->aces.push_back(list_.dacl->aces[place]);
    return made;
}

} // namespace dsplan::access
