#include <tools/dsplan/access/lone_trustees.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/access/who_can.hpp>
#include <tools/dsplan/directory/principals.hpp>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace dsplan::access {
namespace {

using descriptor = sddl::security_descriptor;
using group_key = std::tuple<descriptor const*, std::uint32_t, std::uint32_t>; // classes, domain

// Objects that no access check tells apart.
struct object_group {
    descriptor const* list;
    directory::object_classes const* classes;
    std::uint32_t domain;
    group_key key;
    std::vector<object_index> const* objects;
};

// Who was found, by trustee.
class holder_table {
public:
    explicit holder_table(directory_image const& image) : image_(image) {}

    // The entry of the trustee that the decision rests on.
    holder& note(object_group const& group, sddl::access_decision const& decision,
                 std::vector<object_index> const& accounts) {
        sddl::sid trustee = everyone; // a NULL DACL
        if (decision.basis == sddl::access_basis::ace)
            trustee = group.list->dacl->aces[decision.index].trustee;
        else if (decision.basis == sddl::access_basis::ownership)
            trustee = *group.list->owner;
        auto& found = holders_[{trustee, decision.basis}];
        found.trustee = trustee;
        found.basis = decision.basis;
        if (found.example == no_object) {
            found.example = group.objects->front();
            found.example_ace = decision.index;
        }
        if (noted_.insert({&found, group.key}).second)
            found.objects += group.objects->size();
        for (auto const account : accounts) {
            if (is_account(image_, account))
                found.accounts[account] += group.objects->size();
        }
        return found;
    }

    [[nodiscard]] std::vector<holder> take() && {
        std::vector<holder> made;
        for (auto& [key, found] : holders_)
            made.push_back(std::move(found));
        return made;
    }

private:
    directory_image const& image_;
    std::map<std::pair<sddl::sid, sddl::access_basis>, holder> holders_;
    std::set<std::pair<holder const*, group_key>> noted_;
};

class search {
public:
    search(directory_image const& image, right_query const& query)
        : image_(image)
        , query_(query)
        , holders_(image)
        , unless_denied_(image) {}

    who_can_answer run(std::function<bool(object_index)> const& is_asked) {
        group(is_asked);
        collect_sids();
        lone_ = find_lone_trustees(image_, sids_, denying_);
        tokens_ = make_token_classes({image_, image_, sids_, {}, {}});
        for (auto const& one : tokens_.classes)
            answer_.everybody += one.accounts.size();
        for (auto const& [key, objects] : groups_) {
            auto const& [list, classes, domain] = key;
            object_group const group{list, &image_.classes[classes], domain, key, &objects};
            if (!is_meaningful(query_, *group.classes))
                continue;
            ask_accounts(group);
            ask_lone_trustees(group);
            ask_self(group);
            if (!list->dacl) // everybody, whether or not an account is exported
                holders_.note(group, decide(group, sddl::security_token{}, {}), {});
        }
        for (auto const& key : may_be_allowed_)
            answer_.conditional += groups_.at(key).size();
        answer_.holders = std::move(holders_).take();
        answer_.unless_denied = std::move(unless_denied_).take();
        answer_.outsiders = std::move(lone_.outsiders);
        answer_.has_unseen_trustee =
            std::any_of(lone_.all.begin(), lone_.all.end(), [](lone_trustee const& each) {
                return each.carriers.empty() && directory::is_account_sid(each.sid);
            });
        answer_.unknown_members = std::move(lone_.unknown);
        return std::move(answer_);
    }

private:
    void group(std::function<bool(object_index)> const& is_asked) {
        for (object_index object = 0; object < image_.objects.size(); ++object) {
            auto const& asked = image_.objects[object];
            if (asked.is_deleted || !is_asked(object))
                continue;
            ++answer_.objects;
            bool const is_known = asked.descriptor != nullptr &&
                                  sddl::dacl_state(*asked.descriptor) != sddl::acl_state::absent &&
                                  image_.classes[asked.classes].structural != nullptr;
            if (is_known)
                groups_[{asked.descriptor, asked.classes, asked.domain}].push_back(object);
            else
                ++answer_.unknown;
        }
    }

    // Whoever the right may come from or be taken by.
    void collect_sids() {
        std::set<sddl::sid> all;
        for (auto const& [key, objects] : groups_) {
            auto const* const list = std::get<0>(key);
            if (list->owner)
                all.insert(*list->owner);
            if (!list->dacl)
                continue;
            for (auto const& value : list->dacl->aces) {
                bool const concerns = (sddl::map_generic(value.mask) & query_.rights).bits != 0;
                if (!concerns || value.has(sddl::ace_flag::inherit_only))
                    continue;
                auto const deciding = deciding_sids(value);
                all.insert(deciding.begin(), deciding.end());
                if (sddl::is_deny(value.type) || sddl::is_callback(value.type))
                    denying_.insert(deciding.begin(), deciding.end());
            }
        }
        sids_.assign(all.begin(), all.end());
    }

    sddl::access_decision decide(object_group const& group, sddl::security_token const& token,
                                 std::optional<sddl::sid> const& self) const {
        return access::decide(
            query_, *group.classes, *group.list,
            {.who = token,
             .self = self,
             .owner_has_implicit_rights = image_.owners.have_rights(*group.classes, token)});
    }

    void ask_accounts(object_group const& group) {
        for (auto const& asked : tokens_.classes) {
            auto const& token = asked.tokens_after[group.domain];
            auto const decision = decide(group, token, {});
            if (decision.granted)
                holders_.note(group, decision, asked.accounts);
            else if (auto const trial = without_unknown_denials(group, token, decision); trial.granted)
                unless_denied_.note(group, trial, asked.accounts);
        }
    }

    // What one of them holds through another trustee is said of that one.
    void ask_lone_trustees(object_group const& group) {
        ace_index const aces(*group.list);
        for (auto const& trustee : lone_.all) {
            if (!counts_in(image_, trustee, group.domain))
                continue;
            auto const own = aces.select(trustee.token);
            auto narrowed = group;
            narrowed.list = &own.list;
            auto decision = decide(narrowed, trustee.token, {});
            auto* into = &holders_;
            if (!decision.granted) {
                decision = without_unknown_denials(narrowed, trustee.token, decision);
                into = &unless_denied_;
            }
            if (!decision.granted || !rests_on(decision, own.list, trustee.sid))
                continue;
            if (decision.basis == sddl::access_basis::ace)
                decision.index = own.places[decision.index];
            into->note(group, decision, {});
        }
    }

    static bool rests_on(sddl::access_decision const& decision, descriptor const& list,
                         sddl::sid const& trustee) {
        if (decision.basis == sddl::access_basis::ownership)
            return list.owner == trustee;
        return decision.basis == sddl::access_basis::ace &&
               list.dacl->aces[decision.index].trustee == trustee;
    }

    // The decision without the denials that count only because their conditions are not known.
    sddl::access_decision without_unknown_denials(object_group const& group,
                                                  sddl::security_token const& token,
                                                  sddl::access_decision decision) {
        auto without = *group.list;
        auto trial = group;
        for (; decision.is_unknown_denial; decision = decide(trial, token, {})) {
            without.dacl->aces[decision.index].flags |= sddl::ace_flag::inherit_only; // indices stay
            trial.list = &without;
        }
        if (!decision.unknown_conditions.empty() && !decision.granted)
            may_be_allowed_.insert(group.key);
        return decision;
    }

    void ask_self(object_group const& group) {
        bool const speaks_of_self =
            group.list->dacl &&
            std::any_of(group.list->dacl->aces.begin(), group.list->dacl->aces.end(),
                        [](sddl::ace const& value) { return value.trustee == sddl::principal_self; });
        if (!speaks_of_self)
            return;
        holder* self = nullptr;
        std::size_t granted = 0;
        for (auto const object : *group.objects) {
            auto const& sid = image_.objects[object].exported->sid;
            if (!sid)
                continue;
            auto sids = tokens_.class_of[object] == no_class
                            ? std::vector<sddl::sid>(directory::everybody.begin(), directory::everybody.end())
                            : tokens_.classes[tokens_.class_of[object]].tokens_after[group.domain].sids();
            sids.push_back(*sid);
            auto const decision = decide(group, sddl::security_token(std::move(sids)), sid);
            if (!decision.granted || decision.basis != sddl::access_basis::ace ||
                group.list->dacl->aces[decision.index].trustee != sddl::principal_self)
                continue;
            ++granted;
            self = &holders_.note(group, decision, {});
        }
        if (self != nullptr) // those that are denied it, or have no SID, do not count
            self->objects -= group.objects->size() - granted;
    }

    directory_image const& image_;
    right_query const& query_;
    std::map<group_key, std::vector<object_index>> groups_;
    std::vector<sddl::sid> sids_;
    std::set<sddl::sid> denying_; // trustees of denials and of conditions
    lone_trustees lone_;
    token_classes tokens_;
    holder_table holders_;
    holder_table unless_denied_;
    std::set<group_key> may_be_allowed_;
    who_can_answer answer_;
};

} // namespace

namespace {

// Who may delete objects by rights on others, or by another right on them.
class deletion_search {
public:
    deletion_search(directory_image const& image, right_query const& query, who_can_answer& answer)
        : image_(image)
        , query_(query)
        , answer_(answer) {}

    void run(std::function<bool(object_index)> const& is_asked) {
        std::set<object_index> above;
        std::map<std::uint32_t, std::set<object_index>> parents; // by the class of the child
        for (object_index object = 0; object < image_.objects.size(); ++object) {
            auto const& asked = image_.objects[object];
            if (asked.is_deleted || !is_asked(object))
                continue;
            if (asked.parent != no_object)
                parents[asked.classes].insert(asked.parent);
            for (auto step = asked.parent; step != no_object && above.insert(step).second;)
                step = image_.objects[step].parent;
        }
        auto const& known = query_.classes->known();
        auto const tree = deletion_of_tree(known);
        if (query_.rights == sddl::right_delete) {
            for (auto const& [classes, objects] : parents) {
                if (auto const* const of = image_.classes[classes].structural; of != nullptr) {
                    auto const child = deletion_of_child(*of, known);
                    add(child, child.text + " on the parent", objects);
                }
            }
            add(tree, "delete tree on the object", is_asked);
        }
        add(tree, "delete tree on an object above", above);
    }

private:
    void add(right_query const& asked, std::string const& by, std::set<object_index> const& objects) {
        add(asked, by, [&objects](object_index object) { return objects.contains(object); });
    }

    void add(right_query const& asked, std::string const& by,
             std::function<bool(object_index)> const& is_asked) {
        auto found = search(image_, asked).run(is_asked);
        answer_.unknown += found.unknown;
        answer_.conditional += found.conditional;
        answer_.has_unseen_trustee |= found.has_unseen_trustee;
        answer_.unknown_members.add(found.unknown_members);
        answer_.outsiders.merge(found.outsiders);
        take(std::move(found.holders), by, answer_.holders);
        take(std::move(found.unless_denied), by, answer_.unless_denied);
    }

    static void take(std::vector<holder> from, std::string const& by, std::vector<holder>& to) {
        for (auto& each : from) {
            each.by = by;
            to.push_back(std::move(each));
        }
    }

    directory_image const& image_;
    right_query const& query_;
    who_can_answer& answer_;
};

} // namespace

who_can_answer who_can(directory_image const& image, right_query const& query,
                       std::function<bool(object_index)> const& is_asked) {
    auto answer = search(image, query).run(is_asked);
    if (is_deletion(query))
        deletion_search(image, query, answer).run(is_asked);
    return answer;
}

} // namespace dsplan::access
