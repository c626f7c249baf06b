#include <sddl/parse_error.hpp>
#include <tools/dsplan/access/effective_access.hpp>
#include <tools/dsplan/access/property_access.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/directory/unknown_members.hpp>
#include <tools/dsplan/ground/ascending.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace dsplan::access {
namespace {

using directory::right_kind;

// Why the object's descriptor cannot be asked; empty if it can.
std::string obstacle_in(directory::entry const& object) {
    if (object.descriptor == nullptr)
        return "the export has no nTSecurityDescriptor of the object";
    if (!object.descriptor->value)
        return "the object's nTSecurityDescriptor cannot be read: " +
               sddl::message(*object.descriptor->error);
    if (sddl::dacl_state(*object.descriptor->value) == sddl::acl_state::absent)
        return "the exported nTSecurityDescriptor of the object has no DACL";
    return {};
}

class answer {
public:
    answer(directory::class_rights const& asked, sddl::security_descriptor const& descriptor,
           sddl::access_request const& request)
        : asked_(asked)
        , descriptor_(descriptor)
        , request_(request) {}

    effective_access build() && {
        auto const granted = sddl::check_access(descriptor_, asked_.tree, request_);
        for (sddl::object_type_tree::node node = 0; node < asked_.tree.size(); ++node)
            add(node, asked_.subjects[node], granted.rights[node]);
        if (granted.has_unknown_condition)
            made_.unknown.emplace_back("a conditional ACE asks for claims that are not known: one that "
                                       "allows is not counted, one that denies is");
        for (auto* const names :
             {&made_.readable_attributes, &made_.writable_attributes, &made_.creatable_classes,
              &made_.deletable_classes, &made_.extended_rights, &made_.validated_writes})
            std::sort(names->begin(), names->end());
        for (auto& [key, rights] : decided_)
            made_.decided_by.push_back({key.first, key.second, std::move(rights)});
        return std::move(made_);
    }

private:
    void add(sddl::object_type_tree::node node, directory::right_subject const& subject,
             sddl::access_mask rights) {
        switch (subject.kind) {
        case right_kind::object:
            add_object(node, rights);
            break;
        case right_kind::property_set:
            break; // its attributes say it
        case right_kind::attribute:
            rights = usable_rights(*subject.attribute, rights);
            note(rights.contains(sddl::right_read_property), made_.readable_attributes, node,
                 sddl::right_read_property);
            note(rights.contains(sddl::right_write_property), made_.writable_attributes, node,
                 sddl::right_write_property);
            break;
        case right_kind::extended_right:
            note(rights.bits != 0, made_.extended_rights, node, sddl::right_control_access);
            break;
        case right_kind::validated_write:
            note(rights.bits != 0, made_.validated_writes, node, sddl::right_self_write);
            break;
        case right_kind::child_class:
            note(rights.contains(sddl::right_create_child), made_.creatable_classes, node,
                 sddl::right_create_child);
            note(rights.contains(sddl::right_delete_child), made_.deletable_classes, node,
                 sddl::right_delete_child);
            break;
        }
    }

    void add_object(sddl::object_type_tree::node node, sddl::access_mask rights) {
        constexpr sddl::access_mask on_the_object{0xF00C4}; // standard rights, LC, DT, LO
        made_.object_rights = rights & on_the_object;
        if (rights.contains(sddl::right_write_owner))
            made_.descriptor_rights |= 3;
        if (rights.contains(sddl::right_write_dac))
            made_.descriptor_rights |= 4;
        for (std::uint32_t bit = 1; bit <= sddl::right_write_owner.bits; bit <<= 1) {
            if (made_.object_rights.contains({bit}))
                note_decision(node, {bit});
        }
    }

    void note(bool granted, std::vector<std::string>& names, sddl::object_type_tree::node node,
              sddl::access_mask right) {
        if (!granted)
            return;
        names.push_back(asked_.subjects[node].name());
        note_decision(node, right);
    }

    void note_decision(sddl::object_type_tree::node node, sddl::access_mask right) {
        auto const decision = sddl::decide(descriptor_, asked_.tree, node, right, request_);
        auto const place = std::pair(decision.basis, decision.index);
        decided_[place].push_back({asked_.subjects[node], right});
    }

    directory::class_rights const& asked_;
    sddl::security_descriptor const& descriptor_;
    sddl::access_request const& request_;
    effective_access made_;
    std::map<std::pair<sddl::access_basis, std::size_t>, std::vector<granted_right>> decided_;
};

} // namespace

sddl::security_token access_evaluator::token_of(directory::entry const& account,
                                                std::string_view domain) const {
    return sddl::security_token(
        directory::token_of(exported_, members_, {.account = account, .domain = domain}));
}

std::vector<std::string> access_evaluator::unseen_groups(directory::entry const& account) const {
    std::vector<std::string> missing;
    auto const look = [&](directory::entry const& member) {
        for (auto const dn : members_.unseen_groups_of(member))
            missing.emplace_back(dn);
    };
    look(account);
    for (auto const* const group : members_.all_groups_of(account))
        look(*group);
    sort_and_unite(missing);
    return missing;
}

namespace {

// Trustees of ACEs that have a say on such rights.
std::set<sddl::sid> trustees_for(sddl::acl const& list, sddl::access_mask rights) {
    std::set<sddl::sid> asked;
    for (auto const& value : list.aces)
        if ((sddl::map_generic(value.mask) & rights).bits != 0 && !value.has(sddl::ace_flag::inherit_only))
            asked.insert(value.trustee);
    return asked;
}

using ordered_entries = std::set<directory::entry const*, directory::by_key>;

bool is_or_gives(directory::membership const& members, directory::entry const& group,
                 ordered_entries const& trustees) {
    auto const above = members.all_groups_of(group);
    return trustees.contains(&group) ||
           std::any_of(above.begin(), above.end(), [&](auto const* each) { return trustees.contains(each); });
}

} // namespace

std::vector<std::string> access_evaluator::unknown_memberships(directory::entry const& account,
                                                               sddl::security_token const& token,
                                                               directory::entry const& object,
                                                               sddl::access_mask rights) const {
    std::vector<std::string> unknown;
    if (object.descriptor == nullptr || !object.descriptor->value || !object.descriptor->value->dacl)
        return unknown;
    ordered_entries not_held; // groups that would give a token what it lacks
    ordered_entries held;     // trustees that the token has
    std::set<sddl::sid> sids_not_held;
    for (auto const& sid : trustees_for(*object.descriptor->value->dacl, rights)) {
        if (directory::depends_on_logon(sid))
            unknown.push_back(
                fmt::format("whether a session of the account is in {} depends on how it logs on",
                            directory::account_name(exported_, sid)));
        bool const has_it = token.holds(sid);
        if (!has_it)
            sids_not_held.insert(sid);
        for (auto const* const group : exported_.find_all(sid)) {
            (has_it ? held : not_held).insert(group);
            auto const below =
                has_it ? std::vector<directory::entry const*>{} : members_.all_members_of(*group);
            not_held.insert(below.begin(), below.end());
        }
    }
    for (auto const* const group : not_held) {
        if (group->sid)
            sids_not_held.insert(*group->sid);
        auto const* const outside = members_.outside_members_of(*group);
        if (outside != nullptr && !outside->are_known())
            unknown.push_back(directory::text_of(*group, *outside));
    }
    for (auto const* const group : members_.all_groups_of(account)) {
        if (directory::lacks_group_type(*group) && is_or_gives(members_, *group, held))
            unknown.push_back(directory::unknown_type_text(*group));
    }
    for (auto const& sid : sids_not_held) {
        if (directory::lacks_primary_group(account) && directory::may_be_primary_group(sid, account))
            unknown.push_back(directory::unknown_primary_text({&account}, sid));
    }
    return unknown;
}

effective_access access_evaluator::evaluate(sddl::security_token const& token, directory::entry const& object,
                                            sddl::account_claims const& claims) {
    effective_access unanswered;
    if (auto obstacle = obstacle_in(object); !obstacle.empty()) {
        unanswered.unknown.push_back(std::move(obstacle));
        return unanswered;
    }
    auto const classes = directory::classes_of(rights_->known(), object);
    if (classes.structural == nullptr) {
        unanswered.unknown.push_back(
            fmt::format("the schema has no class '{}'", printable(object.structural_class())));
        return unanswered;
    }
    sddl::access_request const request{.who = token,
                                       .self = object.sid,
                                       .owner_has_implicit_rights = owners_.have_rights(classes, token),
                                       .claims = claims};
    auto made = answer(rights_->find(classes), *object.descriptor->value, request).build();
    bool const rests_on_ownership =
        std::any_of(made.decided_by.begin(), made.decided_by.end(),
                    [](deciding_ace const& found) { return found.basis == sddl::access_basis::ownership; });
    if (rests_on_ownership && !owners_.is_said(classes, token))
        made.unknown.emplace_back("whether the owner of a computer may change its permissions without an ACE "
                                  "depends on the domain controllers' updates: dSHeuristics does not say");
    for (auto const& name : classes.unknown)
        made.unknown.push_back(fmt::format("the schema has no class '{}'", printable(name)));
    if (!made.object_rights.contains(sddl::right_delete))
        add_deletion(made, token, object, claims);
    return made;
}

void access_evaluator::add_deletion(effective_access& made, sddl::security_token const& token,
                                    directory::entry const& object,
                                    sddl::account_claims const& claims) const {
    auto const deletion =
        make_query({words::describe(sddl::right_delete, {}, rights_->known())}, rights_->known());
    auto above = delete_from_above(deletion, token, object, claims);
    if (above.granted)
        made.deleted_by = std::move(above.remark);
    else if (!above.remark.empty())
        made.unknown.push_back("whether it may be deleted: " + above.remark);
}

right_answer access_evaluator::decide_on(right_query const& query, sddl::security_token const& token,
                                         directory::entry const& object,
                                         sddl::account_claims const& claims) const {
    auto const classes = directory::classes_of(rights_->known(), object);
    return access::decide(query, classes, *object.descriptor->value,
                          {.who = token,
                           .self = object.sid,
                           .owner_has_implicit_rights = owners_.have_rights(classes, token),
                           .claims = claims});
}

right_answer access_evaluator::decide(right_query const& query, sddl::security_token const& token,
                                      directory::entry const& object,
                                      sddl::account_claims const& claims) const {
    auto own = decide_on(query, token, object, claims);
    if (own.granted || !is_deletion(query))
        return own;
    auto above = delete_from_above(query, token, object, claims);
    if (!above.granted && own.remark.empty())
        own.remark = std::move(above.remark);
    return above.granted ? above : own;
}

right_answer access_evaluator::delete_from_above(right_query const& query, sddl::security_token const& token,
                                                 directory::entry const& object,
                                                 sddl::account_claims const& claims) const {
    auto const& known = rights_->known();
    right_answer answer;
    auto const ask = [&](right_query const& asked, directory::entry const& on, std::string remark) {
        if (!obstacle_in(on).empty() || directory::classes_of(known, on).structural == nullptr) {
            answer.remark = fmt::format("what {} allows is not known", on.dn);
            return false;
        }
        auto found = decide_on(asked, token, on, claims);
        if (!found.granted)
            return false;
        found.remark = std::move(remark);
        found.on = &on;
        found.by = asked;
        answer = std::move(found);
        return true;
    };
    auto tree = deletion_of_tree(known);
    tree.classes = rights_;
    if (query.rights == sddl::right_delete) {
        auto child = deletion_of_child(*directory::classes_of(known, object).structural, known);
        child.classes = rights_;
        if (object.parent != nullptr &&
            ask(child, *object.parent, fmt::format("by {} on the parent", child.text)))
            return answer;
        if (ask(tree, object, "by delete tree on the object: only as a tree"))
            return answer;
    }
    for (auto const* above = object.parent; above != nullptr; above = above->parent) {
        if (ask(tree, *above, fmt::format("by delete tree on {}: only with all of it", above->dn)))
            return answer;
    }
    if (object.parent == nullptr && !directory::is_naming_context_root(object))
        answer.remark = "the export lacks the parent, which may allow it";
    return answer;
}

} // namespace dsplan::access
