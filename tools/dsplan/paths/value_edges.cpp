#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/paths/account_flags.hpp>
#include <tools/dsplan/paths/name_keys.hpp>
#include <tools/dsplan/paths/synchronisation_hosts.hpp>
#include <tools/dsplan/paths/value_edges.hpp>

#include <set>

namespace dsplan::paths {
namespace {

using directory::attribute;

constexpr std::string_view can_be_lured = "if an account of tier 0 can be made to log on to it";

// The list that a value without one comes to: full control for one account.
sddl::security_descriptor list_for(sddl::sid const& trustee) {
    sddl::ace value;
    value.mask = sddl::right_generic_all;
    value.trustee = trustee;
    sddl::security_descriptor made;
    sddl::set_dacl(made, {});
    made.dacl->aces.push_back(value);
    return made;
}

std::unordered_map<std::string, object_index> hosts_in(directory_side const& side) {
    std::unordered_map<std::string, object_index> made;
    auto const count = static_cast<object_index>(side.image.objects.size());
    for (object_index object = 0; object < count; ++object) {
        auto const& is = side.entry(object);
        if (side.image.objects[object].is_deleted || !is.is_a("computer"))
            continue;
        if (auto const name = is.first(attribute::dns_host_name))
            made.emplace(lower_case(*name), object);
        is.for_each(attribute::service_principal_name,
                    [&](std::string_view service) { made.emplace(host_of_service(service), object); });
    }
    made.erase(std::string());
    return made;
}

} // namespace

std::vector<pointing_edge> const& pointing_edges::leading_to(control_node const& to) const {
    static std::vector<pointing_edge> const none;
    auto const found = by_end_.find(to);
    return found == by_end_.end() ? none : found->second;
}

value_edges::value_edges(directory_side const& side, account_facts const& facts)
    : side_(side)
    , facts_(facts)
    , hosts_(hosts_in(side)) {
    auto const count = static_cast<object_index>(side.image.objects.size());
    for (object_index object = 0; object < count; ++object) {
        if (side.image.objects[object].is_deleted)
            continue;
        take_list(object, attribute::ms_ds_allowed_to_act_on_behalf_of_other_identity,
                  edge_kind::act_on_behalf);
        take_list(object, attribute::ms_ds_group_msa_membership, edge_kind::read_managed_password);
        take_delegation(object);
        take_host(object);
        take_read_only_controller(object);
        take_successors_in(object);
    }
    take_succession();
    take_synchronisation();
}

std::vector<value_edges::held_edge> const* value_edges::held_on(object_index object) const {
    auto const found = held_.find(object);
    return found == held_.end() ? nullptr : &found->second;
}

object_index value_edges::find(std::string_view dn) {
    auto const count = static_cast<object_index>(side_.image.objects.size());
    for (object_index object = 0; object < count && keys_.size() < count; ++object)
        keys_.emplace(side_.entry(object).key, object);
    auto const found = keys_.find(ldif::normalize(dn).value_or(std::string()));
    return found == keys_.end() || side_.image.objects[found->second].is_deleted ? access::no_object
                                                                                 : found->second;
}

void value_edges::take_list(object_index object, attribute name, edge_kind kind) {
    auto const value = side_.entry(object).first(name);
    auto read = value ? descriptor_in(*value) : std::nullopt;
    if (!read)
        return;
    auto const& list = lists_.emplace_back(*std::move(read));
    std::set<sddl::sid> trustees;
    if (!list.dacl)
        trustees.insert(access::everyone);
    for (std::size_t index = 0; list.dacl && index < list.dacl->aces.size(); ++index)
        if (sddl::is_allow(list.dacl->aces[index].type))
            trustees.insert(list.dacl->aces[index].trustee);
    for (auto const& trustee : trustees)
        held_[object].emplace_back(trustee, value_edge{object, kind, &list});
}

void value_edges::take_manager(object_index object) {
    auto const name = side_.entry(object).first(attribute::managed_by);
    auto const manager = name ? find(*name) : access::no_object;
    if (manager == access::no_object || !side_.entry(manager).sid)
        return;
    auto const& sid = *side_.entry(manager).sid;
    auto const& list = lists_.emplace_back(list_for(sid));
    held_[object].emplace_back(sid, value_edge{object, edge_kind::manage_host, &list});
}

void value_edges::take_delegation(object_index object) {
    auto const& is = side_.entry(object);
    auto const flags = is.number(attribute::user_account_control).value_or(0);
    bool const is_unconstrained = (flags & account_flag::trusted_for_delegation) != 0;
    if (is_unconstrained && (flags & account_flag::server_trust) == 0)
        for (auto const root : facts_.roots_of(side_.image.objects[object].domain))
            pointing_.add({object}, {{root}, edge_kind::delegation, strength::conditional, can_be_lured});
    std::set<object_index> targets;
    is.for_each(attribute::ms_ds_allowed_to_delegate_to, [&](std::string_view service) {
        if (auto const host = hosts_.find(host_of_service(service)); host != hosts_.end())
            targets.insert(host->second);
    });
    bool const is_free = (flags & account_flag::trusted_to_authenticate) != 0;
    for (auto const host : targets)
        pointing_.add({object}, {{host},
                                 edge_kind::delegation,
                                 is_free ? strength::decisive : strength::conditional,
                                 is_free ? std::string_view() : can_be_lured});
}

// The services of a host log on with the accounts that it may use.
void value_edges::take_host(object_index object) {
    side_.entry(object).for_each(attribute::ms_ds_host_service_account, [&](std::string_view name) {
        auto const account = find(name);
        if (account != access::no_object)
            pointing_.add({object}, {{account},
                                     edge_kind::host_account,
                                     strength::conditional,
                                     "if control of the computer's account gives control of the host"});
    });
}

void value_edges::take_synchronisation() {
    for (auto const& host : synchronisation_hosts(side_))
        for (auto const computer : host.computers)
            pointing_.add({computer},
                          {{host.account},
                           edge_kind::host_account,
                           strength::conditional,
                           "if the service still runs there, as the account's description says, and "
                           "control of the computer's account gives control of the host"});
}

// It keeps passwords, and who may choose of whom is decided on it.
void value_edges::take_read_only_controller(object_index object) {
    if (!facts_.is_read_only_controller(object))
        return;
    take_manager(object);
    for (auto const root : facts_.roots_of(side_.image.objects[object].domain))
        pointing_.add({object}, {{root},
                                 edge_kind::forest,
                                 strength::conditional,
                                 "if a password of tier 0 is, or may be, kept on it"});
}

// A container in which somebody may make accounts that name the one they succeed.
void value_edges::take_successors_in(object_index container) {
    bool const is_container = (facts_.targets_of(container) & (on::containers | on::domain_roots)) != 0;
    if (!facts_.knows_successors() || !is_container)
        return;
    for (auto const root : facts_.roots_of(side_.image.objects[container].domain)) {
        pointing_.add({container, aspect::successor}, {{root}, edge_kind::forest});
        pointing_.add({container},
                      {{root}, edge_kind::succeed_account, strength::conditional, has_2025_unpatched});
    }
}

void value_edges::take_succession() {
    constexpr std::int64_t completed = 2; // msDS-DelegatedMSAState
    auto const count = static_cast<object_index>(side_.image.objects.size());
    for (object_index object = 0; object < count; ++object) {
        auto const& is = side_.entry(object);
        auto const name = is.first(attribute::ms_ds_managed_account_preceded_by_link);
        bool const has_succeeded =
            name && is.number(attribute::ms_ds_delegated_msa_state).value_or(0) == completed;
        auto const preceding = has_succeeded ? find(*name) : access::no_object;
        if (preceding != access::no_object && !side_.image.objects[object].is_deleted)
            pointing_.add({object}, {{preceding},
                                     edge_kind::succeed_account,
                                     strength::conditional,
                                     "if the domain controllers take the link without its other half"});
    }
}

} // namespace dsplan::paths
