#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/effect/access_comparison.hpp>
#include <tools/dsplan/effect/changed_groups.hpp>
#include <tools/dsplan/effect/deletion.hpp>
#include <tools/dsplan/effect/harm.hpp>
#include <tools/dsplan/effect/object_groups.hpp>
#include <tools/dsplan/ground/ascending.hpp>
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace dsplan::effect {
namespace {

using descriptor = sddl::security_descriptor;

constexpr std::string_view everybody_remark = " (everybody is in it)";

struct tally {
    std::size_t objects = 0;
    std::vector<access::object_index> first;
    std::size_t privileged = 0;
    std::vector<access::object_index> first_privileged;
};

using row_key = std::tuple<std::string, bool, std::string, right_time>;        // class, gained, right
using timed_differences = std::set<std::tuple<bool, std::string, right_time>>; // gained, right
using rows = std::map<row_key, tally>;

bool speaks_of_self(descriptor const& list) {
    return list.dacl &&
           std::any_of(list.dacl->aces.begin(), list.dacl->aces.end(),
                       [](sddl::ace const& each) { return each.trustee == sddl::principal_self; });
}

class comparison {
public:
    comparison(change_context const& context, projection const& change)
        : context_(context)
        , before_(change.before)
        , after_(change.after)
        , is_protected_(change.is_protected)
        , rights_(context.known)
        , deletion_(context.known, change.after)
        , groups_(group_objects(change, rights_)) {}

    std::vector<account_change> compare() {
        collect_sids();
        tokens_ = access::make_token_classes({before_, after_, sids_, groups_to_ask_, bare_});
        index_classes();
        note_unknown_types();
        for (auto const& group : groups_) {
            for (auto const index : classes_to_ask(group))
                compare(group, index);
            compare_self(group);
        }
        return summarize();
    }

    /// What could not be known: sentences.
    [[nodiscard]] std::vector<std::string> unknown() const {
        auto made = unknown_members_.texts(after_);
        if (auto unseen = access::unseen_groups_text(after_); has_unseen_trustee_ && !unseen.empty())
            made.push_back(std::move(unseen));
        if (auto const objects = count_objects(without_parent_); objects > 0)
            made.push_back(
                fmt::format("the lists of the containers that hold {}, which may allow deleting {}",
                            counted(objects, "object", "objects"), objects == 1 ? "it" : "them"));
        if (auto const objects = count_objects(conditional_); objects > 0)
            made.push_back(fmt::format("the claims that decide conditional ACEs on {}: one that allows "
                                       "is not counted, one that denies is",
                                       counted(objects, "object", "objects")));
        return made;
    }

private:
    static std::size_t count_objects(std::set<object_group const*> const& groups) {
        std::size_t objects = 0;
        for (auto const* const group : groups)
            objects += group->objects.size();
        return objects;
    }

    // Trustees and owners of every descriptor that is asked about: the changed ones, and all where a
    // membership changed.
    void collect_sids() {
        std::set<sddl::sid> all;
        std::set<sddl::sid> of_changed;
        std::set<sddl::sid> concerned;
        std::unordered_set<descriptor const*> seen; // many groups share one, of their parents above all
        std::unordered_set<descriptor const*> seen_of_changed;
        bool const members_changed = memberships_differ(before_, after_);
        for (auto const& group : groups_) {
            concerned.insert(group.concerned.begin(), group.concerned.end());
            if (group.self && (group.is_changed() || members_changed))
                all.insert(*group.self);
            auto const& parents = group.parents;
            for (auto const* const side : {group.before, group.until_task, group.after, parents.before.list,
                                           parents.until_task.list, parents.after.list}) {
                bool const is_changed = !group.concerned.empty() || group.is_changed();
                if (side == nullptr)
                    continue;
                if ((is_changed || members_changed) && seen.insert(side).second)
                    add_sids(all, *side);
                if (is_changed && seen_of_changed.insert(side).second)
                    add_sids(of_changed, *side);
            }
        }
        sids_.assign(all.begin(), all.end());
        sort_out({of_changed.begin(), of_changed.end()}, concerned);
    }

    static void add_sids(std::set<sddl::sid>& all, descriptor const& from) {
        if (from.owner)
            all.insert(*from.owner);
        if (!from.dacl)
            return;
        for (auto const& value : from.dacl->aces) {
            auto const deciding = access::deciding_sids(value);
            all.insert(deciding.begin(), deciding.end());
        }
    }

    // A trustee that no account of the export stands for, or not all of whose members it shows, is asked
    // about by itself: whatever the change does to others can change what it holds.
    void sort_out(std::vector<sddl::sid> const& trustees, std::set<sddl::sid> const& concerned) {
        auto const before = access::find_holders(before_, trustees);
        auto const after = access::find_holders(after_, trustees);
        for (std::size_t index = 0; index < trustees.size(); ++index) {
            auto const& sid = trustees[index];
            bool const is_nobody = sid == sddl::principal_self || sid == sddl::owner_rights ||
                                   sid == sddl::creator_owner || sid == sddl::creator_group ||
                                   after[index].is_in_no_token;
            if (concerned.contains(sid))
                unknown_members_.add(after[index]);
            bool const is_shown = (before[index].accounts || after[index].accounts) &&
                                  before[index].incomplete.empty() && after[index].incomplete.empty() &&
                                  after[index].primary.empty();
            if (!is_nobody && !is_shown)
                ask_by_itself(sid, before[index], after[index], concerned.contains(sid));
        }
    }

    void ask_by_itself(sddl::sid const& sid, access::sid_holders const& was, access::sid_holders const& is,
                       bool is_concerned) {
        std::set<access::object_index> carriers(was.carriers.begin(), was.carriers.end());
        carriers.insert(is.carriers.begin(), is.carriers.end());
        for (auto const object : carriers) {
            groups_to_ask_.push_back(object);
            remarks_.emplace(object, is.everybody ? everybody_remark
                                     : !is.incomplete.empty() || !is.primary.empty()
                                         ? " (not all its members are in the export)"
                                     : after_.objects[object].exported->is_a("group")
                                         ? " (a group without accounts)"
                                         : "");
        }
        if (!carriers.empty())
            return;
        bare_.push_back(sid);
        has_unseen_trustee_ |= is_concerned && directory::is_account_sid(sid);
    }

    // Whether a membership that changes gives anything, where the group may be a distribution group.
    void note_unknown_types() {
        std::vector<sddl::sid> changing;
        for (std::size_t index = 0; index < sids_.size(); ++index)
            if (!classes_changing_[index].empty())
                changing.push_back(sids_[index]);
        if (changing.empty())
            return;
        auto const is_changed = changed_groups(before_, after_);
        for (auto const* const image : {&before_, &after_})
            for (auto const& found : access::find_holders(*image, changing))
                for (auto const group : found.untyped)
                    if (is_changed[group])
                        unknown_members_.untyped.insert(group);
    }

    void index_classes() {
        classes_holding_.resize(sids_.size());
        classes_changing_.resize(sids_.size());
        for (std::uint32_t index = 0; index < tokens_.classes.size(); ++index) {
            auto const& asked = tokens_.classes[index];
            std::vector<std::uint32_t> differing;
            std::set_symmetric_difference(asked.before.begin(), asked.before.end(), asked.after.begin(),
                                          asked.after.end(), std::back_inserter(differing));
            for (auto const key : differing)
                classes_changing_[key % sids_.size()].push_back(index);
            tokens_change_ = tokens_change_ || !differing.empty();
            for (auto const key : asked.before)
                classes_holding_[key % sids_.size()].push_back(index);
            for (auto const key : asked.after) {
                if (!std::binary_search(asked.before.begin(), asked.before.end(), key))
                    classes_holding_[key % sids_.size()].push_back(index);
            }
        }
    }

    // Of all others the group's descriptors grant the same before and after: they hold no SID whose ACEs
    // differ, and neither gain nor lose one that decides there.
    std::vector<std::uint32_t> classes_to_ask(object_group const& group) const {
        std::vector<std::uint32_t> asked;
        for (auto const& sid : group.concerned)
            add_classes(asked, classes_holding_, sid);
        if (tokens_change_)
            add_changing(asked, group);
        sort_and_unite(asked);
        return asked;
    }

    void add_changing(std::vector<std::uint32_t>& asked, object_group const& group) const {
        std::set<sddl::sid> deciding;
        std::vector<std::uint32_t> holding_an_owner; // what an owner may can hang on groups that no ACE names
        auto const look_at = [&](descriptor const& side) {
            add_sids(deciding, side);
            if (side.owner)
                add_classes(holding_an_owner, classes_holding_, *side.owner);
        };
        look_at(*group.after);
        if (group.before != group.after)
            look_at(*group.before);
        for (auto const* const above : {group.parents.before.list, group.parents.after.list})
            if (above != nullptr)
                add_sids(deciding, *above);
        if (group.self)
            deciding.insert(*group.self);
        for (auto const& sid : deciding)
            add_classes(asked, classes_changing_, sid);
        std::copy_if(holding_an_owner.begin(), holding_an_owner.end(), std::back_inserter(asked),
                     [this](auto index) { return tokens_.classes[index].changes(); });
    }

    void add_classes(std::vector<std::uint32_t>& to, std::vector<std::vector<std::uint32_t>> const& by_sid,
                     sddl::sid const& sid) const {
        auto const place = std::lower_bound(sids_.begin(), sids_.end(), sid);
        if (place == sids_.end() || *place != sid)
            return;
        auto const& found = by_sid[static_cast<std::size_t>(place - sids_.begin())];
        to.insert(to.end(), found.begin(), found.end());
    }

    void count(rows& into, object_group const& group, timed_differences const& differences,
               std::vector<access::object_index> const& objects) const {
        std::vector<access::object_index> privileged;
        for (auto const object : objects)
            if (is_privileged(object))
                privileged.push_back(object);
        for (auto const& [gained, right, when] : differences) {
            auto& row = into[{after_.classes[group.classes].structural->name, !gained, right, when}];
            row.objects += objects.size();
            row.privileged += privileged.size();
            add_first(row.first, objects);
            add_first(row.first_privileged, privileged);
        }
    }

    static void add_first(std::vector<access::object_index>& shown,
                          std::vector<access::object_index> const& of) {
        constexpr std::size_t at_most = 3;
        for (std::size_t index = 0; index < of.size() && shown.size() < at_most; ++index)
            shown.push_back(of[index]);
    }

    [[nodiscard]] bool is_privileged(access::object_index object) const {
        constexpr std::int64_t server_trust = 0x2000;
        auto const& exported = *after_.objects[object].exported;
        return (object < is_protected_.size() && is_protected_[object]) || exported.is_a("domainDNS") ||
               (exported.number(directory::attribute::user_account_control).value_or(0) & server_trust) != 0;
    }

    // One account, or some that nothing tells apart, on the objects of a group.
    [[nodiscard]] timed_differences differences(object_group const& group, sddl::security_token const& before,
                                                sddl::security_token const& after,
                                                std::optional<sddl::sid> const& account = {}) {
        auto const& self = account ? account : group.self;
        auto const& parents = group.parents;
        auto const lasting = differences_to(*group.after, parents.after, group, before, after, self);
        auto const at_first =
            group.until_task == group.after && parents.until_task == parents.after
                ? lasting
                : differences_to(*group.until_task, parents.until_task, group, before, after, self);
        timed_differences made;
        for (auto const& [gained, right] : lasting)
            made.emplace(gained, right,
                         at_first.contains({gained, right}) ? right_time::lasting : right_time::after_task);
        for (auto const& [gained, right] : at_first)
            if (!lasting.contains({gained, right}))
                made.emplace(gained, right, right_time::until_task);
        return made;
    }

    [[nodiscard]] access::right_differences
    differences_to(descriptor const& then, parent_list const& parent_then, object_group const& group,
                   sddl::security_token const& before, sddl::security_token const& after,
                   std::optional<sddl::sid> const& self) {
        auto const& classes = after_.classes[group.classes];
        auto found = access::compare_access(
            rights_.find(classes), {*group.before, before, self, before_.owners.have_rights(classes, before)},
            {then, after, self, after_.owners.have_rights(classes, after)});
        deletion_.complete(found, group.classes, {*group.before, group.parents.before, before, self},
                           {then, parent_then, after, self});
        if (speaks_of_deletion(found) && !group.parents.are_known())
            without_parent_.insert(&group);
        if (found.has_unknown_condition)
            conditional_.insert(&group);
        return std::move(found.rights);
    }

    void compare(object_group const& group, std::uint32_t index) {
        auto const& asked = tokens_.classes[index];
        auto made = differences(group, asked.tokens_before[group.domain], asked.tokens_after[group.domain]);
        if (!stands_for_accounts(index))
            take_away_what_everybody_gets(group, index, made);
        if (!made.empty())
            count(rows_[index], group, made, group.objects);
    }

    [[nodiscard]] bool stands_for_accounts(std::uint32_t index) const {
        auto const& accounts = tokens_.classes[index].accounts;
        return std::any_of(accounts.begin(), accounts.end(),
                           [this](auto object) { return access::is_account(after_, object); });
    }

    // Of groups and SIDs it need not be said again.
    void take_away_what_everybody_gets(object_group const& group, std::uint32_t index,
                                       timed_differences& made) {
        for (std::size_t bare = 0; bare < bare_.size() && !made.empty(); ++bare) {
            auto const other = tokens_.first_bare + static_cast<std::uint32_t>(bare);
            if (other == index && bare_[bare] == access::everyone)
                return;
            if (other == index || !directory::is_everybody(bare_[bare]))
                continue;
            auto const& everybody = tokens_.classes[other];
            for (auto const& said : differences(group, everybody.tokens_before[group.domain],
                                                everybody.tokens_after[group.domain]))
                made.erase(said);
        }
    }

    // What SELF gets, each object has on itself; what it has through its groups is told above.
    void compare_self(object_group const& group) {
        bool const is_asked = !group.concerned.empty() || tokens_change_;
        if (!is_asked || !(speaks_of_self(*group.before) || speaks_of_self(*group.after)))
            return;
        std::map<std::uint32_t, std::vector<access::object_index>> by_token;
        for (auto const object : group.objects) {
            auto const index = tokens_.class_of[object];
            if (index != access::no_class && (!group.concerned.empty() || tokens_.classes[index].changes()))
                by_token[index].push_back(object);
        }
        for (auto const& [index, objects] : by_token) {
            auto const& before = tokens_.classes[index].tokens_before[group.domain];
            auto const& after = tokens_.classes[index].tokens_after[group.domain];
            auto const self = before_.objects[objects.front()].exported->sid;
            auto made = differences(group, with(before, *self), with(after, *self), self);
            for (auto const& said : differences(group, before, after))
                made.erase(said);
            count(self_rows_, group, made, objects);
        }
    }

    static sddl::security_token with(sddl::security_token const& token, sddl::sid const& added) {
        auto sids = token.sids();
        sids.push_back(added);
        return sddl::security_token(std::move(sids));
    }

    // Accounts with the same rows are named together.
    std::vector<account_change> summarize() const {
        std::map<std::vector<right_change>, std::vector<std::string>, row_less> by_rows;
        auto const add = [&](rows const& from, std::vector<std::string> names) {
            if (from.empty())
                return;
            auto& together = by_rows[words(from)];
            together.insert(together.end(), names.begin(), names.end());
        };
        for (auto const& [index, made] : rows_) {
            std::vector<std::string> names;
            for (auto const account : tokens_.classes[index].accounts)
                names.push_back(name_of(account));
            if (index >= tokens_.first_bare)
                names.push_back(
                    directory::account_name(context_.exported, bare_[index - tokens_.first_bare]));
            add(made, std::move(names));
        }
        add(self_rows_, {"SELF"});
        std::vector<account_change> changes;
        for (auto& [made, names] : by_rows) {
            auto const is_everybody = [](std::string const& name) {
                return name.ends_with(everybody_remark);
            };
            std::sort(names.begin(), names.end());
            auto const others = std::stable_partition(names.begin(), names.end(), is_everybody);
            changes.push_back({names, made, others != names.begin()});
        }
        std::stable_sort(
            changes.begin(), changes.end(),
            [](account_change const& a, account_change const& b) { return a.accounts < b.accounts; });
        return changes;
    }

    [[nodiscard]] std::string name_of(access::object_index account) const {
        auto const name = directory::account_name(*after_.objects[account].exported);
        if (after_.objects[account].is_added)
            return name + " (a new account)";
        auto const remark = remarks_.find(account);
        return remark == remarks_.end() ? name : name + std::string(remark->second);
    }

    [[nodiscard]] std::vector<right_change> words(rows const& from) const {
        std::vector<right_change> made;
        for (auto const& [key, row_tally] : from) {
            auto& row = made.emplace_back();
            row.object_class = std::get<0>(key);
            row.gained = !std::get<1>(key);
            row.right = std::get<2>(key);
            row.when = std::get<3>(key);
            row.objects = row_tally.objects;
            for (auto const object : row_tally.first)
                row.first.push_back(after_.dn(object));
            row.privileged = row_tally.privileged;
            for (auto const object : row_tally.first_privileged)
                row.first_privileged.push_back(after_.dn(object));
            row.takes_over = row.gained && takes_over(row.right, row.object_class, context_.known);
        }
        return made;
    }

    struct row_less {
        bool operator()(std::vector<right_change> const& a, std::vector<right_change> const& b) const {
            return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less);
        }
        static bool less(right_change const& a, right_change const& b) {
            return std::tie(a.object_class, a.gained, a.right, a.when, a.objects, a.first) <
                   std::tie(b.object_class, b.gained, b.right, b.when, b.objects, b.first);
        }
    };

    change_context const& context_;
    access::directory_image const& before_;
    access::directory_image const& after_;
    std::vector<bool> const& is_protected_;
    directory::class_rights_cache rights_;
    deletion_judge deletion_;
    std::vector<object_group> groups_;
    std::vector<sddl::sid> sids_;
    std::vector<access::object_index> groups_to_ask_;
    std::map<access::object_index, std::string_view> remarks_; // about those
    std::vector<sddl::sid> bare_;
    access::unknown_memberships unknown_members_;
    bool has_unseen_trustee_ = false;
    access::token_classes tokens_;
    std::vector<std::vector<std::uint32_t>> classes_holding_;  // by SID, before or after
    std::vector<std::vector<std::uint32_t>> classes_changing_; // by SID, which they gain or lose
    bool tokens_change_ = false;
    std::map<std::uint32_t, rows> rows_;
    rows self_rows_;
    std::set<object_group const*> conditional_;
    std::set<object_group const*> without_parent_; // whose deletion changes as far as their own lists say
};

} // namespace

compared_access compare_access(change_context const& context, projection const& change) {
    comparison made(context, change);
    auto changes = made.compare();
    return {std::move(changes), made.unknown()};
}

} // namespace dsplan::effect
