#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/paths/candidate_trustees.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace dsplan::paths {
namespace {

// Who stands for nobody in particular, or is the directory itself: no source of a way.
constexpr std::array no_sources{
    sddl::well_known(5, {18}), sddl::well_known(3, {0}), sddl::well_known(3, {1}),
    sddl::well_known(3, {4}),  sddl::well_known(5, {9}), sddl::well_known(5, {10}),
};

bool is_no_source(sddl::sid const& sid) {
    return std::find(no_sources.begin(), no_sources.end(), sid) != no_sources.end();
}

// What the allow ACEs of a trustee may come to.
struct named_trustee {
    sddl::access_mask mask{};
    std::vector<sddl::sid> conditions{}; // SIDs that they ask for
};

std::map<sddl::sid, named_trustee> trustees_in(sddl::security_descriptor const& list) {
    std::map<sddl::sid, named_trustee> made;
    if (list.owner)
        made[*list.owner].mask = sddl::right_write_dac;
    if (!list.dacl) {
        made[access::everyone].mask = sddl::directory_full_control;
        return made;
    }
    for (auto const& value : list.dacl->aces) {
        if (!sddl::is_allow(value.type) || value.has(sddl::ace_flag::inherit_only))
            continue;
        auto& named = made[value.trustee];
        named.mask = named.mask | sddl::map_generic(value.mask);
        auto const deciding = access::deciding_sids(value);
        named.conditions.insert(named.conditions.end(), deciding.begin(), deciding.end());
    }
    return made;
}

} // namespace

candidate_trustees::candidate_trustees(directory_side const& side, account_facts const& facts,
                                       control_judge const& judge, tier_zero const& holders)
    : side_(side)
    , facts_(facts)
    , judge_(judge)
    , holders_(holders)
    , carriers_(access::carriers_in(side.image)) {}

// Who needs no way: the directory itself, tier 0, and its groups that the export lacks.
bool candidate_trustees::need_no_way(sddl::sid const& trustee) const {
    return is_no_source(trustee) || holders_.sids.contains(trustee) ||
           (is_tier_zero(trustee) && !carriers_.contains(trustee));
}

std::optional<sddl::security_token> candidate_trustees::token_of(sddl::sid const& trustee,
                                                                 std::uint32_t domain) const {
    std::vector<sddl::sid> sids{trustee};
    bool is_carried = false;
    bool counts = false;
    auto const [first, last] = carriers_.equal_range(trustee);
    for (auto carrier = first; carrier != last; ++carrier) {
        auto const& is = side_.image.objects[carrier->second];
        if (is.exported->sid != trustee)
            continue;
        is_carried = true;
        counts = counts || is.scope != directory::group_scope::nowhere;
        auto const found = side_.tokens.classes().class_of[carrier->second];
        if (found == access::no_class)
            continue;
        auto const& more = side_.token_of(found, domain).sids();
        sids.insert(sids.end(), more.begin(), more.end());
    }
    if (is_carried && !counts)
        return std::nullopt; // a distribution group is in no token
    if (auto const bare = side_.tokens.class_of_bare(trustee); bare != access::no_class) {
        auto const& more = side_.token_of(bare, domain).sids();
        sids.insert(sids.end(), more.begin(), more.end());
    }
    return sddl::security_token(std::move(sids));
}

std::vector<candidate> candidate_trustees::find(object_index object) const {
    std::vector<candidate> made;
    for (auto const& [trustee, named] : trustees_in(*side_.list_of(object))) {
        if (need_no_way(trustee))
            continue;
        auto const rows = rows_for(object, named.mask);
        auto const own = rows.empty() ? std::nullopt : token_of(trustee, side_.image.objects[object].domain);
        if (!own)
            continue;
        auto sids = own->sids();
        sids.insert(sids.end(), named.conditions.begin(), named.conditions.end());
        sddl::security_token const token(std::move(sids));
        for (auto const row : rows)
            if (judge_.may(row, object, token))
                made.push_back({trustee, static_cast<std::uint32_t>(row)});
    }
    return made;
}

// The rights that mean something on the object, and that bits of the mask may give.
std::vector<std::size_t> candidate_trustees::rows_for(object_index object, sddl::access_mask mask) const {
    auto const rows = right_rows();
    auto const is = facts_.targets_of(object);
    std::vector<std::size_t> made;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        bool const is_meant = rows[row].targets == on::any || (rows[row].targets & is) != 0;
        if (is_meant && (judge_.rights_of(row) & mask).bits != 0)
            made.push_back(row);
    }
    return made;
}

} // namespace dsplan::paths
