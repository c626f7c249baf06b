#include <tools/dsplan/access/group_self.hpp>
#include <tools/dsplan/access/holder_search.hpp>
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
using group_key = std::tuple<descriptor const*, std::uint32_t, std::uint32_t,
                             object_index>; // classes, domain, a lone object

using groups_of_accounts = std::map<object_index, std::vector<object_index>>;

// Objects that no access check tells apart.
struct object_group {
    descriptor const* list;
    directory::object_classes const* classes;
    std::uint32_t domain;
    group_key key;
    std::vector<object_index> const* objects;
    groups_of_accounts const* apart = nullptr; // those that are SELF on some of the objects, with these
};

// Who was found, by trustee.
class holder_table {
public:
    explicit holder_table(directory_image const& image) : image_(image) {}

    // The entry of the trustee that the decision rests on.
    void note(object_group const& group, sddl::access_decision const& decision,
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
            auto const objects = group.objects->size() - count_apart(group, account);
            if (is_account(image_, account) && objects > 0)
                found.accounts[account] += objects;
        }
    }

    static std::size_t count_apart(object_group const& group, object_index account) {
        if (group.apart == nullptr)
            return 0;
        auto const found = group.apart->find(account);
        return found == group.apart->end() ? 0 : found->second.size();
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

// Members of groups, as they count on objects of a domain; each domain is looked through once.
class member_search {
public:
    explicit member_search(directory_image const& image) : image_(image) {}

    [[nodiscard]] std::vector<object_index> accounts_in(sddl::sid const& group, std::uint32_t domain) {
        auto objects = by_domain_.try_emplace(domain, image_, domain).first->second.objects_of(group);
        std::erase_if(objects, [this](object_index object) { return !is_account(image_, object); });
        return objects;
    }

private:
    directory_image const& image_;
    std::map<std::uint32_t, holder_search> by_domain_;
};

class search {
public:
    search(directory_image const& image, right_query const& query)
        : image_(image)
        , members_(image)
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
            auto const& [list, classes, domain, alone] = key;
            object_group group{list, &image_.classes[classes], domain, key, &objects};
            if (!is_meaningful(query_, *group.classes))
                continue;
            auto const apart = set_apart(group);
            group.apart = &apart;
            ask_accounts(group);
            ask_members(group);
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
                groups_[{asked.descriptor, asked.classes, asked.domain, no_object}].push_back(object);
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

    // Members of a group whose list speaks of SELF, as which they are asked about it.
    groups_of_accounts set_apart(object_group const& group) {
        groups_of_accounts apart;
        if (!group.list->dacl || !self_decides(group))
            return apart;
        std::vector<sddl::sid> sids;
        std::vector<object_index> objects;
        for (auto const object : *group.objects) {
            if (!image_.objects[object].exported->sid || is_account(image_, object))
                continue;
            objects.push_back(object);
            sids.push_back(*image_.objects[object].exported->sid);
        }
        if (sids.empty())
            return apart;
        auto const holders = find_holders(image_, sids);
        for (std::size_t index = 0; index < sids.size(); ++index) {
            auto const members =
                holders[index].everybody ? all_accounts() : members_.accounts_in(sids[index], group.domain);
            for (auto const account : members)
                apart[account].push_back(objects[index]);
            lone_.unknown.add(holders[index]);
            auto const& outside = holders[index].outsiders;
            auto& outsiders = lone_.outsiders[sddl::principal_self];
            outsiders.insert(outsiders.end(), outside.begin(), outside.end());
        }
        return apart;
    }

    [[nodiscard]] std::vector<object_index> all_accounts() const {
        std::vector<object_index> made;
        for (object_index object = 0; object < image_.objects.size(); ++object)
            if (is_account(image_, object))
                made.push_back(object);
        return made;
    }

    // One of the objects by itself.
    static object_group alone_in(object_group const& group, std::vector<object_index> const& one) {
        auto made = group;
        std::get<3>(made.key) = one.front();
        made.objects = &one;
        made.apart = nullptr;
        return made;
    }

    [[nodiscard]] bool self_decides(object_group const& group) const {
        auto const& aces = group.list->dacl->aces;
        bool const concerns = std::any_of(aces.begin(), aces.end(), [this](sddl::ace const& value) {
            return value.trustee == sddl::principal_self &&
                   (sddl::map_generic(value.mask) & query_.rights).bits != 0;
        });
        return concerns && self_matters(query_.classes->find(*group.classes), *group.list);
    }

    void ask_members(object_group const& group) {
        for (auto const& [account, objects] : *group.apart) {
            auto const& token = tokens_.classes[tokens_.class_of[account]].tokens_after[group.domain];
            for (auto const object : objects) {
                auto const& self = image_.objects[object].exported->sid;
                auto sids = token.sids();
                sids.push_back(*self);
                std::vector<object_index> const alone{object};
                auto const one = alone_in(group, alone);
                sddl::security_token const as_member(std::move(sids));
                auto const decision = decide(one, as_member, self);
                if (decision.granted)
                    holders_.note(one, decision, {account});
                else if (auto const trial = without_unknown_denials(one, as_member, decision, self);
                         trial.granted)
                    unless_denied_.note(one, trial, {account});
            }
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
                                                  sddl::access_decision decision,
                                                  std::optional<sddl::sid> const& self = {}) {
        auto without = *group.list;
        auto trial = group;
        for (; decision.is_unknown_denial; decision = decide(trial, token, self)) {
            without.dacl->aces[decision.index].flags |= sddl::ace_flag::inherit_only; // indices stay
            trial.list = &without;
        }
        if (!decision.unknown_conditions.empty() && !decision.granted)
            may_be_allowed_.insert(with_others(group.key));
        return decision;
    }

    // Of the objects that have the same list.
    static group_key with_others(group_key key) {
        std::get<3>(key) = no_object;
        return key;
    }

    void ask_self(object_group const& group) {
        bool const speaks_of_self =
            group.list->dacl &&
            std::any_of(group.list->dacl->aces.begin(), group.list->dacl->aces.end(),
                        [](sddl::ace const& value) { return value.trustee == sddl::principal_self; });
        if (!speaks_of_self)
            return;
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
            std::vector<object_index> const alone{object}; // those that are denied it do not count
            holders_.note(alone_in(group, alone), decision, {});
        }
    }

    directory_image const& image_;
    member_search members_;
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
