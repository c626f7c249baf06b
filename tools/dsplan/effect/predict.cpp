#include <ldif/attribute_description.hpp>
#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/effect/changed_image.hpp>
#include <tools/dsplan/effect/concerned_objects.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/effect/propagation.hpp>
#include <tools/dsplan/effect/scope.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace dsplan::effect {
namespace {

using descriptor = sddl::security_descriptor;

// Objects that no access check tells apart.
struct object_group {
    descriptor const* before;
    descriptor const* after;
    std::uint32_t classes;
    std::vector<access::object_index> objects;
    std::vector<sddl::sid> concerned; // trustees whose ACEs differ
};

struct tally {
    std::size_t objects = 0;
    std::vector<access::object_index> first;
};

using row_key = std::tuple<std::string, bool, std::string>; // class, gained, right
using rows = std::map<row_key, tally>;

std::vector<object_group> group_objects(access::directory_image const& before,
                                        access::directory_image const& after) {
    std::map<std::tuple<descriptor const*, descriptor const*, std::uint32_t>, std::size_t> known;
    std::vector<object_group> groups;
    for (access::object_index index = 0; index < before.objects.size(); ++index) {
        auto const& was = before.objects[index];
        auto const& is = after.objects[index];
        if (is.is_deleted || was.descriptor == nullptr || is.descriptor == nullptr ||
            after.classes[is.classes].structural == nullptr)
            continue;
        auto const [found, is_new] =
            known.emplace(std::tuple(was.descriptor, is.descriptor, is.classes), groups.size());
        if (is_new)
            groups.push_back({was.descriptor, is.descriptor, is.classes, {}, {}});
        groups[found->second].objects.push_back(index);
    }
    for (auto& group : groups) {
        if (group.before != group.after)
            group.concerned = access::concerned_trustees(*group.before, *group.after);
    }
    return groups;
}

class predictor {
public:
    predictor(change_context const& context, access::directory_image const& before,
              access::directory_image const& after)
        : context_(context)
        , before_(before)
        , after_(after)
        , rights_(context.known)
        , groups_(group_objects(before, after)) {}

    std::vector<account_change> compare() {
        collect_sids();
        tokens_ = access::make_token_classes({before_, after_, sids_}, empty_groups_);
        index_classes();
        for (auto const& group : groups_) {
            for (auto const index : classes_to_ask(group))
                compare(group, tokens_.classes[index], rows_[index]);
            compare_self(group);
            compare_unseen(group);
        }
        return summarize();
    }

    /// Objects with a conditional ACE whose outcome is not known.
    [[nodiscard]] std::size_t conditional() const {
        std::size_t objects = 0;
        for (auto const* const group : conditional_)
            objects += group->objects.size();
        return objects;
    }

private:
    // Trustees and owners of every descriptor that is asked about: the changed ones, and all where a
    // membership changed.
    void collect_sids() {
        std::set<sddl::sid> all;
        std::set<sddl::sid> concerned;
        bool const members_changed =
            std::equal(before_.members.begin(), before_.members.end(), after_.members.begin()) == false;
        for (auto const& group : groups_) {
            concerned.insert(group.concerned.begin(), group.concerned.end());
            if (group.before == group.after && !members_changed)
                continue;
            for (auto const* const side : {group.before, group.after})
                add_sids(all, *side);
        }
        sids_.assign(all.begin(), all.end());
        sort_out({concerned.begin(), concerned.end()});
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

    // A trustee without an account is still asked about: the group itself, or the bare SID.
    void sort_out(std::vector<sddl::sid> const& concerned) {
        auto const held_before = access::are_held(before_, concerned);
        auto const held_after = access::are_held(after_, concerned);
        for (std::size_t index = 0; index < concerned.size(); ++index) {
            auto const& sid = concerned[index];
            bool const is_no_account = sid == sddl::principal_self || sid == sddl::owner_rights ||
                                       sid == sddl::creator_owner || sid == sddl::creator_group;
            if (is_no_account || held_before[index] || held_after[index])
                continue;
            auto const* const exported = context_.exported.find(sid);
            if (exported != nullptr)
                empty_groups_.push_back(
                    static_cast<access::object_index>(exported - context_.exported.entries().data()));
            else
                unseen_.push_back(sid);
        }
    }

    void index_classes() {
        classes_holding_.resize(sids_.size());
        classes_changing_.resize(sids_.size());
        for (std::uint32_t index = 0; index < tokens_.classes.size(); ++index) {
            auto const& asked = tokens_.classes[index];
            std::vector<std::uint32_t> differing;
            std::set_symmetric_difference(asked.before.begin(), asked.before.end(), asked.after.begin(),
                                          asked.after.end(), std::back_inserter(differing));
            for (auto const sid : differing)
                classes_changing_[sid].push_back(index);
            tokens_change_ = tokens_change_ || !differing.empty();
            for (auto const sid : asked.before)
                classes_holding_[sid].push_back(index);
            for (auto const sid : asked.after) {
                if (!std::binary_search(asked.before.begin(), asked.before.end(), sid))
                    classes_holding_[sid].push_back(index);
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
        std::sort(asked.begin(), asked.end());
        asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
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

    void count(rows& into, object_group const& group, access::right_differences const& differences,
               std::vector<access::object_index> const& objects) const {
        constexpr std::size_t shown_at_most = 3;
        for (auto const& [gained, right] : differences) {
            auto& row = into[{after_.classes[group.classes].structural->name, !gained, right}];
            row.objects += objects.size();
            for (auto const object : objects) {
                if (row.first.size() == shown_at_most)
                    break;
                row.first.push_back(object);
            }
        }
    }

    // One account, or some that nothing tells apart, on the objects of a group.
    [[nodiscard]] access::right_differences differences(object_group const& group,
                                                        sddl::security_token const& before,
                                                        sddl::security_token const& after,
                                                        std::optional<sddl::sid> const& self = {}) {
        auto const& classes = after_.classes[group.classes];
        auto found = access::compare_access(
            rights_.find(classes), {*group.before, before, self, before_.owners.have_rights(classes, before)},
            {*group.after, after, self, after_.owners.have_rights(classes, after)});
        if (found.has_unknown_condition)
            conditional_.insert(&group);
        return std::move(found.rights);
    }

    void compare(object_group const& group, access::token_class const& asked, rows& into) {
        count(into, group, differences(group, asked.token_before, asked.token_after), group.objects);
    }

    // What SELF gets, each object has on itself; what it has through its groups is told above.
    void compare_self(object_group const& group) {
        if (!std::binary_search(group.concerned.begin(), group.concerned.end(), sddl::principal_self))
            return;
        std::map<std::uint32_t, std::vector<access::object_index>> by_token;
        for (auto const object : group.objects) {
            if (tokens_.class_of[object] != access::no_class)
                by_token[tokens_.class_of[object]].push_back(object);
        }
        for (auto const& [index, objects] : by_token) {
            auto const& own = tokens_.classes[index];
            auto const self = before_.objects[objects.front()].exported->sid;
            auto made = differences(group, with(own.token_before, *self), with(own.token_after, *self), self);
            for (auto const& said : differences(group, own.token_before, own.token_after))
                made.erase(said);
            count(self_rows_, group, made, objects);
        }
    }

    void compare_unseen(object_group const& group) {
        for (auto const& sid : unseen_) {
            if (!std::binary_search(group.concerned.begin(), group.concerned.end(), sid))
                continue;
            sddl::security_token const token({sid, access::everyone, access::authenticated_users});
            count(unseen_rows_[sid], group, differences(group, token, token), group.objects);
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
            add(made, std::move(names));
        }
        add(self_rows_, {"SELF"});
        for (auto const& [sid, made] : unseen_rows_)
            add(made, {directory::account_name(context_.exported, sid)});
        std::vector<account_change> changes;
        for (auto& [made, names] : by_rows) {
            std::sort(names.begin(), names.end());
            changes.push_back({names, made});
        }
        std::stable_sort(
            changes.begin(), changes.end(),
            [](account_change const& a, account_change const& b) { return a.accounts < b.accounts; });
        return changes;
    }

    [[nodiscard]] std::string name_of(access::object_index account) const {
        auto const* const exported = after_.objects[account].exported;
        auto name = directory::account_name(*exported);
        if (after_.objects[account].is_added)
            return name + " (a new account)";
        return access::is_account(after_, account) ? name : name + " (a group without accounts)";
    }

    [[nodiscard]] std::vector<right_change> words(rows const& from) const {
        std::vector<right_change> made;
        for (auto const& [key, row_tally] : from) {
            auto& row = made.emplace_back();
            row.object_class = std::get<0>(key);
            row.gained = !std::get<1>(key);
            row.right = std::get<2>(key);
            row.objects = row_tally.objects;
            for (auto const object : row_tally.first)
                row.first.push_back(after_.dn(object));
        }
        return made;
    }

    struct row_less {
        bool operator()(std::vector<right_change> const& a, std::vector<right_change> const& b) const {
            return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less);
        }
        static bool less(right_change const& a, right_change const& b) {
            return std::tie(a.object_class, a.gained, a.right, a.objects, a.first) <
                   std::tie(b.object_class, b.gained, b.right, b.objects, b.first);
        }
    };

    change_context const& context_;
    access::directory_image const& before_;
    access::directory_image const& after_;
    directory::class_rights_cache rights_;
    std::vector<object_group> groups_;
    std::vector<sddl::sid> sids_;
    std::vector<access::object_index> empty_groups_;
    std::vector<sddl::sid> unseen_;
    access::token_classes tokens_;
    std::vector<std::vector<std::uint32_t>> classes_holding_;  // by SID, before or after
    std::vector<std::vector<std::uint32_t>> classes_changing_; // by SID, which they gain or lose
    bool tokens_change_ = false;
    std::map<std::uint32_t, rows> rows_;
    rows self_rows_;
    std::map<sddl::sid, rows> unseen_rows_;
    std::set<object_group const*> conditional_;
};

// Whom AdminSDHolder's task protects after the change: the holders of a protected group, and who stands for
// itself.
std::vector<bool> protected_objects(access::directory_image const& image, directory::snapshot const& exported,
                                    directory::protected_accounts const& known) {
    std::vector<bool> made(image.objects.size());
    std::vector<access::object_index> waiting;
    auto const take = [&](access::object_index object) {
        if (!made[object] && !image.objects[object].is_deleted) {
            made[object] = true;
            waiting.push_back(object);
        }
    };
    for (directory::entry const& object : exported.entries()) {
        auto const found = known.find(object);
        auto const index = static_cast<access::object_index>(&object - exported.entries().data());
        if (!found || found->only_admin_count)
            continue;
        if (found->through == nullptr)
            made[index] = true; // itself, not its members
        else if (found->through == &object)
            take(index);
    }
    for (; !waiting.empty();) {
        auto const group = waiting.back();
        waiting.pop_back();
        for (auto const member : image.members[group])
            take(member);
    }
    return made;
}

void count_unknown(effect& made, projection const& change) {
    auto const& before = change.before.objects;
    std::size_t descriptors = 0;
    std::map<std::string, std::size_t> classes;
    for (auto const& object : before) {
        if (object.is_deleted)
            continue;
        descriptors += object.descriptor == nullptr;
        if (change.before.classes[object.classes].structural == nullptr)
            ++classes[std::string(object.exported->structural_class())];
    }
    if (descriptors > change.unsettled)
        made.unknown.push_back(fmt::format("the descriptors of {} are missing or cannot be read",
                                           counted(descriptors - change.unsettled, "object", "objects")));
    if (change.unsettled > 0)
        made.unknown.push_back(
            fmt::format("the descriptor of AdminSDHolder is not in the export, and within the hour {} it",
                        counted(change.unsettled, "protected account gets", "protected accounts get")));
    for (auto const& [name, number] : classes)
        if (name.empty())
            made.unknown.push_back(fmt::format("{} no objectClass in the export",
                                               counted(number, "object has", "objects have")));
        else
            made.unknown.push_back(fmt::format("the schema has no class '{}', which {} of", name,
                                               counted(number, "object is", "objects are")));
    for (std::size_t index = 0; index < before.size(); ++index)
        made.descriptors_changed += before[index].descriptor != change.after.objects[index].descriptor;
}

} // namespace

namespace {

// AdminSDHolder of the object's domain; an object that the change adds is in that of its container.
std::function<access::object_index(access::object_index)>
find_holder_in(projection const& made, directory::snapshot const& exported) {
    return [&made, &exported](access::object_index object) {
        auto const& image = object < made.before.objects.size() ? made.before : made.after;
        auto const* const holder = directory::find_admin_sd_holder(exported, *image.objects[object].exported);
        return holder == nullptr ? access::no_object
                                 : static_cast<access::object_index>(holder - exported.entries().data());
    };
}

// Without the deletions of values that a snapshot does not keep: whether they are there, it cannot say.
ldif::record kept_by_snapshot(ldif::record const& change) {
    auto kept = change;
    std::erase_if(kept.modifications, [](ldif::modification const& it) {
        auto const name = ldif::attribute_name(it.description);
        return it.operation == ldif::modification_operation::delete_values &&
               !directory::find_attribute(name) && !ldif::same_description(name, "nTSecurityDescriptor");
    });
    return kept;
}

} // namespace

result<projection> project(change_context const& context, directory::membership const& members,
                           change_application const& applied, prediction_options const& options) {
    projection made;
    made.before = access::make_image(context.exported, members, context.known);
    directory::protected_accounts const known(context.exported, members, options.rules);
    protection_task task;
    task.holder_of = find_holder_in(made, context.exported);
    if (options.runs_protection_task) {
        task.is_protected = protected_objects(made.before, context.exported, known);
        auto const settled = stamp(made.before, task);
        made.settled_first = settled.stamped;
        made.unsettled = settled.unsettled;
    }
    made.after = made.before;
    made.summary = applied.summary();
    auto told = with_temporary_files(
        [&]() -> result<std::vector<std::string>> { return change_image(made.after, context, applied); });
    if (!told)
        return tl::unexpected(std::move(told).error());
    made.summary.not_followed.insert(made.summary.not_followed.end(), told->begin(), told->end());
    if (options.runs_protection_task) {
        auto const was = std::move(task.is_protected);
        task.is_protected = protected_objects(made.after, context.exported, known);
        for (std::size_t index = 0; index < task.is_protected.size(); ++index)
            made.newly_protected += task.is_protected[index] && !(index < was.size() && was[index]);
    }
    propagate(made.after, made.before, task);
    made.is_protected = std::move(task.is_protected);
    return made;
}

result<projection> project(change_context const& context, directory::membership const& members,
                           std::span<ldif::record const> changes, prediction_options const& options) {
    return with_temporary_files([&] {
        change_application applied(
            context.exported,
            concerned_objects(context.exported, changes, {.requires_parents = options.requires_parents}));
        for (auto const& change : changes)
            (void)applied.apply(kept_by_snapshot(change)); // what is refused stands in the summary
        return project(context, members, applied, options);
    });
}

effect compare(change_context const& context, projection const& change) {
    effect made;
    made.summary = change.summary;
    made.newly_protected = change.newly_protected;
    made.settled_first = change.settled_first;
    predictor compared(context, change.before, change.after);
    made.changes = compared.compare();
    if (auto const conditional = compared.conditional(); conditional > 0)
        made.unknown.push_back(fmt::format("the claims that decide conditional ACEs on {}: one that allows "
                                           "is not counted, one that denies is",
                                           counted(conditional, "object", "objects")));
    made.scopes = measure_scopes(change.before, change.after, change.is_protected);
    count_unknown(made, change);
    return made;
}

result<effect> predict(change_context const& context, directory::membership const& members,
                       std::span<ldif::record const> changes, prediction_options const& options) {
    return project(context, members, changes, options).map([&](projection const& change) {
        return compare(context, change);
    });
}

} // namespace dsplan::effect
