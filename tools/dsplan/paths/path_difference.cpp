#include <tools/dsplan/paths/added_credentials.hpp>
#include <tools/dsplan/paths/changed_steps.hpp>
#include <tools/dsplan/paths/control_paths.hpp>
#include <tools/dsplan/paths/lasting_tier_zero.hpp>
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
    bool ran_out = false;

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

// "Old Desk owns DC2$"
std::string first_step_text(control_path const& path) {
    for (auto const& step : path.steps)
        if (step.is_action())
            return fmt::format("{} {} {}", step.from.name, row_of(step.kind).may, step.to.name);
    return path.steps.front().from.name + " is a member of " + path.steps.front().to.name;
}

class comparison {
public:
    comparison(path_question const& asked, effect::projection const& change)
        : asked_(asked)
        , was_(find_tier_zero(change.before, asked.choice))
        , is_(find_tier_zero(change.after, asked.choice))
        , tokens_(change, sids_of_both(change.after))
        , before_at_{change.before, nullptr, tokens_, false, asked.known}
        , after_at_{change.after, nullptr, tokens_, true, asked.known}
        , until_at_{change.after, &change.until_task, tokens_, true, asked.known}
        , queries_(queries_of(asked))
        , changed_(asked, is_.sids) {
        auto const lasting = lasting_tier_zero(was_, is_, change.after);
        auto const lasting_before = lasting_tier_zero(is_, was_, change.before);
        holders_ = lasting;
        auto const targets = asked.to ? std::vector{*asked.to} : targets_in(lasting, change.after);
        auto const targets_before = asked.to ? targets : targets_in(lasting_before, change.before);
        before_ = std::make_unique<path_side>(before_at_, *queries_, lasting_before, targets_before);
        after_ = std::make_unique<path_side>(after_at_, *queries_, lasting, targets);
        if (!change.until_task.empty())
            until_ = std::make_unique<path_side>(until_at_, *queries_, lasting, targets);
        report_.tier_zero = is_.count;
        report_.from_tier_zero = asked.from && is_.contains(*asked.from);
        report_.unmatched = asked.choice.unmatched;
        targets_ = targets;
    }

    path_report run() {
        path_words const words(asked_, *after_);
        for (object_index object = 0; object < is_.objects.size(); ++object)
            if (is_.contains(object) && !was_.contains(object))
                report_.tier_zero_added.push_back(words.end_of(object));
        std::vector<path_side const*> sides{before_.get()};
        if (until_)
            sides.push_back(until_.get());
        sides.push_back(after_.get());
        for (auto const object : is_.kept)
            report_.kept.push_back(words.end_of(object));
        for (auto const& one : find_sources(asked_, holders_, sides))
            judge(one);
        if (!asked_.from)
            for (auto const& added : added_credentials(*before_, *after_))
                take_credential(added);
        finish();
        add_not_known(report_, asked_, *after_, targets_);
        return std::move(report_);
    }

private:
    [[nodiscard]] std::set<sddl::sid> sids_of_both(access::directory_image const& after) const {
        auto sids = was_.sids;
        sids.insert(is_.sids.begin(), is_.sids.end());
        if (asked_.to && after.objects[*asked_.to].exported->sid)
            sids.insert(*after.objects[*asked_.to].exported->sid);
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
        made.gave_up = !found.way && found.gave_up && !found.ran_out;
        made.ran_out = !found.way && found.ran_out;
        if (!found.way)
            found = side.find(who, strength::conditional, limits);
        made.gave_up = made.gave_up || (!found.way && found.gave_up && !found.ran_out);
        made.ran_out = made.ran_out || (!found.way && found.ran_out);
        made.way = std::move(found.way);
        if (made.way && made.way->steps.empty())
            made.way.reset();
        return made;
    }

    void judge(source const& one) {
        auto const before = one.counts_before ? find(*before_, one.who) : standing_way{};
        auto const after = one.counts_after ? find(*after_, one.who) : standing_way{};
        auto const until = until_ && one.counts_after ? find(*until_, one.who) : after;
        report_.refused += after.refused;
        report_.is_cut_off |= after.gave_up || before.gave_up;
        report_.ran_out += after.ran_out || before.ran_out;
        if (until.rank() > std::max(before.rank(), after.rank()))
            add({path_change::for_an_hour, &until, until_.get(), &before}, one);
        if (after.rank() > before.rank()) {
            auto const what = after.rank() == 1             ? path_change::conditional
                              : until.rank() < after.rank() ? path_change::within_the_hour
                                                            : path_change::opens;
            add({what, &after, after_.get(), &before}, one);
        } else if (after.rank() < before.rank()) {
            add({path_change::closes, &before, before_.get(), &after}, one);
        } else if (after.way && is_joined(before, *before_) != is_joined(after, *after_)) {
            judge_joining(before, after, one);
        } else if (after.way && after.length() < before.length()) {
            add({path_change::shortens, &after, after_.get(), &before}, one);
        } else if (after.way && differs(before, one)) {
            add({path_change::closes, &before, before_.get(), &after}, one);
        }
    }

    // Whether anybody may have the way by joining a computer.
    [[nodiscard]] bool is_joined(standing_way const& standing, path_side const& side) const {
        auto const trustee = standing.way->steps.front().trustee;
        path_words const words(asked_, side);
        return trustee && words.joined_domain(*trustee) != access::no_object &&
               words.is_for_everybody(*standing.way);
    }

    // The way stays; the domain's quota says whether anybody may go it.
    void judge_joining(standing_way const& before, standing_way const& after, source const& one) {
        if (is_joined(before, *before_))
            add({path_change::closes, &before, before_.get(), &after}, one);
        else
            add({after.rank() == 1 ? path_change::conditional : path_change::opens, &after, after_.get(),
                 &before},
                one);
    }

    // Who holds what was added is not known, and has what its account has.
    void take_credential(added_credential const& added) {
        standing_way found;
        auto const account = added.step.to;
        if (!after_->graph().is_target(account)) {
            found = find(*after_, {account, tokens_.classes().class_of[account]});
            if (!found.way)
                return;
        } else {
            found.way.emplace();
        }
        found.way->steps.insert(found.way->steps.begin(), added.step);
        found.way->how = std::max(found.way->how, added.step.by.how);
        source const holder{.who = {}, .name = added.holder};
        standing_way const before;
        auto const what =
            found.way->how == strength::conditional ? path_change::conditional : path_change::opens;
        add({what, &found, after_.get(), &before}, holder);
    }

    // Whether the change takes a step of the way, although another way remains.
    [[nodiscard]] bool differs(standing_way const& before, source const& one) const {
        changed_path made{.path = path_words(asked_, *before_).describe(*before.way, one)};
        changed_.mark(made, *before.way, *before_, *after_);
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
        changed_.mark(made, *found.way->way, *found.side, other_side);
        if (made.new_step == 0)
            name_cause(made, *found.way->way, one);
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

    // Of a way whose steps were all there: who goes it was enabled, or may now be joined.
    void name_cause(changed_path& made, walked_way const& way, source const& one) const {
        path_words const before(asked_, *before_);
        path_words const after(asked_, *after_);
        if (one.counts_before != one.counts_after) {
            made.changed_object = after_->at().entry(one.accounts.front()).dn;
            made.changed_attribute = directory::name_of(directory::attribute::user_account_control);
        } else if (before.is_for_everybody(way) != after.is_for_everybody(way)) {
            made.changed_object = after_->at().entry(after.joined_domain(*way.steps.front().trustee)).dn;
            made.changed_attribute = directory::name_of(directory::attribute::ms_ds_machine_account_quota);
        }
    }

    using finding_key = std::tuple<path_change, strength, edge_kind, std::string, std::string, std::string>;

    [[nodiscard]] static finding_key key_of(changed_path const& made) {
        if (made.new_step == 0)
            return {made.what,
                    made.path.how,
                    edge_kind::member,
                    made.path.steps.front().from.name,
                    made.path.steps.back().to.dn,
                    ""};
        auto const& step = made.path.steps[made.new_step - 1];
        bool const is_by_ace = step.ace && !step.ace->sddl.empty();
        return {made.what,
                made.path.how,
                step.kind,
                is_by_ace ? "" : step.from.sid + step.from.dn,
                is_by_ace ? step.ace->source : step.to.dn,
                is_by_ace ? step.ace->sddl : std::string()};
    }

    void finish() {
        for (auto& [key, made] : findings_) {
            auto& sources = made.path.sources;
            std::sort(sources.objects.begin(), sources.objects.end());
            path_words const words(asked_, made.what == path_change::closes ? *before_ : *after_);
            for (std::size_t index = 0; index < sources.objects.size() && index < 3; ++index)
                sources.first.push_back(words.end_of(sources.objects[index]));
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
    std::shared_ptr<row_queries const> queries_;
    std::vector<object_index> targets_;
    std::unique_ptr<path_side> before_;
    std::unique_ptr<path_side> after_;
    std::unique_ptr<path_side> until_;
    std::map<finding_key, changed_path> findings_;
    changed_steps changed_;
    path_report report_;
};

} // namespace

path_report compare_paths(path_question const& asked, effect::projection const& change) {
    return comparison(asked, change).run();
}

} // namespace dsplan::paths
