#include <tools/dsplan/access/asked_groups.hpp>
#include <tools/dsplan/access/holder_search.hpp>
#include <tools/dsplan/access/holder_table.hpp>
#include <tools/dsplan/access/lone_trustees.hpp>
#include <tools/dsplan/access/right_holders.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascending.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::access {
namespace {

using descriptor = sddl::security_descriptor;

// Objects of a group, by the token class of which they are SELF.
using objects_by_class = std::map<std::uint32_t, std::vector<object_index>>;

// What the token holds of the SIDs, and SELF: a list that names no others decides the same.
sddl::security_token as_self(sddl::security_token const& token, std::vector<sddl::sid> const& sids,
                             sddl::sid const& self) {
    std::vector<sddl::sid> held{self};
    std::copy_if(sids.begin(), sids.end(), std::back_inserter(held),
                 [&](sddl::sid const& each) { return token.holds(each); });
    return sddl::security_token(std::move(held));
}

// Which token classes hold a SID.
class class_index {
public:
    class_index(token_classes const& tokens, std::vector<sddl::sid> const& sids, std::uint32_t domains)
        : sids_(sids)
        , all_(tokens.classes.size())
        , by_key_(sids.size() * domains) {
        for (std::uint32_t index = 0; index < tokens.classes.size(); ++index)
            for (auto const key : tokens.classes[index].after)
                by_key_[key].push_back(index);
    }

    [[nodiscard]] std::vector<std::uint32_t> const& holding(sddl::sid const& sid,
                                                            std::uint32_t domain) const {
        auto const place = std::lower_bound(sids_.begin(), sids_.end(), sid);
        return by_key_[domain * sids_.size() + static_cast<std::size_t>(place - sids_.begin())];
    }

    // Those that hold one of the SIDs that not all hold, ascending: the others are all alike.
    [[nodiscard]] std::vector<std::uint32_t> holding_some(std::vector<sddl::sid> const& sids,
                                                          std::uint32_t domain) const {
        std::vector<std::uint32_t> made;
        for (auto const& sid : sids)
            if (auto const& found = holding(sid, domain); found.size() < all_)
                made.insert(made.end(), found.begin(), found.end());
        sort_and_unite(made);
        return made;
    }

private:
    std::vector<sddl::sid> const& sids_;
    std::size_t all_;
    std::vector<std::vector<std::uint32_t>> by_key_; // domain * number of SIDs + index into them
};

bool rests_on(sddl::access_decision const& decision, descriptor const& list, sddl::sid const& trustee) {
    if (decision.basis == sddl::access_basis::ownership)
        return list.owner == trustee;
    return decision.basis == sddl::access_basis::ace && list.dacl->aces[decision.index].trustee == trustee;
}

object_group alone_in(object_group const& group, object_index one) {
    return {group.list, group.classes, group.domain, group.number, group.objects, one};
}

class right_search {
public:
    right_search(directory_image const& image, right_query const& query)
        : image_(image)
        , query_(query)
        , members_(image) {}

    who_can_answer run(std::function<bool(object_index)> const& is_asked) {
        auto const objects = sort_by_list(image_, is_asked);
        answer_.objects = objects.count;
        answer_.unknown = objects.unknown;
        auto const groups = groups_of(objects.by_list, image_, query_);
        auto asked = sids_of(groups, image_, query_);
        lone_ = find_lone_trustees(image_, {asked.deciding.begin(), asked.deciding.end()}, asked.denying);
        asked.deciding.merge(asked.selves);
        std::vector<sddl::sid> const sids(asked.deciding.begin(), asked.deciding.end());
        tokens_ = make_token_classes({members_, members_, sids, {}, {}});
        class_index const holding(tokens_, sids, image_.domains);
        for (auto const& group : groups)
            ask(group, holding);
        return take();
    }

private:
    who_can_answer take() {
        for (auto const& one : tokens_.classes)
            answer_.everybody += one.accounts.size();
        answer_.holders = std::move(holders_).take(image_, tokens_);
        answer_.unless_denied = std::move(unless_denied_).take(image_, tokens_);
        answer_.outsiders = std::move(lone_.outsiders);
        answer_.has_unseen_trustee =
            std::any_of(lone_.all.begin(), lone_.all.end(), [](lone_trustee const& each) {
                return each.carriers.empty() && directory::is_account_sid(each.sid);
            });
        answer_.unknown_members = std::move(lone_.unknown);
        return std::move(answer_);
    }

    void ask(object_group const& group, class_index const& holding) {
        auto const sids = sids_that_decide(group.list, query_.rights);
        auto const apart = set_apart(group, holding);
        ask_accounts(group, holding.holding_some(sids, group.domain), apart);
        for (auto const& [index, objects] : apart)
            ask_members(group, index, objects, sids);
        ask_lone_trustees(group, sids);
        if (speaks_of_self(group.list, query_.rights))
            ask_self(group, sids);
        if (!group.list.dacl) // everybody, whether or not an account is exported
            holders_.note(group, decide(group, {.who = sddl::security_token{}, .self = {}}));
    }

    [[nodiscard]] sddl::access_decision decide(object_group const& group,
                                               sddl::access_request const& request) const {
        return access::decide(query_, group.classes, group.list, request);
    }

    [[nodiscard]] bool owner_counts(object_group const& group, sddl::security_token const& token) const {
        return image_.owners.have_rights(group.classes, token);
    }

    // Calls `use` with the entry of the trustee through which the request is granted.
    template <class Use>
    void ask_about(object_group const& group, sddl::access_request const& request, Use const& use) {
        auto const decision = decide(group, request);
        if (decision.granted)
            use(holders_.note(group, decision));
        else if (auto const trial = without_unknown_denials(group, request, decision); trial.granted)
            use(unless_denied_.note(group, trial));
    }

    void ask_accounts(object_group const& group, std::vector<std::uint32_t> some,
                      objects_by_class const& apart) {
        for (auto const& [index, objects] : apart)
            some.push_back(index);
        sort_and_unite(some);
        std::uint32_t other = 0;
        for (auto const index : some) {
            other += index == other ? 1 : 0;
            auto const members = apart.find(index);
            auto const count = group.size() - (members == apart.end() ? 0 : members->second.size());
            auto const& token = tokens_.classes[index].tokens_after[group.domain];
            sddl::access_request const request{
                .who = token, .self = {}, .owner_has_implicit_rights = owner_counts(group, token)};
            if (count > 0)
                ask_about(group, request, [&](holder_table::entry& found) { found.add(index, count); });
        }
        if (other == tokens_.classes.size())
            return;
        auto const& token = tokens_.classes[other].tokens_after[group.domain];
        sddl::access_request const request{
            .who = token, .self = {}, .owner_has_implicit_rights = owner_counts(group, token)};
        ask_about(group, request, [&](holder_table::entry& found) { found.add_all_but(some, group.size()); });
    }

    objects_by_class set_apart(object_group const& group, class_index const& holding) {
        objects_by_class apart;
        std::vector<sddl::sid> sids;
        for (auto const object : objects_with_members(group, image_, query_)) {
            auto const& sid = sids.emplace_back(*image_.objects[object].exported->sid);
            for (auto const index : holding.holding(sid, group.domain))
                apart[index].push_back(object);
        }
        if (sids.empty())
            return apart;
        auto& outsiders = lone_.outsiders[sddl::principal_self];
        for (auto const& found : find_holders(members_, sids)) {
            lone_.unknown.add(found);
            outsiders.insert(outsiders.end(), found.outsiders.begin(), found.outsiders.end());
        }
        return apart;
    }

    void ask_members(object_group const& group, std::uint32_t index, std::vector<object_index> const& objects,
                     std::vector<sddl::sid> const& sids) {
        auto const& token = tokens_.classes[index].tokens_after[group.domain];
        for (auto const object : objects) {
            auto const& self = *image_.objects[object].exported->sid;
            auto const as_member = as_self(token, sids, self);
            sddl::access_request const request{
                .who = as_member, .self = self, .owner_has_implicit_rights = owner_counts(group, token)};
            ask_about(alone_in(group, object), request,
                      [&](holder_table::entry& found) { found.add(index, 1); });
        }
    }

    // What one of them holds through another trustee is said of that one.
    void ask_lone_trustees(object_group const& group, std::vector<sddl::sid> const& sids) {
        std::optional<ace_index> aces;
        for (auto const& sid : sids) {
            auto const trustee = std::lower_bound(
                lone_.all.begin(), lone_.all.end(), sid,
                [](lone_trustee const& each, sddl::sid const& wanted) { return each.sid < wanted; });
            if (trustee == lone_.all.end() || trustee->sid != sid ||
                !counts_in(image_, *trustee, group.domain))
                continue;
            if (!aces)
                aces.emplace(group.list);
            ask_lone_trustee(group, *trustee, aces->select(trustee->token));
        }
    }

    void ask_lone_trustee(object_group const& group, lone_trustee const& trustee,
                          ace_index::selection const& own) {
        object_group const narrowed{own.list, group.classes, group.domain, group.number, group.objects};
        sddl::access_request const request{.who = trustee.token,
                                           .self = {},
                                           .owner_has_implicit_rights = owner_counts(group, trustee.token)};
        auto decision = decide(narrowed, request);
        auto* into = &holders_;
        if (!decision.granted) {
            decision = without_unknown_denials(narrowed, request, decision);
            into = &unless_denied_;
        }
        if (!decision.granted || !rests_on(decision, own.list, trustee.sid))
            return;
        if (decision.basis == sddl::access_basis::ace)
            decision.index = own.places[decision.index];
        into->note(group, decision);
    }

    // The decision without the denials that count only because their conditions are not known.
    sddl::access_decision without_unknown_denials(object_group const& group,
                                                  sddl::access_request const& request,
                                                  sddl::access_decision decision) {
        std::optional<descriptor> without;
        while (decision.is_unknown_denial) {
            if (!without)
                without = group.list;
            without->dacl->aces[decision.index].flags |= sddl::ace_flag::inherit_only; // indices stay
            decision = access::decide(query_, group.classes, *without, request);
        }
        bool const may_be_allowed = !decision.unknown_conditions.empty() && !decision.granted;
        if (may_be_allowed && std::exchange(counted_as_conditional_, group.number) != group.number)
            answer_.conditional += group.objects.size();
        return decision;
    }

    void ask_self(object_group const& group, std::vector<sddl::sid> const& sids) {
        sddl::security_token const everybody({directory::everybody.begin(), directory::everybody.end()});
        for (auto const object : group.objects) {
            auto const& sid = image_.objects[object].exported->sid;
            if (!sid)
                continue;
            auto const index = tokens_.class_of[object];
            auto const& token =
                index == no_class ? everybody : tokens_.classes[index].tokens_after[group.domain];
            auto const as_itself = as_self(token, sids, *sid);
            auto const decision = decide(
                group,
                {.who = as_itself, .self = sid, .owner_has_implicit_rights = owner_counts(group, token)});
            if (decision.granted && decision.basis == sddl::access_basis::ace &&
                group.list.dacl->aces[decision.index].trustee == sddl::principal_self)
                holders_.note(alone_in(group, object), decision); // those that are denied it do not count
        }
    }

    directory_image const& image_;
    right_query const& query_;
    holder_search members_; // of groups as which they are SELF
    lone_trustees lone_;
    token_classes tokens_;
    holder_table holders_;
    holder_table unless_denied_;
    std::size_t counted_as_conditional_ = SIZE_MAX; // the last group
    who_can_answer answer_;
};

} // namespace

who_can_answer find_right_holders(directory_image const& image, right_query const& query,
                                  std::function<bool(object_index)> const& is_asked) {
    return right_search(image, query).run(is_asked);
}

} // namespace dsplan::access
