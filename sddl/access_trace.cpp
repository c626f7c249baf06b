#include <sddl/access_trace.hpp>
#include <sddl/detail/without.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace dsplan::sddl {
namespace {

using node = object_type_tree::node;

bool is_at_or_below(object_type_tree const& tree, node one, node above) {
    return one >= above && one < tree[above].end;
}

class tracer : public access_observer {
public:
    tracer(security_descriptor const& descriptor, object_type_tree const& tree, node asked_node,
           access_mask asked)
        : descriptor_(descriptor)
        , tree_(tree)
        , node_(asked_node) {
        made_.asked = asked;
    }

    void begins(access_basis basis, std::span<access_mask const> granted) override {
        made_.granted_before = granted[node_] & made_.asked;
        made_.start = made_.granted_before.bits == 0 ? access_basis::nothing : basis;
        made_.granted = made_.granted_before;
        is_answered_ = without(made_.asked, made_.granted).bits == 0;
    }

    void sees(std::size_t index, ace_part part, std::span<access_mask const> granted,
              std::span<access_mask const> denied) override {
        traced_ace step{.index = index, .granted = {}, .denied = {}, .left = {}, .on = {}};
        if (!is_answered_) {
            step.granted = without(granted[node_] & made_.asked, made_.granted);
            step.denied = without(denied[node_] & made_.asked, denied_);
            made_.granted = made_.granted | step.granted;
            denied_ = denied_ | step.denied;
        }
        step.left = without(made_.asked, made_.granted | denied_);
        step.on = named_node(descriptor_.dacl->aces[index]);
        step.outcome = outcome_of(step, part);
        step.has_unknown_condition =
            part == ace_part::condition_unknown && step.outcome == trace_outcome::denies;
        is_answered_ = is_answered_ || denied_.bits != 0 || step.left.bits == 0;
        made_.aces.push_back(step);
    }

    [[nodiscard]] access_trace take() && {
        made_.is_granted = made_.granted.contains(made_.asked);
        return std::move(made_);
    }

private:
    [[nodiscard]] std::optional<node> named_node(ace const& value) const {
        if (!value.object_type)
            return std::nullopt;
        auto const found = tree_.find(*value.object_type);
        return found.empty() ? std::nullopt : std::optional(found.front().second);
    }

    // Whether an ACE that took part could say anything of the node.
    [[nodiscard]] bool speaks_of_node(ace const& value) const {
        if (!value.object_type)
            return true;
        auto const named = tree_.find(*value.object_type);
        return std::any_of(named.begin(), named.end(), [this](auto const& one) {
            return is_at_or_below(tree_, node_, one.second) || is_at_or_below(tree_, one.second, node_);
        });
    }

    [[nodiscard]] trace_outcome outcome_of(traced_ace const& step, ace_part part) const {
        auto const& value = descriptor_.dacl->aces[step.index];
        if (is_answered_)
            return trace_outcome::after_the_answer;
        if (step.denied.bits != 0)
            return trace_outcome::denies;
        if (step.granted.bits != 0)
            return trace_outcome::allows;
        switch (part) {
        case ace_part::no_access_ace:
            return trace_outcome::no_access_ace;
        case ace_part::inherit_only:
            return trace_outcome::inherit_only;
        case ace_part::other_account:
            return trace_outcome::other_account;
        case ace_part::condition_false:
            return trace_outcome::condition_false;
        case ace_part::condition_unknown:
            if (is_allow(value.type) && could_decide(value, step))
                return trace_outcome::condition_unknown;
            break;
        case ace_part::counted:
            break;
        }
        return outcome_of_counted(value, step);
    }

    [[nodiscard]] bool is_below(traced_ace const& step) const {
        return step.on && *step.on != node_ && is_at_or_below(tree_, *step.on, node_);
    }

    // If its condition held.
    [[nodiscard]] bool could_decide(ace const& value, traced_ace const& step) const {
        auto const open = without(made_.asked, made_.granted | denied_);
        return (map_generic(value.mask) & open).bits != 0 && (speaks_of_node(value) || is_below(step));
    }

    [[nodiscard]] trace_outcome outcome_of_counted(ace const& value, traced_ace const& step) const {
        auto const open = without(made_.asked, made_.granted | denied_);
        if ((map_generic(value.mask) & made_.asked).bits == 0)
            return trace_outcome::other_rights;
        if (!speaks_of_node(value))
            return trace_outcome::other_type;
        if (is_below(step) && is_allow(value.type) && (map_generic(value.mask) & open).bits != 0)
            return trace_outcome::allows_a_part;
        return (map_generic(value.mask) & open).bits == 0 ? trace_outcome::decided_before
                                                          : trace_outcome::other_type;
    }

    security_descriptor const& descriptor_;
    object_type_tree const& tree_;
    node node_;
    access_mask denied_;
    bool is_answered_ = false;
    access_trace made_;
};

} // namespace

access_trace trace_access(security_descriptor const& descriptor, object_type_tree const& tree,
                          object_type_tree::node asked_node, access_mask asked,
                          access_request const& request) {
    tracer watching(descriptor, tree, asked_node, asked);
    static_cast<void>(check_access(descriptor, tree, request, &watching));
    return std::move(watching).take();
}

} // namespace dsplan::sddl
