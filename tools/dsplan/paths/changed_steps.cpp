#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/paths/changed_steps.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::paths {
namespace {

using directory::attribute;

bool is_on(path_side const& side, object_index object) {
    auto const& objects = side.at().image.objects;
    return object < objects.size() && !objects[object].is_deleted;
}

bool has_plain_edge(path_side const& side, walked_step const& step) {
    for (std::size_t what = 0; what < aspect_count; ++what) {
        auto const* const edges = side.graph().plain_edges_of({step.from, static_cast<aspect>(what)});
        if (edges != nullptr && std::any_of(edges->begin(), edges->end(), [&](plain_edge const& each) {
                return each.to.object == step.to && each.kind == step.kind;
            }))
            return true;
    }
    return false;
}

// Whether the other side refuses the step even with the tokens of this one.
bool is_right_new(walked_step const& step, path_side const& side, path_side const& other) {
    if (!is_on(other, step.to))
        return true;
    if (step.row != no_row) {
        auto const token = side.judge().token_of(step.who, side.at().image.objects[step.to].domain);
        return !other.judge().holds(step.row, step.to, token);
    }
    if (step.kind == edge_kind::member)
        return false;
    if (step.trustee) {
        auto const* const values = other.graph().values_of(*step.trustee);
        return values == nullptr || std::none_of(values->begin(), values->end(), [&](value_edge const& each) {
                   return each.to == step.to && each.kind == step.kind;
               });
    }
    return step.from >= other.at().image.objects.size() || !has_plain_edge(other, step);
}

// Whether the actor holds less on the other side.
bool is_membership_new(walked_step const& step, path_side const& side, path_side const& other) {
    auto const& of = side.at().entry(step.to);
    auto const held = step.kind == edge_kind::member ? of.sid : step.trustee;
    bool const is_there =
        step.who.account == access::no_object || step.who.account < other.at().image.objects.size();
    if (!held || !is_there || step.who.token_class == access::no_class)
        return false;
    for (std::uint32_t domain = 0; domain < other.at().image.domains; ++domain)
        if (other.judge().token_of(step.who, domain).holds(*held))
            return false;
    return true;
}

// Where the change was made.
struct changed_place {
    object_index object;
    std::string_view attribute;
};

// The container whose links differ, and nothing where the object was moved below it.
changed_place place_of_policy(walked_step const& step, path_side const& side, path_side const& other) {
    for (auto at = step.to; at != access::no_object; at = side.at().image.objects[at].parent)
        for (auto const name : {attribute::gp_link, attribute::gp_options})
            if (is_on(other, at) && side.at().entry(at).first(name) != other.at().entry(at).first(name))
                return {at, directory::name_of(name)};
    return {step.to, {}};
}

// The account's description, or the list of the host.
changed_place place_of_host(walked_step const& step, path_side const& side, path_side const& other) {
    auto const description = [&](path_side const& of) {
        return is_on(of, step.to) ? of.at().entry(step.to).first(attribute::description) : std::nullopt;
    };
    if (description(side) != description(other))
        return {step.to, directory::name_of(attribute::description)};
    return {step.from, directory::name_of(attribute::ms_ds_host_service_account)};
}

// Of what works by a value: whose value it is.
changed_place place_of(walked_step const& step, path_side const& side, path_side const& other) {
    switch (step.kind) {
    case edge_kind::act_on_behalf:
        return {step.to, "msDS-AllowedToActOnBehalfOfOtherIdentity"};
    case edge_kind::read_managed_password:
        return {step.to, "msDS-GroupMSAMembership"};
    case edge_kind::manage_host:
        return {step.to, "managedBy"};
    case edge_kind::hold_key:
        return {step.to, "msDS-KeyCredentialLink"};
    case edge_kind::hold_certificate:
        return {step.to, "altSecurityIdentities"};
    case edge_kind::delegation: {
        auto const flags = [&](path_side const& of) {
            return is_on(of, step.from) ? of.at().entry(step.from).first(attribute::user_account_control)
                                        : std::nullopt;
        };
        return {step.from, side.at().is_a(step.to, "domainDNS") || flags(side) != flags(other)
                               ? "userAccountControl"
                               : "msDS-AllowedToDelegateTo"};
    }
    case edge_kind::host_account:
        return place_of_host(step, side, other);
    case edge_kind::succeed_account:
        return {step.from, "msDS-ManagedAccountPrecededByLink"};
    case edge_kind::policy:
        return place_of_policy(step, side, other);
    case edge_kind::forest:
        if (side.facts().targets_of(step.from) == on::computers &&
            !side.facts().is_read_only_controller(step.from))
            return {step.to, "nTSecurityDescriptor"}; // it lets somebody add domain controllers
        return {step.from, {}};
    case edge_kind::enroll_into_group:
        return {step.from, {}};
    default:
        return {step.to, {}};
    }
}

void say_place(changed_path& made, walked_step const& step, path_step const& described, path_side const& side,
               path_side const& other) {
    bool const is_added =
        step.to >= other.at().image.objects.size() || side.at().image.objects[step.to].is_added;
    if (is_added) {
        made.changed_object = side.at().entry(step.to).dn;
        return;
    }
    if (step.row != no_row) {
        made.changed_object =
            described.ace ? described.ace->source : std::string(side.at().entry(step.to).dn);
        made.changed_attribute = "nTSecurityDescriptor";
        return;
    }
    auto const place = place_of(step, side, other);
    made.changed_object = side.at().entry(place.object).dn;
    made.changed_attribute = place.attribute;
}

// A right that was there, and is worth more by another object: the service that issues a template.
object_index deciding_object(walked_step const& step, path_side const& side, path_side const& other) {
    auto const* const of = side.facts().certificates().find(step.to);
    if (of == nullptr)
        return step.to;
    auto const found = std::find_if(of->services.begin(), of->services.end(), [&](object_index service) {
        auto const* const now = side.at().list_of(service);
        auto const* const then = is_on(other, service) ? other.at().list_of(service) : nullptr;
        return now == nullptr || then == nullptr || *now != *then;
    });
    return found == of->services.end() ? step.to : *found;
}

} // namespace

void changed_steps::mark(changed_path& made, walked_way const& way, path_side const& side,
                         path_side const& other) const {
    std::size_t shown = 0;
    std::optional<std::pair<std::size_t, walked_step const*>> worth_more;
    for (auto const& step : way.steps) {
        auto const& at = made.path.steps;
        bool const has_membership =
            shown + 1 < at.size() && step.kind != edge_kind::member && at[shown].kind != step.kind &&
            (at[shown].kind == edge_kind::member || at[shown].kind == edge_kind::sid_history);
        shown += has_membership ? 1U : 0U;
        if (is_right_new(step, side, other)) {
            made.new_step = shown + 1;
            say_place(made, step, at[shown], side, other);
            break;
        }
        if (is_membership_new(step, side, other)) {
            made.new_step = has_membership ? shown : shown + 1;
            name_membership(made, step, side, other);
            break;
        }
        bool const is_worth_more = !worth_more && step.row != no_row && is_on(other, step.to) &&
                                   !other.judge().ask(step.row, step.to, step.who);
        if (is_worth_more)
            worth_more.emplace(shown, &step);
        ++shown;
    }
    if (made.new_step == 0 && worth_more) {
        made.new_step = worth_more->first + 1;
        made.changed_object = side.at().entry(deciding_object(*worth_more->second, side, other)).dn;
    }
    if (made.new_step != 0)
        made.path.steps[made.new_step - 1].is_new = true;
}

// Of everything below a group the group that it is in, on the way up; looked up once.
changed_steps::links const& changed_steps::groups_above(path_side const& side, sddl::sid const& group) const {
    auto const [found, is_new] = links_.try_emplace({&side, group});
    if (!is_new)
        return found->second;
    std::vector<object_index> waiting;
    auto& above = found->second;
    for (auto const* const entry : asked_.exported.find_all(group)) {
        waiting.push_back(static_cast<object_index>(entry - asked_.exported.entries().data()));
        above.emplace(waiting.back(), access::no_object);
    }
    for (std::size_t next = 0; next < waiting.size(); ++next)
        for (auto const member : side.at().image.members[waiting[next]])
            if (above.emplace(member, waiting[next]).second)
                waiting.push_back(member);
    return above;
}

// Finds the link that the other side does not have, below the group whose SID is held.
void changed_steps::name_membership(changed_path& made, walked_step const& step, path_side const& side,
                                    path_side const& other) const {
    auto const group_sid = step.kind == edge_kind::member ? side.at().entry(step.to).sid : step.trustee;
    auto const& others = other.at().image.members;
    auto const& above = group_sid ? groups_above(side, *group_sid) : no_links_;
    made.changed_attribute = "member";
    made.is_tier_zero_member = group_sid && holders_.contains(*group_sid);
    auto const base = step.who.joined.empty() ? step.who.account : step.who.joined.back();
    for (auto at = base; above.contains(at) && above.at(at) != access::no_object; at = above.at(at)) {
        auto const group = above.at(at);
        bool const was_in = group < others.size() &&
                            std::find(others[group].begin(), others[group].end(), at) != others[group].end();
        if (was_in)
            continue;
        bool const is_primary =
            directory::membership::is_primary_group(side.at().entry(at), side.at().entry(group));
        made.changed_object = side.at().entry(is_primary ? at : group).dn;
        made.changed_attribute = is_primary ? "primaryGroupID" : "member";
        path_words const words(asked_, side);
        show_link(made, {.kind = edge_kind::member, .from = words.end_of(at), .to = words.end_of(group)});
        return;
    }
}

// The way starts with the link itself where its member is what the accounts have in common.
void changed_steps::show_link(changed_path& made, path_step link) {
    auto& steps = made.path.steps;
    auto& step = steps[made.new_step - 1];
    auto const member = link.from;
    if (step.kind == edge_kind::member) {
        if (made.new_step == 1)
            step.from = member;
    } else {
        if (link.to.sid != step.from.sid)
            link.to = step.from;
        steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(made.new_step - 1), std::move(link));
    }
    if (made.new_step == 1)
        made.path.sources.through = member;
}

} // namespace dsplan::paths
