#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/access/who_can.hpp>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace dsplan::access {
namespace {

using descriptor = sddl::security_descriptor;
using object_group = std::pair<std::pair<descriptor const*, std::uint32_t>, std::vector<object_index>>;

class search {
public:
    search(directory_image const& image, right_query const& query) : image_(image), query_(query) {}

    who_can_answer run(std::function<bool(object_index)> const& is_asked) {
        group(is_asked);
        collect_sids();
        tokens_ = make_token_classes({image_, image_, sids_}, {});
        for (auto const& one : tokens_.classes)
            answer_.everybody += one.accounts.size();
        auto const held = are_held(image_, sids_);
        for (auto const& [key, objects] : groups_) {
            if (!is_meaningful(query_, image_.classes[key.second]))
                continue;
            ask_accounts({key, objects});
            ask_self({key, objects});
            for (std::size_t index = 0; index < sids_.size(); ++index) {
                if (!held[index])
                    ask_bare(sids_[index], {key, objects});
            }
        }
        for (auto& [key, found] : holders_)
            answer_.holders.push_back(std::move(found));
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
                groups_[{asked.descriptor, asked.classes}].push_back(object);
            else
                ++answer_.unknown;
        }
    }

    // Whoever the right may come from or be taken by.
    void collect_sids() {
        std::set<sddl::sid> all;
        for (auto const& [key, objects] : groups_) {
            if (key.first->owner)
                all.insert(*key.first->owner);
            if (!key.first->dacl)
                continue;
            for (auto const& value : key.first->dacl->aces) {
                bool const concerns = (sddl::map_generic(value.mask) & query_.rights).bits != 0;
                if (!concerns || value.has(sddl::ace_flag::inherit_only))
                    continue;
                auto const deciding = deciding_sids(value);
                all.insert(deciding.begin(), deciding.end());
            }
        }
        sids_.assign(all.begin(), all.end());
    }

    sddl::access_decision decide(object_group const& group, sddl::security_token const& token,
                                 std::optional<sddl::sid> const& self) const {
        auto const& classes = image_.classes[group.first.second];
        return access::decide(query_, classes, *group.first.first,
                              {.who = token,
                               .self = self,
                               .owner_has_implicit_rights = image_.owners.have_rights(classes, token)});
    }

    // The entry of the trustee that the decision rests on.
    holder& note(object_group const& group, sddl::access_decision const& decision) {
        auto const& from = *group.first.first;
        sddl::sid trustee = everyone; // a NULL DACL
        if (decision.basis == sddl::access_basis::ace)
            trustee = from.dacl->aces[decision.index].trustee;
        else if (decision.basis == sddl::access_basis::ownership)
            trustee = *from.owner;
        auto& found = holders_[{trustee, decision.basis}];
        found.trustee = trustee;
        found.basis = decision.basis;
        if (found.example == no_object) {
            found.example = group.second.front();
            found.example_ace = decision.index;
        }
        if (noted_.insert({&found, group.first}).second)
            found.objects += group.second.size();
        return found;
    }

    void ask_accounts(object_group const& group) {
        bool is_conditional = false;
        for (auto const& asked : tokens_.classes) {
            auto const decision = decide(group, asked.token_after, {});
            is_conditional |= !decision.unknown_conditions.empty();
            if (!decision.granted)
                continue;
            auto& found = note(group, decision);
            for (auto const account : asked.accounts)
                found.accounts[account] += group.second.size();
        }
        if (is_conditional)
            answer_.conditional += group.second.size();
    }

    void ask_self(object_group const& group) {
        bool const speaks_of_self =
            group.first.first->dacl &&
            std::any_of(group.first.first->dacl->aces.begin(), group.first.first->dacl->aces.end(),
                        [](sddl::ace const& value) { return value.trustee == sddl::principal_self; });
        if (!speaks_of_self)
            return;
        std::size_t granted = 0;
        for (auto const object : group.second) {
            auto const& sid = image_.objects[object].exported->sid;
            if (!sid)
                continue;
            auto sids = tokens_.class_of[object] == no_class
                            ? std::vector<sddl::sid>{everyone, authenticated_users}
                            : tokens_.classes[tokens_.class_of[object]].token_after.sids();
            sids.push_back(*sid);
            auto const decision = decide(group, sddl::security_token(std::move(sids)), sid);
            if (!decision.granted || decision.basis != sddl::access_basis::ace ||
                group.first.first->dacl->aces[decision.index].trustee != sddl::principal_self)
                continue;
            if (++granted == 1)
                note(group, decision);
        }
        if (granted > 0) // those that are denied it, or have no SID, do not count
            holders_.at({sddl::principal_self, sddl::access_basis::ace}).objects -=
                group.second.size() - granted;
    }

    void ask_bare(sddl::sid const& sid, object_group const& group) {
        if (sid == sddl::principal_self || sid == sddl::owner_rights)
            return;
        auto const decision = decide(group, sddl::security_token({sid, everyone, authenticated_users}), {});
        bool const is_through_it =
            decision.granted && (decision.basis == sddl::access_basis::ownership ||
                                 (decision.basis == sddl::access_basis::ace &&
                                  group.first.first->dacl->aces[decision.index].trustee == sid));
        if (is_through_it)
            note(group, decision);
    }

    directory_image const& image_;
    right_query const& query_;
    std::map<std::pair<descriptor const*, std::uint32_t>, std::vector<object_index>> groups_;
    std::vector<sddl::sid> sids_;
    token_classes tokens_;
    std::map<std::pair<sddl::sid, sddl::access_basis>, holder> holders_;
    std::set<std::pair<holder const*, std::pair<descriptor const*, std::uint32_t>>> noted_;
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
        for (auto& each : found.holders) {
            each.by = by;
            answer_.holders.push_back(std::move(each));
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
