#include <sddl/access_check.hpp>
#include <sddl/detail/without.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr access_mask implicit_owner_rights = right_read_control | right_write_dac;
// Rights that are asked for by the GUID of what stands beside the class, never by the class's own GUID.
constexpr access_mask rights_beside_the_class =
    right_create_child | right_delete_child | right_self_write | right_control_access;

bool is_owner(security_descriptor const& descriptor, access_request const& request) {
    return descriptor.owner && request.who.holds(*descriptor.owner);
}

bool is_for(ace const& value, security_descriptor const& descriptor, access_request const& request) {
    if (value.trustee == principal_self)
        return request.self && request.who.holds(*request.self);
    if (value.trustee == owner_rights)
        return is_owner(descriptor, request);
    return request.who.holds(value.trustee);
}

bool has_owner_rights_ace(acl const& list) {
    return std::any_of(list.aces.begin(), list.aces.end(), [](ace const& value) {
        return value.trustee == owner_rights && !value.has(ace_flag::inherit_only);
    });
}

bool owns_implicitly(security_descriptor const& descriptor, access_request const& request) {
    return request.owner_has_implicit_rights && is_owner(descriptor, request) &&
           !has_owner_rights_ace(*descriptor.dacl);
}

// Decides for one request which ACEs take part.
class participation {
public:
    participation(security_descriptor const& descriptor, access_request const& request)
        : descriptor_(descriptor)
        , request_(request)
        , context_{.groups = request.who, .claims = request.claims} {}

    ace_part of(ace const& value) {
        if (!is_allow(value.type) && !is_deny(value.type))
            return ace_part::no_access_ace;
        if (value.has(ace_flag::inherit_only))
            return ace_part::inherit_only;
        if (!is_for(value, descriptor_, request_))
            return ace_part::other_account;
        if (!is_callback(value.type))
            return ace_part::counted;
        auto const outcome = truth_of(value);
        if (outcome == truth::unknown)
            return ace_part::condition_unknown;
        return outcome == truth::yes ? ace_part::counted : ace_part::condition_false;
    }

private:
    // What a callback ACE holds that is no condition is the application's own: unknown.
    truth truth_of(ace const& value) {
        auto const decoded = decode_condition(value.data);
        if (!decoded)
            return truth::unknown;
        if (!has_resource_claims_) {
            context_.resource = resource_claims_of(descriptor_);
            has_resource_claims_ = true;
        }
        context_.is_denial = is_deny(value.type);
        return evaluate(*decoded, context_);
    }

    security_descriptor const& descriptor_;
    access_request const& request_;
    condition_context context_;
    bool has_resource_claims_ = false; // looked up once one is needed
};

// One pass over the list: what is granted and denied so far, node by node.
class accumulation {
public:
    explicit accumulation(object_type_tree const& tree)
        : tree_(tree)
        , granted_(tree.size())
        , denied_(tree.size()) {}

    void grant_everything() {
        for (object_type_tree::node index = 0; index < tree_.size(); ++index)
            granted_[index] = tree_[index].concerns;
    }

    void grant_at_object(access_mask mask) {
        granted_[object_type_tree::object] = granted_[object_type_tree::object] | mask;
    }

    void apply(ace const& value) {
        auto const mask = map_generic(value.mask);
        if (!value.object_type)
            return apply_everywhere(mask, is_allow(value.type));
        for (auto const& [type, node] : tree_.find(*value.object_type)) {
            auto const spoken_of =
                node == object_type_tree::object ? without(mask, rights_beside_the_class) : mask;
            apply_below(node, tree_[node].end, spoken_of, is_allow(value.type));
            apply_above(tree_[node].parent, spoken_of, is_allow(value.type));
        }
    }

    [[nodiscard]] std::vector<access_mask> const& granted() const { return granted_; }
    [[nodiscard]] std::vector<access_mask> const& denied() const { return denied_; }
    [[nodiscard]] std::vector<access_mask> take() && { return std::move(granted_); }

private:
    void apply_everywhere(access_mask mask, bool allows) {
        apply_below(0, static_cast<object_type_tree::node>(tree_.size()), mask, allows);
    }

    void apply_below(object_type_tree::node first, object_type_tree::node end, access_mask mask,
                     bool allows) {
        auto& added = allows ? granted_ : denied_;
        auto const& other = allows ? denied_ : granted_;
        for (auto index = first; index < end; ++index)
            added[index] = added[index] | without(mask & tree_[index].concerns, other[index]);
    }

    // A node gets what all nodes right below it have; one denial below denies the whole.
    void apply_above(object_type_tree::node node, access_mask mask, bool allows) {
        for (; node != object_type_tree::none; node = tree_[node].parent) {
            if (allows)
                granted_[node] = granted_[node] | without(common_below(node, mask), denied_[node]);
            else
                denied_[node] = denied_[node] | without(mask & property_rights, granted_[node]);
        }
    }

    [[nodiscard]] access_mask common_below(object_type_tree::node node, access_mask mask) const {
        auto common = mask & property_rights;
        for (auto child = node + 1; child < tree_[node].end && common.bits != 0; child = tree_[child].end)
            common = common & granted_[child];
        return common;
    }

    object_type_tree const& tree_;
    std::vector<access_mask> granted_;
    std::vector<access_mask> denied_;
};

// A deny counts when its condition is unknown, an allow does not.
bool takes_part(ace const& value, ace_part part) {
    return part == ace_part::counted || (part == ace_part::condition_unknown && is_deny(value.type));
}

access_basis start_of(security_descriptor const& descriptor) {
    if (descriptor.dacl)
        return access_basis::ownership;
    return dacl_state(descriptor) == acl_state::null ? access_basis::null_dacl : access_basis::absent_dacl;
}

bool speaks_of(ace const& value, object_type_tree const& tree, object_type_tree::node node,
               access_mask right) {
    if (!map_generic(value.mask).contains(right))
        return false;
    if (!value.object_type)
        return true;
    while (node != object_type_tree::none && tree[node].type != *value.object_type)
        node = tree[node].parent;
    if (node == object_type_tree::object)
        return !rights_beside_the_class.contains(right);
    return node != object_type_tree::none;
}

} // namespace

granted_access check_access(security_descriptor const& descriptor, object_type_tree const& tree,
                            access_request const& request, access_observer* observer) {
    accumulation sum(tree);
    granted_access result;
    if (!descriptor.dacl)
        sum.grant_everything();
    else if (owns_implicitly(descriptor, request))
        sum.grant_at_object(implicit_owner_rights);
    if (observer != nullptr)
        observer->begins(start_of(descriptor), sum.granted());
    participation participants(descriptor, request);
    for (std::size_t index = 0; descriptor.dacl && index < descriptor.dacl->aces.size(); ++index) {
        ace const& value = descriptor.dacl->aces[index];
        auto const part = participants.of(value);
        result.has_unknown_condition |= part == ace_part::condition_unknown;
        if (takes_part(value, part))
            sum.apply(value);
        if (observer != nullptr)
            observer->sees(index, part, sum.granted(), sum.denied());
    }
    result.rights = std::move(sum).take();
    return result;
}

access_decision decide(security_descriptor const& descriptor, object_type_tree const& tree,
                       object_type_tree::node node, access_mask right, access_request const& request) {
    access_decision decision;
    if (!descriptor.dacl) {
        decision.granted = true;
        decision.basis = start_of(descriptor);
        return decision;
    }
    if (node == object_type_tree::object && implicit_owner_rights.contains(right) &&
        owns_implicitly(descriptor, request)) {
        decision.granted = true;
        decision.basis = access_basis::ownership;
        return decision;
    }
    participation participants(descriptor, request);
    auto const& aces = descriptor.dacl->aces;
    for (std::size_t index = 0; index < aces.size(); ++index) {
        if (!speaks_of(aces[index], tree, node, right))
            continue;
        auto const part = participants.of(aces[index]);
        if (part == ace_part::condition_unknown && is_allow(aces[index].type))
            decision.unknown_conditions.push_back(index);
        else if (takes_part(aces[index], part)) {
            decision.granted = is_allow(aces[index].type);
            decision.basis = access_basis::ace;
            decision.index = index;
            decision.is_unknown_denial = part == ace_part::condition_unknown;
            break;
        }
    }
    return decision;
}

} // namespace dsplan::sddl
