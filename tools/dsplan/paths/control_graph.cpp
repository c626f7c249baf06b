#include <ldif/distinguished_name.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/policy_link.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/paths/control_graph.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace dsplan::paths {
namespace {

using directory::attribute;

constexpr std::uint32_t unreached = UINT32_MAX;
constexpr std::size_t kept_below = 256; // objects below a container that are remembered as its way on

// userAccountControl. [MS-ADTS] 2.2.16
constexpr std::int64_t server_trust_account = 0x2000;
constexpr std::int64_t trusted_for_delegation = 0x80000;
constexpr std::int64_t trusted_to_authenticate = 0x1000000;

// Who stands for nobody in particular, or is the directory itself: no source of a way.
constexpr std::array no_sources{
    sddl::well_known(5, {18}), sddl::well_known(3, {0}), sddl::well_known(3, {1}),
    sddl::well_known(3, {4}),  sddl::well_known(5, {9}), sddl::well_known(5, {10}),
};

bool is_no_source(sddl::sid const& sid) {
    return std::find(no_sources.begin(), no_sources.end(), sid) != no_sources.end();
}

std::string lower_case(std::string_view text) {
    std::string made(text);
    for (char& each : made)
        each = to_lower(each);
    return made;
}

// "host" of "cifs/host:445/domain"
std::string host_of(std::string_view service) {
    auto const slash = service.find('/');
    if (slash == std::string_view::npos)
        return {};
    auto host = service.substr(slash + 1);
    return lower_case(host.substr(0, host.find_first_of(":/")));
}

// Its members are tier 0 by their flags: the group alone may not replicate.
constexpr std::uint32_t domain_controllers_group = 516;

bool is_protected(sddl::security_descriptor const& list) {
    return list.has(sddl::control_bit::dacl_protected);
}

} // namespace

control_graph::control_graph(directory_side const& side, account_facts const& facts,
                             control_judge const& judge, tier_zero const& holders)
    : side_(side)
    , facts_(facts)
    , judge_(judge)
    , holders_(holders)
    , carriers_(access::carriers_in(side.image)) {
    for (auto const policy : facts.policies())
        policies_.emplace(side.entry(policy).key, policy);
    for (object_index object = 0; object < side.image.objects.size(); ++object)
        if (side.entry(object).is_a("domainDNS") && side.entry(object).sid)
            roots_.push_back(object);
    index_values();
}

control_node control_graph::node_of(edge_kind kind, object_index object) {
    return {object, kind == edge_kind::policy_link         ? aspect::policy_link
                    : kind == edge_kind::succeed_account   ? aspect::successor
                    : kind == edge_kind::enroll_as_anybody ? aspect::certificate
                                                           : aspect::object};
}

void control_graph::search(std::vector<object_index> const& targets) {
    is_target_.assign(side_.image.objects.size(), false);
    for (auto& of_aspect : distances_)
        of_aspect.assign(side_.image.objects.size(), unreached);
    for (auto const target : targets) {
        is_target_[target] = true;
        auto const& is = side_.image.objects[target];
        if (is.exported->sid && is.scope != directory::group_scope::nowhere &&
            words::domain_identifier(*is.exported->sid) != domain_controllers_group)
            targets_.emplace(*is.exported->sid, target);
        relax({target}, 0, false);
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

// Who needs no way: the directory itself, tier 0, and its groups that the export lacks.
bool control_graph::holds_tier_zero(sddl::sid const& trustee) const {
    return is_no_source(trustee) || holders_.sids.contains(trustee) ||
           (is_tier_zero(trustee) && !carriers_.contains(trustee));
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
    auto const [first, last] = carriers_.equal_range(trustee);
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
    auto const distance = distances_[static_cast<std::size_t>(node.what)][node.object];
    take_list(node, distance);
    if (auto const found = pointing_.find(node); found != pointing_.end())
        for (auto const& [from, edge] : found->second)
            add_plain(from, edge, distance + (is_action(edge.kind) ? 1U : 0U));
    if (node.what != aspect::object)
        return;
    take_members(node.object, distance);
    take_values(node.object, distance);
    auto const is = facts_.targets_of(node.object);
    if ((is & (on::containers | on::domain_roots)) == 0 || is_target_[node.object])
        take_containers(node.object, distance);
    if ((is & (on::users | on::computers)) != 0 && !facts_.is_krbtgt(node.object))
        take_policies(node.object, distance);
}

void control_graph::take_members(object_index group, std::uint32_t distance) {
    auto const& is = side_.image.objects[group];
    bool const counts = is.exported->sid && is.scope != directory::group_scope::nowhere;
    if (!counts || holds_everybody(side_.image, group))
        return;
    for (auto const member : side_.image.members[group])
        if (!holders_.contains(member) && !side_.image.objects[member].is_deleted)
            relax({member}, distance, true);
    auto const [first, last] = carriers_.equal_range(*is.exported->sid);
    for (auto carrier = first; carrier != last; ++carrier)
        if (!holders_.contains(carrier->second))
            relax({carrier->second}, distance, true);
}

void control_graph::take_values(object_index object, std::uint32_t distance) {
    auto const found = value_edges_.find(object);
    if (found == value_edges_.end())
        return;
    for (auto const& held : found->second) {
        auto const& trustee = held.first;
        auto const& edge = held.second;
        if (holds_tier_zero(trustee))
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
    auto const key = std::tuple(pair_key(list, is.classes, is.domain), node.what);
    auto const [pair, is_new] = pair_of_.try_emplace(key, static_cast<std::uint32_t>(pairs_.size()));
    if (is_new) {
        pairs_.push_back({list, is.classes, is.domain, node.what});
        auto& found = candidates_[pair->second] = find_candidates(node.object);
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

std::optional<sddl::security_token> control_graph::token_of(sddl::sid const& trustee,
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

// Who the list gives something to, alone with the groups that it is in.
std::vector<control_graph::candidate> control_graph::find_candidates(object_index object) const {
    auto const& list = *side_.list_of(object);
    auto const domain = side_.image.objects[object].domain;
    auto const rows = right_rows();
    auto const is = facts_.targets_of(object);
    std::map<sddl::sid, sddl::access_mask> trustees;
    std::map<sddl::sid, std::vector<sddl::sid>> with_condition;
    if (list.owner)
        trustees[*list.owner] = sddl::right_write_dac;
    if (!list.dacl)
        trustees[access::everyone] = sddl::directory_full_control;
    for (std::size_t index = 0; list.dacl && index < list.dacl->aces.size(); ++index) {
        auto const& value = list.dacl->aces[index];
        if (!sddl::is_allow(value.type) || value.has(sddl::ace_flag::inherit_only))
            continue;
        auto& mask = trustees[value.trustee];
        mask = mask | sddl::map_generic(value.mask);
        auto& more = with_condition[value.trustee];
        auto const deciding = access::deciding_sids(value);
        more.insert(more.end(), deciding.begin(), deciding.end());
    }
    std::vector<candidate> made;
    for (auto const& [trustee, mask] : trustees) {
        if (holds_tier_zero(trustee))
            continue;
        std::optional<sddl::security_token> token;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            bool const is_meant = rows[row].targets == on::any || (rows[row].targets & is) != 0;
            if (!is_meant || (judge_.rights_of(row) & mask).bits == 0)
                continue;
            if (!token) {
                auto own = token_of(trustee, domain);
                if (!own)
                    break;
                auto sids = own->sids();
                auto const& more = with_condition[trustee];
                sids.insert(sids.end(), more.begin(), more.end());
                token.emplace(std::move(sids));
            }
            if (judge_.may(row, object, *token))
                made.push_back({trustee, static_cast<std::uint32_t>(row)});
        }
    }
    return made;
}

void control_graph::add_plain(control_node const& from, plain_edge const& edge, std::uint32_t distance) {
    auto& edges = plain_[from];
    bool const is_known = std::any_of(edges.begin(), edges.end(), [&](plain_edge const& each) {
        return each.to == edge.to && each.kind == edge.kind;
    });
    if (!is_known && edges.size() < kept_below)
        edges.push_back(edge);
    is_cut_off_ |= !is_known && edges.size() >= kept_below;
    bool const is_account = from.what == aspect::object && holders_.contains(from.object);
    if (!is_account)
        relax(from, distance, distance == this->distance(edge.to));
}

// The containers above from which an inheritable ACE arrives, as far as no list is protected.
void control_graph::take_containers(object_index object, std::uint32_t distance) {
    for (auto at = object;;) {
        auto const* const list = side_.list_of(at);
        auto const& is = side_.image.objects[at];
        if (list == nullptr || is_protected(*list) || is.is_root || is.parent == access::no_object)
            return;
        at = is.parent;
        if (side_.list_of(at) == nullptr)
            return;
        if (!is_target_[at])
            add_plain({at}, {{object}, edge_kind::inherits}, distance);
    }
}

std::vector<control_graph::linked_policy> const& control_graph::links_of(object_index container) {
    auto const [found, is_new] = links_.try_emplace(container);
    if (!is_new)
        return found->second;
    for (auto const& link :
         directory::policy_links_in(side_.entry(container).first(attribute::gp_link).value_or(""))) {
        auto const policy = policies_.find(ldif::normalize(link.dn).value_or(std::string()));
        if (policy != policies_.end() && !link.is_disabled())
            found->second.push_back({policy->second, link.is_enforced()});
    }
    return found->second;
}

// A container whose links somebody writes, and the policies that are linked so that they arrive. Enforced
// links pass where inheritance is blocked.
void control_graph::take_policies(object_index object, std::uint32_t distance) {
    bool is_blocked = false;
    for (auto at = side_.image.objects[object].parent; at != access::no_object;
         at = side_.image.objects[at].parent) {
        auto const is = facts_.targets_of(at);
        if ((is & (on::containers | on::domain_roots)) == 0)
            return;
        if (!side_.entry(at).is_a("container"))
            add_plain({at, aspect::policy_link}, {{object}, edge_kind::policy}, distance);
        for (auto const& link : links_of(at))
            if (!is_blocked || link.is_enforced)
                add_plain({link.policy}, {{object}, edge_kind::policy}, distance);
        is_blocked = is_blocked || (side_.entry(at).number(attribute::gp_options).value_or(0) & 1) != 0;
        if ((is & on::domain_roots) != 0)
            return; // policies of a parent domain do not reach a child
    }
}

void control_graph::point(control_node const& from, plain_edge const& edge) {
    pointing_[edge.to].push_back({from, edge});
}

std::vector<object_index> control_graph::domain_roots_of(std::uint32_t domain) const {
    std::vector<object_index> made;
    for (auto const root : roots_)
        if (domain == access::any_domain || side_.image.objects[root].domain == domain)
            made.push_back(root);
    return made;
}

void control_graph::index_values() {
    std::unordered_map<std::string, object_index> hosts;
    auto const count = static_cast<object_index>(side_.image.objects.size());
    for (object_index object = 0; object < count; ++object) {
        auto const& is = side_.entry(object);
        if (!is.is_a("computer") || side_.image.objects[object].is_deleted)
            continue;
        if (auto const name = is.first(attribute::dns_host_name))
            hosts.emplace(lower_case(*name), object);
        is.for_each(attribute::service_principal_name,
                    [&](std::string_view service) { hosts.emplace(host_of(service), object); });
    }
    hosts.erase(std::string());
    for (object_index object = 0; object < count; ++object) {
        if (side_.image.objects[object].is_deleted)
            continue;
        index_value(object, attribute::ms_ds_allowed_to_act_on_behalf_of_other_identity,
                    edge_kind::act_on_behalf);
        index_value(object, attribute::ms_ds_group_msa_membership, edge_kind::read_managed_password);
        index_delegation(object, hosts);
        index_successors_in(object);
    }
    index_succession();
    index_certificates();
}

void control_graph::index_value(object_index object, attribute name, edge_kind kind) {
    auto const value = side_.entry(object).first(name);
    auto read = value ? descriptor_in(*value) : std::nullopt;
    if (!read)
        return;
    auto const& list = value_lists_.emplace_back(*std::move(read));
    std::set<sddl::sid> trustees;
    if (!list.dacl)
        trustees.insert(access::everyone);
    for (std::size_t index = 0; list.dacl && index < list.dacl->aces.size(); ++index)
        if (sddl::is_allow(list.dacl->aces[index].type))
            trustees.insert(list.dacl->aces[index].trustee);
    for (auto const& trustee : trustees)
        value_edges_[object].emplace_back(trustee, value_edge{object, kind, &list});
}

void control_graph::index_delegation(object_index object,
                                     std::unordered_map<std::string, object_index> const& hosts) {
    auto const& is = side_.entry(object);
    auto const flags = is.number(attribute::user_account_control).value_or(0);
    if ((flags & trusted_for_delegation) != 0 && (flags & server_trust_account) == 0)
        for (auto const root : domain_roots_of(side_.image.objects[object].domain))
            point({object}, {{root},
                             edge_kind::delegation,
                             strength::conditional,
                             "if an account of tier 0 can be made to log on to it"});
    std::set<object_index> targets;
    is.for_each(attribute::ms_ds_allowed_to_delegate_to, [&](std::string_view service) {
        if (auto const host = hosts.find(host_of(service)); host != hosts.end())
            targets.insert(host->second);
    });
    bool const is_free = (flags & trusted_to_authenticate) != 0;
    for (auto const host : targets)
        point({object}, {{host},
                         edge_kind::delegation,
                         is_free ? strength::decisive : strength::conditional,
                         is_free ? "" : "if an account of tier 0 can be made to log on to it"});
}

// A container in which somebody may make accounts that name the one they succeed.
void control_graph::index_successors_in(object_index container) {
    bool const is_container = (facts_.targets_of(container) & (on::containers | on::domain_roots)) != 0;
    if (!facts_.knows_successors() || !is_container)
        return;
    for (auto const root : domain_roots_of(side_.image.objects[container].domain))
        point({container, aspect::successor}, {{root}, edge_kind::forest});
}

void control_graph::index_succession() {
    constexpr std::int64_t completed = 2; // msDS-DelegatedMSAState
    std::unordered_multimap<std::string, object_index> successors;
    auto const count = static_cast<object_index>(side_.image.objects.size());
    for (object_index object = 0; object < count; ++object) {
        auto const& is = side_.entry(object);
        auto const name = is.first(attribute::ms_ds_managed_account_preceded_by_link);
        if (name && is.number(attribute::ms_ds_delegated_msa_state).value_or(0) == completed)
            successors.emplace(ldif::normalize(*name).value_or(std::string()), object);
    }
    for (object_index object = 0; object < count && !successors.empty(); ++object) {
        auto const [first, last] = successors.equal_range(std::string(side_.entry(object).key));
        for (auto successor = first; successor != last; ++successor)
            point({successor->second}, {{object},
                                        edge_kind::succeed_account,
                                        strength::conditional,
                                        "if the domain controllers take the link without its other half"});
    }
}

// What a certificate of a template is good for, and what somebody who writes the template makes it good for.
// [MS-CRTD]
void control_graph::index_certificates() {
    for (auto const& [object, of] : facts_.certificates().templates()) {
        for (auto const root : roots_) {
            point({object}, {{root}, edge_kind::forest});
            bool const is_worth_all =
                of.is_free && ((of.logs_on && (of.names_anybody || of.names_weakly)) || of.is_for_anything);
            if (is_worth_all)
                point({object, aspect::certificate}, {{root}, edge_kind::forest});
        }
        if (of.group != access::no_object && of.is_free && of.logs_on)
            point({object, aspect::certificate}, {{of.group}, edge_kind::enroll_into_group});
    }
}

void control_graph::sort_edges() {
    for (auto& pair : pairs_) {
        std::sort(pair.objects.begin(), pair.objects.end());
        pair.objects.erase(std::unique(pair.objects.begin(), pair.objects.end()), pair.objects.end());
    }
    for (auto const& [key, index] : pair_of_) {
        auto const& reached = distances_[static_cast<std::size_t>(std::get<1>(key))];
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
