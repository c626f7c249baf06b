#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/paths/control_paths.hpp>
#include <tools/dsplan/paths/not_known.hpp>
#include <tools/dsplan/paths/path_side.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace dsplan::paths {
namespace {

// The best that an account has on a side.
struct standing_way {
    std::optional<walked_way> way{};
    std::size_t refused = 0;
    bool gave_up = false;

    // 0 none, 1 conditional, 2 decisive
    [[nodiscard]] int rank() const { return !way ? 0 : way->how == strength::conditional ? 1 : 2; }
    [[nodiscard]] std::size_t length() const {
        return static_cast<std::size_t>(std::count_if(
            way->steps.begin(), way->steps.end(), [](walked_step const& step) { return step.is_action(); }));
    }
};

// What a change makes of the way of some accounts.
struct verdict {
    path_change what;
    standing_way const* way;
    path_side const* side;
    standing_way const* before;
};

bool holds(std::vector<object_index> const& members, object_index member) {
    return std::find(members.begin(), members.end(), member) != members.end();
}

// "Old Desk owns DC2$"
std::string first_step_text(control_path const& path) {
    for (auto const& step : path.steps)
        if (step.is_action())
            return fmt::format("{} {} {}", step.from.name, row_of(step.kind).may, step.to.name);
    return path.steps.front().from.name + " is a member of " + path.steps.front().to.name;
}

// What is tier 0 by itself after the change, and who was and stays a member: accounts that come or go are the
// start of a way, or its end.
tier_zero lasting_tier_zero(tier_zero const& before, tier_zero const& after) {
    auto made = after;
    made.count = 0;
    made.sids.clear();
    for (object_index object = 0; object < after.objects.size(); ++object)
        made.objects[object] = after.core[object] || (after.objects[object] && before.contains(object));
    return made;
}

void count(tier_zero& made, access::directory_image const& image) {
    for (object_index object = 0; object < image.objects.size() && object < made.objects.size(); ++object) {
        if (!made.objects[object])
            continue;
        ++made.count;
        if (image.objects[object].exported->sid)
            made.sids.insert(*image.objects[object].exported->sid);
    }
}

std::vector<object_index> targets_in(tier_zero const& of, access::directory_image const& image) {
    std::vector<object_index> made;
    for (object_index object = 0; object < image.objects.size(); ++object)
        if (of.contains(object))
            made.push_back(object);
    return made;
}

class comparison {
public:
    comparison(path_question const& asked, effect::projection const& change)
        : asked_(asked)
        , was_(find_tier_zero(change.before, asked.choice))
        , is_(find_tier_zero(change.after, asked.choice))
        , tokens_(change, sids_of_both())
        , before_at_{change.before, nullptr, tokens_, false, asked.known}
        , after_at_{change.after, nullptr, tokens_, true, asked.known}
        , until_at_{change.after, &change.until_task, tokens_, true, asked.known} {
        auto lasting = lasting_tier_zero(was_, is_);
        auto lasting_before = lasting_tier_zero(is_, was_);
        count(lasting, change.after);
        count(lasting_before, change.before);
        holders_ = lasting;
        auto const targets = asked.to ? std::vector{*asked.to} : targets_in(lasting, change.after);
        auto const targets_before = asked.to ? targets : targets_in(lasting_before, change.before);
        before_ = std::make_unique<path_side>(before_at_, lasting_before, targets_before);
        after_ = std::make_unique<path_side>(after_at_, lasting, targets);
        if (!change.until_task.empty())
            until_ = std::make_unique<path_side>(until_at_, lasting, targets);
        report_.tier_zero = is_.count;
        report_.unmatched = asked.choice.unmatched;
        targets_ = targets;
    }

    path_report run() {
        path_words const words(asked_, *after_);
        for (object_index object = 0; object < is_.objects.size(); ++object)
            if (is_.contains(object) && !was_.contains(object))
                report_.tier_zero_added.push_back(words.end_of(object).name);
        std::vector<path_side const*> sides{before_.get()};
        if (until_)
            sides.push_back(until_.get());
        sides.push_back(after_.get());
        for (auto const& one : find_sources(asked_, holders_, sides))
            judge(one);
        finish();
        add_not_known(report_, asked_, *after_, targets_);
        return std::move(report_);
    }

private:
    [[nodiscard]] std::set<sddl::sid> sids_of_both() const {
        auto sids = was_.sids;
        sids.insert(is_.sids.begin(), is_.sids.end());
        return sids;
    }

    [[nodiscard]] standing_way find(path_side const& side, actor const& who) {
        standing_way made;
        bool const is_there =
            who.account == access::no_object || who.account < side.at().image.objects.size();
        if (!is_there)
            return made;
        walk_limits const limits{.steps = asked_.steps};
        auto found = side.find(who, strength::decisive, limits);
        made.refused = found.refused;
        made.gave_up = !found.way && found.gave_up;
        if (!found.way)
            found = side.find(who, strength::conditional, limits);
        made.gave_up = made.gave_up || (!found.way && found.gave_up);
        made.way = std::move(found.way);
        if (made.way && made.way->steps.empty())
            made.way.reset();
        return made;
    }

    void judge(source const& one) {
        auto const before = find(*before_, one.who);
        auto const after = find(*after_, one.who);
        auto const until = until_ ? find(*until_, one.who) : after;
        report_.refused += after.refused;
        report_.is_cut_off |= after.gave_up || before.gave_up;
        if (until.rank() > std::max(before.rank(), after.rank()))
            add({path_change::for_an_hour, &until, until_.get(), &before}, one);
        if (after.rank() > before.rank()) {
            auto const what = after.rank() == 1             ? path_change::conditional
                              : until.rank() < after.rank() ? path_change::within_the_hour
                                                            : path_change::opens;
            add({what, &after, after_.get(), &before}, one);
        } else if (after.rank() < before.rank()) {
            add({path_change::closes, &before, before_.get(), &after}, one);
        } else if (after.way && after.length() < before.length()) {
            add({path_change::shortens, &after, after_.get(), &before}, one);
        } else if (after.way && differs(before, one)) {
            add({path_change::closes, &before, before_.get(), &after}, one);
        }
    }

    // Whether the change takes a step of the way, although another way remains.
    [[nodiscard]] bool differs(standing_way const& before, source const& one) const {
        changed_path made{.path = path_words(asked_, *before_).describe(*before.way, one)};
        mark_changed(made, *before.way, *before_, *after_);
        return made.new_step != 0;
    }

    // Ways with the same first changed step are one finding, shown by the worst of them.
    void add(verdict const& found, source const& one) {
        auto const& other_side = found.what == path_change::closes ? *after_ : *before_;
        path_words const words(asked_, *found.side);
        changed_path made{.what = found.what, .path = words.describe(*found.way->way, one)};
        if (found.before->way)
            made.steps_before = found.before->length();
        if (found.what == path_change::closes && found.before->way)
            made.remaining = first_step_text(path_words(asked_, *after_).describe(*found.before->way, one));
        mark_changed(made, *found.way->way, *found.side, other_side);
        auto key = key_of(made);
        auto const [at, is_new] = findings_.try_emplace(std::move(key), made);
        if (is_new)
            return;
        auto& known = at->second;
        auto sources = known.path.sources.objects;
        auto const& more = made.path.sources.objects;
        sources.insert(sources.end(), more.begin(), more.end());
        if (is_worse(made.path, known.path))
            known = made;
        known.path.sources.objects = sources;
        known.path.sources.accounts = sources.size();
    }

    using finding_key = std::tuple<path_change, edge_kind, std::string, std::string, std::string>;

    [[nodiscard]] static finding_key key_of(changed_path const& made) {
        if (made.new_step == 0)
            return {made.what, edge_kind::member, made.path.steps.front().from.name,
                    made.path.steps.back().to.dn, ""};
        auto const& step = made.path.steps[made.new_step - 1];
        bool const is_by_ace = step.ace && !step.ace->sddl.empty();
        return {made.what, step.kind, is_by_ace ? "" : step.from.sid + step.from.dn,
                is_by_ace ? step.ace->source : step.to.dn, is_by_ace ? step.ace->sddl : std::string()};
    }

    // Finds the first step that the other side does not have: `walked` steps stand among the described ones,
    // with memberships between.
    void mark_changed(changed_path& made, walked_way const& way, path_side const& side,
                      path_side const& other) const {
        std::size_t shown = 0;
        for (auto const& step : way.steps) {
            bool const has_membership = shown + 1 < made.path.steps.size() &&
                                        step.kind != edge_kind::member &&
                                        made.path.steps[shown].kind != step.kind &&
                                        (made.path.steps[shown].kind == edge_kind::member ||
                                         made.path.steps[shown].kind == edge_kind::sid_history);
            if (has_membership)
                ++shown;
            auto const& described = made.path.steps[shown];
            if (is_right_new(step, side, other)) {
                made.new_step = shown + 1;
                made.changed_object = object_of(step, described, side, other);
                made.changed_attribute = attribute_of(step, side, other);
                break;
            }
            if (is_membership_new(step, side, other)) {
                made.new_step = has_membership ? shown : shown + 1;
                name_membership(made, step, side, other);
                break;
            }
            ++shown;
        }
        if (made.new_step != 0)
            made.path.steps[made.new_step - 1].is_new = true;
    }

    // Whether the other side refuses the step even with the tokens of this one.
    [[nodiscard]] static bool is_right_new(walked_step const& step, path_side const& side,
                                           path_side const& other) {
        auto const& image = other.at().image;
        if (step.to >= image.objects.size() || image.objects[step.to].is_deleted)
            return true;
        if (step.row != no_row) {
            auto const token = side.judge().token_of(step.who, side.at().image.objects[step.to].domain);
            return !other.judge().holds(step.row, step.to, token);
        }
        if (step.kind == edge_kind::member)
            return false;
        if (step.trustee) {
            auto const* const values = other.graph().values_of(*step.trustee);
            return values == nullptr ||
                   std::none_of(values->begin(), values->end(), [&](value_edge const& each) {
                       return each.to == step.to && each.kind == step.kind;
                   });
        }
        if (step.from >= image.objects.size())
            return true;
        for (auto const what :
             {aspect::object, aspect::policy_link, aspect::successor, aspect::certificate}) {
            auto const* const edges = other.graph().plain_edges_of({step.from, what});
            if (edges != nullptr && std::any_of(edges->begin(), edges->end(), [&](plain_edge const& each) {
                    return each.to.object == step.to && each.kind == step.kind;
                }))
                return false;
        }
        return true;
    }

    // Whether the actor holds less on the other side.
    [[nodiscard]] static bool is_membership_new(walked_step const& step, path_side const& side,
                                                path_side const& other) {
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

    [[nodiscard]] static std::string object_of(walked_step const& step, path_step const& described,
                                               path_side const& side, path_side const& other) {
        auto const& is = side.at().image.objects[step.to];
        if (step.to >= other.at().image.objects.size() || is.is_added)
            return std::string(side.at().entry(step.to).dn);
        if (described.ace && step.row != no_row)
            return described.ace->source;
        if (step.kind == edge_kind::policy && step.from != access::no_object &&
            !side.at().is_a(step.from, "groupPolicyContainer"))
            return std::string(side.at().entry(step.to).dn); // it moved
        bool const is_by_its_start = step.kind == edge_kind::delegation || step.kind == edge_kind::forest ||
                                     step.kind == edge_kind::enroll_into_group ||
                                     (step.kind == edge_kind::succeed_account && step.row == no_row);
        auto const object = is_by_its_start ? step.from : step.to;
        return std::string(side.at().entry(object).dn);
    }

    [[nodiscard]] static std::string attribute_of(walked_step const& step, path_side const& side,
                                                  path_side const& other) {
        auto const& is = side.at().image.objects[step.to];
        bool const is_elsewhere = step.to >= other.at().image.objects.size() || is.is_added;
        if (is_elsewhere)
            return {};
        if (step.row != no_row)
            return "nTSecurityDescriptor";
        switch (step.kind) {
        case edge_kind::act_on_behalf:
            return "msDS-AllowedToActOnBehalfOfOtherIdentity";
        case edge_kind::read_managed_password:
            return "msDS-GroupMSAMembership";
        case edge_kind::delegation:
            return "msDS-AllowedToDelegateTo";
        case edge_kind::policy:
            return "gPLink";
        default:
            return {};
        }
    }

    using links = std::unordered_map<object_index, object_index>;

    // Of everything below a group the group that it is in, on the way up; looked up once.
    [[nodiscard]] links const& groups_above(path_side const& side, sddl::sid const& group) const {
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
    void name_membership(changed_path& made, walked_step const& step, path_side const& side,
                         path_side const& other) const {
        auto const group_sid = step.kind == edge_kind::member ? side.at().entry(step.to).sid : step.trustee;
        auto const& image = side.at().image;
        auto const& other_image = other.at().image;
        auto const base = step.who.joined.empty() ? step.who.account : step.who.joined.back();
        auto const& above = group_sid ? groups_above(side, *group_sid) : no_links_;
        made.changed_attribute = "member";
        made.is_tier_zero_member = group_sid && is_.sids.contains(*group_sid);
        for (auto at = base; above.contains(at) && above.at(at) != access::no_object; at = above.at(at)) {
            auto const group = above.at(at);
            bool const is_there = group < other_image.members.size();
            if (is_there && holds(other_image.members[group], at))
                continue;
            made.changed_object = image.dn(group);
            made.changed_attribute =
                directory::membership::is_primary_group(side.at().entry(at), side.at().entry(group))
                    ? "primaryGroupID"
                    : "member";
            if (made.changed_attribute == "primaryGroupID")
                made.changed_object = image.dn(at);
            // The way starts with the link itself where its member is what the accounts have in common.
            path_words const words(asked_, side);
            path_step link{.kind = edge_kind::member, .from = words.end_of(at), .to = words.end_of(group)};
            auto& steps = made.path.steps;
            bool const is_shown = steps[made.new_step - 1].kind == edge_kind::member;
            if (is_shown) {
                steps[made.new_step - 1].from =
                    made.new_step == 1 ? link.from : steps[made.new_step - 1].from;
            } else {
                auto const into = link.to.sid != steps[made.new_step - 1].from.sid
                                      ? steps[made.new_step - 1].from
                                      : link.to;
                link.to = into;
                steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(made.new_step - 1), link);
            }
            if (made.new_step == 1)
                made.path.sources.through = link.from.name;
            break;
        }
    }

    void finish() {
        for (auto& [key, made] : findings_) {
            auto& sources = made.path.sources;
            std::sort(sources.objects.begin(), sources.objects.end());
            path_words const words(asked_, made.what == path_change::closes ? *before_ : *after_);
            for (std::size_t index = 0; index < sources.objects.size() && index < 3; ++index)
                sources.first.push_back(words.end_of(sources.objects[index]).name);
            report_.changes.push_back(std::move(made));
        }
        std::stable_sort(report_.changes.begin(), report_.changes.end(),
                         [](changed_path const& a, changed_path const& b) {
                             return a.what != b.what ? a.what < b.what : is_worse(a.path, b.path);
                         });
    }

    path_question const& asked_;
    tier_zero was_;
    tier_zero is_;
    tokens_of_both tokens_;
    directory_side before_at_;
    directory_side after_at_;
    directory_side until_at_;
    tier_zero holders_;
    std::vector<object_index> targets_;
    std::unique_ptr<path_side> before_;
    std::unique_ptr<path_side> after_;
    std::unique_ptr<path_side> until_;
    std::map<finding_key, changed_path> findings_;
    mutable std::map<std::pair<path_side const*, sddl::sid>, links> links_;
    links no_links_;
    path_report report_;
};

} // namespace

path_report compare_paths(path_question const& asked, effect::projection const& change) {
    return comparison(asked, change).run();
}

} // namespace dsplan::paths
