#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/access/holder_search.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/effect/access_comparison.hpp>
#include <tools/dsplan/effect/account_rows.hpp>
#include <tools/dsplan/effect/asked_classes.hpp>
#include <tools/dsplan/effect/asked_trustees.hpp>
#include <tools/dsplan/effect/changed_groups.hpp>
#include <tools/dsplan/effect/deletion.hpp>
#include <tools/dsplan/effect/object_groups.hpp>
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace dsplan::effect {
namespace {

using descriptor = sddl::security_descriptor;

bool speaks_of_self(descriptor const& list) {
    return list.dacl &&
           std::any_of(list.dacl->aces.begin(), list.dacl->aces.end(),
                       [](sddl::ace const& each) { return each.trustee == sddl::principal_self; });
}

// What accounts that nothing tells apart gain and lose on the objects of a group.
class difference_judge {
public:
    difference_judge(projection const& change, directory::schema const& known)
        : change_(change)
        , rights_(known)
        , deletion_(known, change.after) {}

    [[nodiscard]] directory::class_rights_cache& rights() { return rights_; }

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

    // What could not be known: sentences.
    void tell_unknown(std::vector<std::string>& told) const {
        if (auto const objects = count_objects(without_parent_); objects > 0)
            told.push_back(
                fmt::format("the lists of the containers that hold {}, which may allow deleting {}",
                            counted(objects, "object", "objects"), objects == 1 ? "it" : "them"));
        if (auto const objects = count_objects(conditional_); objects > 0)
            told.push_back(fmt::format("the claims that decide conditional ACEs on {}: one that allows "
                                       "is not counted, one that denies is",
                                       counted(objects, "object", "objects")));
    }

private:
    static std::size_t count_objects(std::set<object_group const*> const& groups) {
        std::size_t objects = 0;
        for (auto const* const group : groups)
            objects += group->objects.size();
        return objects;
    }

    [[nodiscard]] access::right_differences
    differences_to(descriptor const& then, parent_list const& parent_then, object_group const& group,
                   sddl::security_token const& before, sddl::security_token const& after,
                   std::optional<sddl::sid> const& self) {
        auto const& classes = change_.after.classes[group.classes];
        auto found = access::compare_access(
            rights_.find(classes),
            {*group.before, before, self, change_.before.owners.have_rights(classes, before)},
            {then, after, self, change_.after.owners.have_rights(classes, after)}, &known_changes_);
        deletion_.complete(found, group.classes, {*group.before, group.parents.before, before, self},
                           {then, parent_then, after, self});
        if (speaks_of_deletion(found) && !group.parents.are_known())
            without_parent_.insert(&group);
        if (found.has_unknown_condition)
            conditional_.insert(&group);
        return std::move(found.rights);
    }

    projection const& change_;
    directory::class_rights_cache rights_;
    access::right_change_memory known_changes_;
    deletion_judge deletion_;
    std::set<object_group const*> conditional_;
    std::set<object_group const*> without_parent_; // whose deletion changes as far as their own lists say
};

class comparison {
public:
    comparison(change_context const& context, projection const& change)
        : change_(change)
        , holders_before_(change.before)
        , holders_after_(change.after)
        , judge_(change, context.known)
        , groups_(group_objects(change, judge_.rights()))
        , asked_(find_asked_trustees(groups_, holders_before_, holders_after_))
        , tokens_(access::make_token_classes(
              {holders_before_, holders_after_, asked_.sids, asked_.groups, asked_.bare}))
        , classes_(tokens_, asked_.sids)
        , rows_(context, change) {}

    compared_access compare() {
        for (auto const& group : groups_) {
            for (auto const index : classes_.of(group))
                compare(group, index);
            compare_self(group);
        }
        return {rows_.summarize(tokens_, asked_), unknown()};
    }

private:
    [[nodiscard]] std::vector<std::string> unknown() {
        note_unknown_types();
        auto made = asked_.unknown.texts(change_.after);
        if (auto unseen = access::unseen_groups_text(change_.after);
            asked_.has_unseen_account && !unseen.empty())
            made.push_back(std::move(unseen));
        judge_.tell_unknown(made);
        return made;
    }

    // Whether a membership that changes gives anything, where the group may be a distribution group.
    void note_unknown_types() {
        auto const changing = classes_.changing();
        if (changing.empty())
            return;
        auto const is_changed = changed_groups(change_.before, change_.after);
        for (auto* const search : {&holders_before_, &holders_after_})
            for (auto const& found : access::find_holders(*search, changing))
                for (auto const group : found.untyped)
                    if (is_changed[group])
                        asked_.unknown.untyped.insert(group);
    }

    void compare(object_group const& group, std::uint32_t index) {
        auto const& asked = tokens_.classes[index];
        auto made =
            judge_.differences(group, asked.tokens_before[group.domain], asked.tokens_after[group.domain]);
        if (!stands_for_accounts(index))
            take_away_what_everybody_gets(group, index, made);
        rows_.add(index, group, made);
    }

    [[nodiscard]] bool stands_for_accounts(std::uint32_t index) const {
        auto const& accounts = tokens_.classes[index].accounts;
        return std::any_of(accounts.begin(), accounts.end(),
                           [this](auto object) { return access::is_account(change_.after, object); });
    }

    // Of groups and SIDs it need not be said again.
    void take_away_what_everybody_gets(object_group const& group, std::uint32_t index,
                                       timed_differences& made) {
        for (std::size_t bare = 0; bare < asked_.bare.size() && !made.empty(); ++bare) {
            auto const other = tokens_.first_bare + static_cast<std::uint32_t>(bare);
            if (other == index && asked_.bare[bare] == access::everyone)
                return;
            if (other == index || !directory::is_everybody(asked_.bare[bare]))
                continue;
            auto const& everybody = tokens_.classes[other];
            for (auto const& said : judge_.differences(group, everybody.tokens_before[group.domain],
                                                       everybody.tokens_after[group.domain]))
                made.erase(said);
        }
    }

    // What SELF gets, each object has on itself; what it has through its groups is told above.
    void compare_self(object_group const& group) {
        bool const is_asked = !group.concerned.empty() || classes_.tokens_change();
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
            auto const self = change_.before.objects[objects.front()].exported->sid;
            auto made = judge_.differences(group, with(before, *self), with(after, *self), self);
            for (auto const& said : judge_.differences(group, before, after))
                made.erase(said);
            rows_.add_self(group, made, objects);
        }
    }

    static sddl::security_token with(sddl::security_token const& token, sddl::sid const& added) {
        auto sids = token.sids();
        sids.push_back(added);
        return sddl::security_token(std::move(sids));
    }

    projection const& change_;
    access::holder_search holders_before_;
    access::holder_search holders_after_;
    difference_judge judge_;
    std::vector<object_group> groups_;
    asked_trustees asked_;
    access::token_classes tokens_;
    asked_classes classes_;
    account_rows rows_;
};

} // namespace

compared_access compare_access(change_context const& context, projection const& change) {
    return comparison(context, change).compare();
}

} // namespace dsplan::effect
