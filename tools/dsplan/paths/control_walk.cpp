#include <tools/dsplan/paths/control_walk.hpp>

#include <algorithm>
#include <queue>
#include <set>
#include <tuple>

namespace dsplan::paths {
namespace {

constexpr std::size_t no_visit = SIZE_MAX;

// A place that was reached, with who acts there.
struct visit {
    std::size_t from = no_visit;
    control_node at{};
    actor who{};
    walked_step step{};
    std::uint32_t distance = 0;
};

// Something to do next: look around from a visit, or try an edge of it.
struct task {
    std::uint32_t estimate = 0; // steps in all, at least
    std::size_t number = 0;     // the first one first
    std::size_t of = 0;
    std::vector<trustee_edge> const* edges = nullptr; // null: look around
    std::size_t edge = 0;
    std::size_t object = 0; // of the edge's pair
    sddl::sid trustee{};
    std::optional<std::size_t> more{}; // or try this one of the plain edges that the graph did not keep
};

struct later {
    bool operator()(task const& a, task const& b) const {
        return std::tie(a.estimate, a.number) > std::tie(b.estimate, b.number);
    }
};

class search {
public:
    search(directory_side const& side, control_graph const& graph, control_judge const& judge,
           strength weakest, walk_limits const& limits)
        : side_(side)
        , graph_(graph)
        , judge_(judge)
        , weakest_(weakest)
        , limits_(limits) {}

    walk_result run(actor const& from) {
        visits_.push_back({.at = {from.account}, .who = from});
        push({.of = 0});
        std::size_t tries = 0;
        for (; !tasks_.empty() && !reached_; ++tries) {
            if (tries > limits_.tries) {
                result_.gave_up = result_.ran_out = true;
                return std::move(result_);
            }
            auto const next = tasks_.top();
            tasks_.pop();
            if (next.more)
                try_more(next.of, *next.more);
            else if (next.edges == nullptr)
                look_around(next.of);
            else
                try_edge(next);
        }
        if (reached_)
            result_.way = way_to(*reached_);
        return std::move(result_);
    }

private:
    void push(task next) {
        if (next.estimate > limits_.steps) {
            result_.gave_up = true;
            return;
        }
        next.number = number_++;
        tasks_.push(next);
    }

    // A node is taken up by each actor once; the queue gives the nearest first.
    void look_around(std::size_t index) {
        auto const at = visits_[index].at;
        auto const who = visits_[index].who;
        if (!looked_.insert({at, who.account}).second)
            return;
        bool const is_whole = at.what == aspect::object || at.what == aspect::policy_link;
        if (index != 0 && is_whole && graph_.is_target(at.object)) {
            reached_ = index;
            return;
        }
        look_along_plain_edges(index);
        bool const acts =
            at.what == aspect::object && (index == 0 || who.account == at.object ||
                                          (!who.joined.empty() && who.joined.back() == at.object));
        if (acts)
            look_at_rights(index);
    }

    void look_along_plain_edges(std::size_t index) {
        auto const at = visits_[index].at;
        auto const* const edges = at.object == access::no_object ? nullptr : graph_.plain_edges_of(at);
        if (edges == nullptr)
            return;
        for (auto const& edge : *edges)
            try_plain(index, edge);
        if (graph_.has_more_plain_edges(at))
            push_more(index, edges->back(), 0);
    }

    void try_plain(std::size_t index, plain_edge const& edge) {
        auto const at = visits_[index].at;
        auto const who = visits_[index].who;
        if (edge.how > weakest_)
            return;
        auto by = judge_.ask_plain(at, edge, who);
        if (by.how > weakest_)
            return;
        if (edge.kind == edge_kind::inherits && !judge_.arrives(at.object, edge.to.object, who)) {
            ++result_.refused;
            return;
        }
        add(index, edge.to,
            {.kind = edge.kind, .from = at.object, .to = edge.to.object, .by = std::move(by), .who = who},
            is_action(edge.kind));
    }

    // What leads on from a large container is tried one by one, when nothing nearer is left.
    void push_more(std::size_t index, plain_edge const& nearest, std::size_t place) {
        auto const rest = graph_.distance(nearest.to).value_or(0);
        push({.estimate = visits_[index].distance + rest, .of = index, .more = place});
    }

    void try_more(std::size_t index, std::size_t place) {
        auto const& edges = graph_.more_plain_edges_of(visits_[index].at);
        if (place >= edges.size())
            return;
        try_plain(index, edges[place]);
        push_more(index, edges[place], place + 1);
    }

    void look_at_rights(std::size_t index) {
        auto const who = visits_[index].who;
        std::set<sddl::sid> held;
        for (std::uint32_t domain = 0; domain < side_.image.domains; ++domain) {
            auto const token = judge_.token_of(who, domain);
            held.insert(token.sids().begin(), token.sids().end());
        }
        for (bool const directly : {true, false})
            for (auto const& sid : held)
                look_at_targets(index, sid, directly);
        for (auto const& sid : held) {
            if (auto const* const values = graph_.values_of(sid))
                try_values(index, sid, *values);
            if (auto const* const edges = graph_.edges_of(sid))
                push_edge({.of = index, .edges = edges, .trustee = sid});
        }
    }

    // Who is in a group of tier 0 is there; the group that it is in itself is named first.
    void look_at_targets(std::size_t index, sddl::sid const& sid, bool directly) {
        auto const* const group = graph_.target_of(sid);
        if (group == nullptr || visits_[index].at.object == *group)
            return;
        auto const& members = side_.image.members[*group];
        bool const is_in =
            std::find(members.begin(), members.end(), visits_[index].who.account) != members.end();
        if (is_in != directly)
            return;
        bool const is_own = visits_[index].who.account != access::no_object &&
                            side_.entry(visits_[index].who.account).sid == sid;
        if (!is_own)
            add(index, {*group},
                {.kind = edge_kind::member,
                 .from = visits_[index].who.account,
                 .to = *group,
                 .who = visits_[index].who},
                false);
    }

    void try_values(std::size_t index, sddl::sid const& trustee, std::vector<value_edge> const& values) {
        auto const who = visits_[index].who;
        for (auto const& value : values) {
            auto by = judge_.ask_value(*value.list, value.to, who);
            if (!by || by->how > weakest_ || value.to == who.account) {
                result_.refused += value.to != who.account;
                continue;
            }
            if (value.kind == edge_kind::manage_host)
                by->basis = sddl::access_basis::nothing; // the value is a name, not a list
            add(index, {value.to},
                {.kind = value.kind,
                 .from = who.account,
                 .to = value.to,
                 .by = *std::move(by),
                 .trustee = trustee,
                 .who = who},
                true);
        }
    }

    void push_edge(task next) {
        if (next.edge >= next.edges->size())
            return;
        auto const& edge = (*next.edges)[next.edge];
        auto const& pair = graph_.pairs()[edge.pair];
        auto const nearest = graph_.distance({pair.objects[next.object], pair.what}).value_or(0);
        next.estimate = visits_[next.of].distance + 1 + nearest;
        push(next);
    }

    void try_edge(task next) {
        auto const& edge = (*next.edges)[next.edge];
        auto const& pair = graph_.pairs()[edge.pair];
        auto const object = pair.objects[next.object];
        auto const row = right_rows()[edge.row];
        auto const who = visits_[next.of].who;
        if (next.object == 0) {
            auto following = next;
            ++following.edge;
            push_edge(following);
        }
        bool const is_new = asked_.insert({next.of, edge.pair, edge.row, next.object}).second;
        auto by = is_new && object != who.account ? judge_.ask(edge.row, object, who) : std::nullopt;
        bool const is_allowed = by && by->how <= weakest_;
        if (is_allowed) {
            auto const kind = by->basis == sddl::access_basis::ownership ? edge_kind::owner : row.kind;
            std::size_t const alternatives = count_alternatives(pair, next.object);
            auto const through = trustee_of(*by, next.trustee);
            add(next.of, node_of(row.kind, object),
                {.kind = kind,
                 .from = who.account,
                 .to = object,
                 .by = *std::move(by),
                 .row = edge.row,
                 .trustee = through,
                 .alternatives = alternatives,
                 .who = who},
                true);
        } else if (is_new && object != who.account) {
            ++result_.refused;
        }
        if (is_new && next.object + 1 < pair.objects.size()) {
            ++next.object;
            push_edge(next);
        }
    }

    [[nodiscard]] std::size_t count_alternatives(object_pair const& pair, std::size_t chosen) const {
        auto const distance = graph_.distance({pair.objects[chosen], pair.what});
        std::size_t count = 0;
        for (std::size_t other = chosen + 1; other < pair.objects.size(); ++other)
            count += graph_.distance({pair.objects[other], pair.what}) == distance;
        return count;
    }

    static sddl::sid trustee_of(grant const& by, sddl::sid const& candidate) {
        if (by.basis == sddl::access_basis::ace)
            return by.list->dacl->aces[by.index].trustee;
        return by.basis == sddl::access_basis::ownership ? *by.list->owner : candidate;
    }

    void add(std::size_t from, control_node const& to, walked_step step, bool is_step) {
        visit made{.from = from, .at = to, .step = std::move(step)};
        made.distance = visits_[from].distance + (is_step ? 1U : 0U);
        made.who = visits_[from].who;
        bool const is_object = to.what == aspect::object;
        bool const is_group = is_object && side_.is_a(to.object, "group");
        bool const is_account = is_object && access::is_account(side_.image, to.object);
        if (is_group && step_joins(made.step.kind))
            made.who.joined.push_back(to.object);
        if (is_account)
            made.who = {to.object, side_.tokens.classes().class_of[to.object], {}};
        auto const rest = graph_.distance(to);
        if (!rest || looked_.contains({to, made.who.account}))
            return;
        auto const estimate = made.distance + *rest;
        visits_.push_back(std::move(made));
        push({.estimate = estimate, .of = visits_.size() - 1});
    }

    static bool step_joins(edge_kind kind) { return kind != edge_kind::member; }

    [[nodiscard]] walked_way way_to(std::size_t last) const {
        walked_way made;
        for (auto at = last; visits_[at].from != no_visit; at = visits_[at].from) {
            made.steps.push_back(visits_[at].step);
            made.how = std::max(made.how, visits_[at].step.by.how);
        }
        std::reverse(made.steps.begin(), made.steps.end());
        return made;
    }

    directory_side const& side_;
    control_graph const& graph_;
    control_judge const& judge_;
    strength weakest_;
    walk_limits limits_;
    std::vector<visit> visits_;
    std::priority_queue<task, std::vector<task>, later> tasks_;
    std::set<std::pair<control_node, object_index>> looked_;
    std::set<std::tuple<std::size_t, std::uint32_t, std::uint32_t, std::size_t>> asked_;
    std::optional<std::size_t> reached_;
    std::size_t number_ = 0;
    walk_result result_;
};

} // namespace

walk_result control_walk::find(actor const& from, strength weakest, walk_limits const& limits) const {
    return search(side_, graph_, judge_, weakest, limits).run(from);
}

} // namespace dsplan::paths
