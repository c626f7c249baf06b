#include <tools/dsplan/paths/control_graph.hpp>
#include <tools/dsplan/paths/forest_edges.hpp>
#include <tools/dsplan/paths/tier_zero.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace dsplan::paths {
namespace {

constexpr std::uint32_t unreached = UINT32_MAX;
constexpr std::size_t kept_of_each = 256; // edges of a node; more are looked for when they are needed

bool is_protected(sddl::security_descriptor const& list) {
    return list.has(sddl::control_bit::dacl_protected);
}

} // namespace

control_graph::control_graph(directory_side const& side, account_facts const& facts,
                             control_judge const& judge, tier_zero const& holders)
    : side_(side)
    , facts_(facts)
    , holders_(holders)
    , trustees_(side, facts, judge, holders)
    , of_values_(side, facts)
    , policies_(side, facts) {
    add_forest_edges(of_forest_, side, facts, judge);
}

void control_graph::search(std::vector<object_index> const& targets) {
    is_target_.assign(side_.image.objects.size(), false);
    for (auto& of_aspect : distances_)
        of_aspect.assign(side_.image.objects.size(), unreached);
    for (auto& of_aspect : was_popped_)
        of_aspect.assign(side_.image.objects.size(), false);
    for (auto const target : targets) {
        is_target_[target] = true;
        auto const& is = side_.image.objects[target];
        if (is.exported->sid && is.scope != directory::group_scope::nowhere &&
            words::domain_identifier(*is.exported->sid) != domain_controllers_group)
            targets_.emplace(*is.exported->sid, target);
        relax({target}, 0, false);
        relax({target, aspect::policy_link}, 0, false);
    }
    while (!waiting_.empty()) {
        auto const node = waiting_.front();
        waiting_.pop_front();
        pop(node);
    }
    sort_edges();
}

std::optional<std::uint32_t> control_graph::distance(control_node const& of) const {
    auto const found = distances_[static_cast<std::size_t>(of.what)][of.object];
    return found == unreached ? std::nullopt : std::optional(found);
}

object_index const* control_graph::target_of(sddl::sid const& sid) const {
    auto const found = targets_.find(sid);
    return found == targets_.end() ? nullptr : &found->second;
}

std::vector<trustee_edge> const* control_graph::edges_of(sddl::sid const& trustee) const {
    auto const found = edges_.find(trustee);
    return found == edges_.end() ? nullptr : &found->second;
}

std::vector<value_edge> const* control_graph::values_of(sddl::sid const& trustee) const {
    auto const found = values_.find(trustee);
    return found == values_.end() ? nullptr : &found->second;
}

std::vector<plain_edge> const* control_graph::plain_edges_of(control_node const& from) const {
    auto const found = plain_.find(from);
    return found == plain_.end() ? nullptr : &found->second;
}

bool control_graph::leads_anywhere(sddl::sid const& trustee) const {
    return edges_.contains(trustee) || values_.contains(trustee) || targets_.contains(trustee);
}

void control_graph::relax(control_node const& node, std::uint32_t distance, bool first) {
    auto& known = distances_[static_cast<std::size_t>(node.what)][node.object];
    if (known <= distance)
        return;
    known = distance;
    if (first)
        waiting_.push_front(node);
    else
        waiting_.push_back(node);
}

// The holders of tier 0 need no way to it.
void control_graph::relax_trustee(sddl::sid const& trustee, std::uint32_t distance) {
    auto const [first, last] = trustees_.carriers().equal_range(trustee);
    std::set<object_index> carriers; // in a fixed order
    for (auto carrier = first; carrier != last; ++carrier)
        if (!holders_.contains(carrier->second) && !side_.image.objects[carrier->second].is_deleted)
            carriers.insert(carrier->second);
    for (auto const carrier : carriers)
        relax({carrier}, distance, false);
    auto const members = side_.image.primary_members.find(trustee);
    if (members != side_.image.primary_members.end() && !words::is_nearly_everybody(trustee))
        for (auto const member : members->second)
            relax({member}, distance, false);
}

void control_graph::pop(control_node const& node) {
    auto const aspect_index = static_cast<std::size_t>(node.what);
    auto const distance = distances_[aspect_index][node.object];
    bool const is_first = !was_popped_[aspect_index][node.object];
    was_popped_[aspect_index][node.object] = true;
    take_list(node, distance);
    if (node.what == aspect::object) {
        take_members(node.object, distance);
        take_values(node.object, distance);
    }
    each_plain_edge_to(node, [&](control_node const& from, plain_edge const& edge) {
        add_plain(from, edge, is_first);
        bool const is_account = from.what == aspect::object && holders_.contains(from.object);
        bool const is_step = is_action(edge.kind);
        if (!is_account)
            relax(from, distance + (is_step ? 1U : 0U), !is_step);
    });
}

// What values and the forest make, what is granted on containers above, and policies.
template <class Take>
void control_graph::each_plain_edge_to(control_node const& node, Take const& take) const {
    for (auto const* const edges : std::array<pointing_edges const*, 2>{&of_values_.pointing(), &of_forest_})
        for (auto const& [from, edge] : edges->leading_to(node))
            take(from, edge);
    if (node.what != aspect::object)
        return;
    auto const is = facts_.targets_of(node.object);
    bool const is_container = (is & (on::containers | on::domain_roots)) != 0;
    if (!is_container || is_target_[node.object])
        each_container_over(node.object, [&](object_index above) {
            take({above}, {{node.object}, edge_kind::inherits});
        });
    bool const takes_policies = (is & (on::users | on::computers)) != 0 && !facts_.is_krbtgt(node.object);
    if (takes_policies || (is_container && is_target_[node.object]))
        for (auto const& from : policies_.running_on(node.object))
            take(from, {{node.object}, edge_kind::policy});
}

void control_graph::take_members(object_index group, std::uint32_t distance) {
    auto const& is = side_.image.objects[group];
    bool const counts = is.exported->sid && is.scope != directory::group_scope::nowhere;
    if (!counts || holds_everybody(side_.image, group))
        return;
    for (auto const member : side_.image.members[group])
        if (!holders_.contains(member) && !side_.image.objects[member].is_deleted)
            relax({member}, distance, true);
    auto const [first, last] = trustees_.carriers().equal_range(*is.exported->sid);
    for (auto carrier = first; carrier != last; ++carrier)
        if (!holders_.contains(carrier->second))
            relax({carrier->second}, distance, true);
}

void control_graph::take_values(object_index object, std::uint32_t distance) {
    auto const* const found = of_values_.held_on(object);
    if (found == nullptr)
        return;
    for (auto const& held : *found) {
        auto const& trustee = held.first;
        auto const& edge = held.second;
        if (trustees_.need_no_way(trustee))
            continue;
        auto& edges = values_[trustee];
        if (std::none_of(edges.begin(), edges.end(),
                         [&](value_edge const& each) { return each.list == edge.list; }))
            edges.push_back(edge);
        relax_trustee(trustee, distance + 1);
    }
}

void control_graph::take_list(control_node const& node, std::uint32_t distance) {
    auto const* const list = side_.list_of(node.object);
    auto const& is = side_.image.objects[node.object];
    if (list == nullptr || side_.classes_of(node.object) == nullptr)
        return;
    pair_key const key(list, is.classes, is.domain, node.what);
    auto const [pair, is_new] = pair_of_.try_emplace(key, static_cast<std::uint32_t>(pairs_.size()));
    if (is_new) {
        pairs_.push_back({list, is.classes, is.domain, node.what});
        auto& found = candidates_[pair->second] = trustees_.find(node.object);
        std::erase_if(found, [&](candidate const& each) {
            return node_of(right_rows()[each.row].kind, node.object).what != node.what;
        });
        for (auto const& each : found)
            edges_[each.trustee].push_back({pair->second, each.row});
    }
    pairs_[pair->second].objects.push_back(node.object);
    for (auto const& each : candidates_[pair->second])
        relax_trustee(each.trustee, distance + 1);
}

// The edges to a node are found together, when it is popped for the first time: what is known of them is
// last.
void control_graph::add_plain(control_node const& from, plain_edge const& edge, bool is_first) {
    if (!is_first)
        return;
    auto& edges = plain_[from];
    for (auto known = edges.rbegin(); known != edges.rend() && known->to == edge.to; ++known)
        if (known->kind == edge.kind)
            return;
    if (edges.size() < kept_of_each)
        edges.push_back(edge);
    else
        more_.insert(from);
}

std::vector<plain_edge> const& control_graph::more_plain_edges_of(control_node const& from) const {
    auto const [found, is_new] = again_.try_emplace(from);
    if (!is_new)
        return found->second;
    auto const& kept = plain_.at(from);
    std::vector<std::pair<std::uint32_t, plain_edge>> made;
    for (std::size_t what = 0; what < aspect_count; ++what)
        for (object_index object = 0; object < side_.image.objects.size(); ++object) {
            auto const reached = distances_[what][object];
            if (reached == unreached)
                continue;
            control_node const to{object, static_cast<aspect>(what)};
            each_plain_edge_to(to, [&](control_node const& tail, plain_edge const& edge) {
                bool const is_missing =
                    tail == from && std::none_of(kept.begin(), kept.end(), [&](plain_edge const& each) {
                        return each.to == edge.to && each.kind == edge.kind;
                    });
                if (is_missing)
                    made.emplace_back(reached, edge);
            });
        }
    std::stable_sort(made.begin(), made.end(),
                     [](auto const& a, auto const& b) { return a.first < b.first; });
    for (auto const& [distance, edge] : made)
        found->second.push_back(edge);
    return found->second;
}

// Those from which an inheritable ACE arrives, as far as no list is protected.
template <class Take>
void control_graph::each_container_over(object_index object, Take const& take) const {
    for (auto at = object;;) {
        auto const* const list = side_.list_of(at);
        auto const& is = side_.image.objects[at];
        if (list == nullptr || is_protected(*list) || is.is_root || is.parent == access::no_object)
            return;
        at = is.parent;
        if (side_.list_of(at) == nullptr)
            return;
        if (!is_target_[at])
            take(at);
    }
}

void control_graph::sort_edges() {
    for (auto& pair : pairs_) {
        std::sort(pair.objects.begin(), pair.objects.end());
        pair.objects.erase(std::unique(pair.objects.begin(), pair.objects.end()), pair.objects.end());
    }
    for (auto const& [key, index] : pair_of_) {
        auto const& reached = distances_[static_cast<std::size_t>(std::get<aspect>(key))];
        auto& objects = pairs_[index].objects;
        std::stable_sort(objects.begin(), objects.end(),
                         [&](object_index a, object_index b) { return reached[a] < reached[b]; });
    }
    auto const nearest = [this](trustee_edge const& edge) {
        auto const& pair = pairs_[edge.pair];
        return distances_[static_cast<std::size_t>(pair.what)][pair.objects.front()];
    };
    for (auto& [trustee, edges] : edges_)
        std::stable_sort(edges.begin(), edges.end(), [&](trustee_edge const& a, trustee_edge const& b) {
            return std::pair(nearest(a), a.row) < std::pair(nearest(b), b.row);
        });
}

} // namespace dsplan::paths
