#include <sddl/write.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/list_edit.hpp>
#include <tools/dsplan/plan/request/descriptor_work.hpp>
#include <tools/dsplan/plan/request/write_toml.hpp>
#include <tools/dsplan/words/applies_to.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace dsplan::plan {
namespace {

// "ACE 12", "ACEs 12, 14–17": places in the list before, from 1; indices ascend.
std::string places_text(std::vector<std::size_t> const& indices) {
    std::vector<std::string> runs;
    for (std::size_t begin = 0; begin < indices.size();) {
        auto end = begin + 1;
        while (end < indices.size() && indices[end] == indices[end - 1] + 1)
            ++end;
        bool const is_run = end - begin > 2;
        runs.push_back(is_run ? fmt::format("{}–{}", indices[begin] + 1, indices[end - 1] + 1)
                              : fmt::format("{}", indices[begin] + 1));
        begin = is_run ? end : begin + 1;
    }
    return fmt::format("{} {}", indices.size() == 1 ? "ACE" : "ACEs", fmt::join(runs, ", "));
}

// [MS-ADTS] 3.1.1.4.4
void note_confidential(descriptor_work const& list, wanted_permission const& wanted) {
    auto const& said = wanted.wish.said;
    auto const* const attribute = said.type ? list.facts.context.known.find_attribute(*said.type) : nullptr;
    if (attribute != nullptr && attribute->is_confidential &&
        said.rights.contains(sddl::right_read_property | sddl::right_control_access))
        list.note("confidential",
                  fmt::format("{} is confidential: who reads it needs control access to it, too, and the "
                              "ACE has both",
                              attribute->name));
}

// "DC=contoso,DC=com": the objects whose own ACEs the inherited ones are.
std::string sources_text(descriptor_work const& list, std::vector<std::size_t> const& places) {
    directory::origin_context const context{list.facts.context.exported, list.facts.context.known, list.sids};
    std::vector<std::string_view> sources;
    for (auto const place : places) {
        auto const origin = directory::find_origin(context, list.object(), place);
        auto const name = origin.source == directory::ace_source::inherited && origin.from != nullptr
                              ? origin.from->dn
                              : std::string_view("a container whose list the export lacks");
        if (std::find(sources.begin(), sources.end(), name) == sources.end())
            sources.push_back(name);
    }
    return fmt::format("{}", fmt::join(sources, " and "));
}

std::string what_is_asked(descriptor_work const& list, wanted_permission const& wanted) {
    return fmt::format("{} for {} on {}", wanted.words, wanted.trustee.name, list.object().dn);
}

// The property set of an ACE that says it by one; null where it names what is asked for.
std::optional<sddl::guid> covering_set(descriptor_work const& list, wanted_permission const& wanted,
                                       std::size_t place) {
    auto const& set = list.before.aces[place].object_type;
    auto const& asked = wanted.wish.said.type;
    return set && asked && set != asked && list.facts.context.property_set_of(*asked) == set ? set
                                                                                             : std::nullopt;
}

// What the property sets of the covering ACEs hold beside the attribute that is asked for.
std::vector<evidence> other_attributes_seen(descriptor_work const& list, wanted_permission const& wanted,
                                            std::vector<std::size_t> const& places) {
    auto seen = list.seen(places);
    std::set<sddl::guid> told;
    for (auto const place : places) {
        auto const set = covering_set(list, wanted, place);
        if (!set || !told.insert(*set).second)
            continue;
        std::vector<std::string_view> others;
        for (auto const& each : list.facts.context.known.attributes())
            if (each.property_set == set && each.id != wanted.wish.said.type)
                others.push_back(each.name);
        seen.push_back(
            {std::string(list.object().dn),
             words::subject_name(
                 words::describe(sddl::right_write_property, set, list.facts.context.known).subject) +
                 " holds, too",
             fmt::format("{}", fmt::join(others, ", "))});
    }
    return seen;
}

void note_what_is_there(descriptor_work const& list, wanted_permission const& wanted,
                        list_answer const& answer) {
    auto const who = answer.aces.empty() ? std::string("another table of the request asks for")
                                         : fmt::format("{} {}", places_text(answer.aces),
                                                       answer.aces.size() == 1 ? "says" : "say");
    auto const says = fmt::format("{}: {} it already", what_is_asked(list, wanted), who);
    auto seen = other_attributes_seen(list, wanted, answer.aces);
    if (answer.what == list_outcome::covered_inherited)
        list.facts.add({"covered-inherited", severity::note,
                        fmt::format("{}, inherited from {}: it ends where it is removed there", says,
                                    sources_text(list, answer.aces)),
                        std::move(seen), "also-explicit = true adds an ACE of its own"});
    else
        list.facts.add({"covered", severity::fact, says, std::move(seen), {}});
}

void note_what_is_in_the_way(descriptor_work const& list, wanted_permission const& wanted,
                             list_answer const& answer) {
    if (!answer.through_groups.empty())
        list.facts.add({"covered-through-group",
                        severity::note,
                        fmt::format("{}: {} has it already through a group", what_is_asked(list, wanted),
                                    wanted.trustee.name),
                        list.seen(answer.through_groups),
                        {}});
    if (!answer.denied_by.empty())
        list.facts.add(
            {"denied-here", severity::warning,
             fmt::format("{}: {} {} some of it and {} before every grant", what_is_asked(list, wanted),
                         places_text(answer.denied_by), answer.denied_by.size() == 1 ? "denies" : "deny",
                         answer.denied_by.size() == 1 ? "comes" : "come"),
             list.seen(answer.denied_by), "find out why it is there, or revoke it in the same request"});
}

// The table of a request that denies what cannot be taken.
std::string denial(descriptor_work const& list, wanted_permission const& wanted) {
    auto const& known = list.facts.context.known;
    auto const& said = wanted.wish.said;
    auto const written = sddl::ace_of(said);
    return fmt::format(
        "deny it: [[deny]] to = {}, on = {}, applies-to = {}, rights = [{}]",
        toml_string(wanted.trustee.name), toml_string(list.object().dn),
        toml_string(written ? words::application_text(written->flags, written->inherited_object_type, known)
                            : "this object and all descendant objects"),
        toml_string(words::describe(said.rights, said.type, known).text));
}

void stop_for_inherited(descriptor_work const& list, wanted_permission const& wanted,
                        list_answer const& answer) {
    auto const add = [&](finding found) {
        wanted.missing_is_ok ? list.facts.add(std::move(found)) : list.facts.stop(std::move(found));
    };
    add({"inherited-here", wanted.missing_is_ok ? severity::warning : severity::stop,
         fmt::format("{}: nothing explicit says it; {} {} from {}", what_is_asked(list, wanted),
                     places_text(answer.aces), answer.aces.size() == 1 ? "comes" : "come",
                     sources_text(list, answer.aces)),
         list.seen(answer.aces),
         "revoke it there, which takes it from every object below; or block inheritance here; or " +
             denial(list, wanted)});
}

void note_nothing_there(descriptor_work const& list, wanted_permission const& wanted) {
    finding found{
        "nothing-to-revoke", severity::note, what_is_asked(list, wanted) + ": no ACE says it", {}, {}};
    if (wanted.missing_is_ok)
        return list.facts.add(std::move(found));
    found.advice = "missing-is-ok = true makes this a note";
    list.facts.stop(std::move(found));
}

void stop_for_inexpressible(descriptor_work const& list, wanted_permission const& wanted,
                            list_answer const& answer) {
    auto const stop = [&](std::string_view why, std::string advice) {
        list.stop("not-expressible", fmt::format("{}: {}", what_is_asked(list, wanted), why),
                  list.seen(answer.aces), std::move(advice));
    };
    switch (answer.why) {
    case sddl::inexpressible::one_of_all:
        return stop("an ACE for all properties, rights or classes cannot leave out one",
                    denial(list, wanted) + "; or revoke the whole right");
    case sddl::inexpressible::one_of_a_set:
        return stop("an ACE for a property set cannot leave out one attribute",
                    "expand = true grants the other attributes one by one; or " + denial(list, wanted) +
                        "; or revoke the whole set");
    case sddl::inexpressible::part_of_reach:
        return stop("no ACE reaches only some of these objects", "revoke it everywhere that the ACE reaches");
    }
}

void say(descriptor_work const& list, wanted_permission const& wanted, list_answer const& answer) {
    switch (answer.what) {
    case list_outcome::there_already:
    case list_outcome::covered:
    case list_outcome::covered_inherited:
        return note_what_is_there(list, wanted, answer);
    case list_outcome::added:
        note_confidential(list, wanted);
        return note_what_is_in_the_way(list, wanted, answer);
    case list_outcome::removed:
        return;
    case list_outcome::inherited_here:
        return stop_for_inherited(list, wanted, answer);
    case list_outcome::nothing_there:
        return note_nothing_there(list, wanted);
    case list_outcome::not_expressible:
        return stop_for_inexpressible(list, wanted, answer);
    }
}

// What a revocation leaves: inherited ACEs, and those of a group that the account is in.
void note_still_granted(descriptor_work const& list, wanted_permission const& wanted) {
    std::vector<evidence> seen;
    for (sddl::ace const& each : values_of(list.dacl)) {
        auto const says = sddl::permission_of(each);
        auto const& token = wanted.wish.token;
        if (!says || says->denies || std::find(token.begin(), token.end(), each.trustee) == token.end())
            continue;
        auto asked = wanted.wish.said;
        asked.trustee = each.trustee;
        if (sddl::overlaps(*says, asked, [&list](sddl::guid const& type) {
                return list.facts.context.property_set_of(type);
            }))
            seen.push_back(
                {std::string(list.object().dn), "nTSecurityDescriptor", sddl::write_ace(each, list.sids)});
    }
    if (seen.empty())
        return;
    auto text =
        fmt::format("{}: {} of the list after the change still {} some of it", what_is_asked(list, wanted),
                    counted(seen.size(), "ACE", "ACEs"), seen.size() == 1 ? "says" : "say");
    list.facts.add({"still-granted", severity::warning, std::move(text), std::move(seen),
                    "revoke it there too, if nobody is to have it"});
}

// Whether the request gives the trustee the same on objects of this class.
bool is_asked_for(descriptor_work const& work, wanted_permission const& wanted,
                  std::string const& class_name) {
    auto const* const other = work.facts.context.known.find_class(class_name);
    return std::any_of(
        work.wanted.permissions.begin(), work.wanted.permissions.end(), [&](wanted_permission const& each) {
            auto const& children = each.wish.said.where.children;
            return each.verb == wanted.verb && each.wish.said.trustee == wanted.wish.said.trustee &&
                   children.which == sddl::objects_below::kind::of_class && other != nullptr &&
                   children.class_type == other->id;
        });
}

std::string second_ace(descriptor_work const& work, wanted_permission const& wanted,
                       std::string const& class_name) {
    auto said = wanted.wish.said;
    auto const* const other = work.facts.context.known.find_class(class_name);
    for (auto* const distance : {&said.where.children, &said.where.deeper})
        if (distance->which == sddl::objects_below::kind::of_class)
            distance->class_type = other->id;
    auto const made = sddl::ace_of(said);
    return made ? sddl::write_ace(*made, work.sids) : std::string();
}

// An ACE for a class does not reach objects of a class that comes from it: an ACE for users reaches no
// computer, inetOrgPerson or group managed service account.
void note_classes_not_reached(descriptor_work const& work, wanted_permission const& wanted) {
    auto const& where = wanted.wish.said.where;
    auto const* const base = where.children.which == sddl::objects_below::kind::of_class
                                 ? work.facts.context.known.find_class(where.children.class_type)
                                 : nullptr;
    if (base == nullptr)
        return;
    bool const only_children = where.deeper.which == sddl::objects_below::kind::none;
    for (auto const& [name, count] : work.facts.derived.below(work.object(), *base, only_children)) {
        if (is_asked_for(work, wanted, name))
            continue;
        work.note(
            "class-not-reached",
            fmt::format("{}: {} below {} a class of its own, and an ACE for {} objects does not reach {}",
                        what_is_asked(work, wanted), counted(count, name + " object", name + " objects"),
                        count == 1 ? "has" : "have", base->name, count == 1 ? "it" : "them"),
            {{std::string(work.object().dn), "a second ACE would be", second_ace(work, wanted, name)}},
            fmt::format("if they are meant, too: applies-to = \"descendant {}, {} objects\"", base->name,
                        name));
    }
}

// What objects below allow by ACEs of their own comes before a deny that they inherit.
void note_defeated_denials(descriptor_work const& work, wanted_permission const& wanted) {
    using kind = sddl::objects_below::kind;
    auto const& said = wanted.wish.said;
    if (!said.denies || (said.where.children.which == kind::none && said.where.deeper.which == kind::none))
        return;
    auto& allows = work.facts.allows;
    if (!allows)
        allows.emplace(work.facts.context.exported);
    auto const against = allows->against(said, work.object(), work.facts.context);
    if (against.empty())
        return;
    std::vector<evidence> seen;
    for (auto const& each : against)
        seen.push_back(
            {std::string(each.object->dn), "nTSecurityDescriptor", sddl::write_ace(*each.value, work.sids)});
    work.warn(
        "deny-defeated",
        fmt::format("{}: {} below {} it all the same: an object's own ACEs come before those it inherits",
                    what_is_asked(work, wanted), counted(against.size(), "ACE", "ACEs"),
                    against.size() == 1 ? "allows" : "allow"),
        std::move(seen), "deny it there, too, or revoke what these ACEs allow");
}

// An ACE for a group that no token on the object holds says nothing to anybody.
void stop_for_groups_that_do_not_count(descriptor_work const& work) {
    for (auto const& wanted : work.wanted.permissions) {
        auto const* const group = wanted.trustee.object;
        if (wanted.verb == permission_verb::revoke || group == nullptr ||
            directory::counts_in(*group, directory::domain_part(work.object().key)))
            continue;
        bool const is_for_mail = directory::scope_of(*group) == directory::group_scope::nowhere;
        work.stop("trustee-does-not-count",
                  is_for_mail
                      ? fmt::format("{} is a distribution group: an ACE for it gives nobody anything",
                                    wanted.trustee.name)
                      : fmt::format("{} counts on objects of its own domain alone, and {} is in another one",
                                    wanted.trustee.name, work.object().dn),
                  {{std::string(group->dn), "groupType",
                    std::string(group->first(directory::attribute::group_type).value_or("not exported"))}},
                  is_for_mail ? "make it a security group, or name another one"
                              : "name a global or universal group");
    }
}

// One wish as the list is edited by it.
struct list_wish {
    wanted_permission const& wanted;
    list_request wish;
    bool is_for_the_owner = false; // what the server makes of one for CREATOR OWNER
};

// A server keeps an ACE for CREATOR OWNER or GROUP on an object as one for its owner or group here, and one
// for objects below. [MS-DTYP] 2.5.3.4
void append_as_stored(descriptor_work const& work, wanted_permission const& wanted,
                      std::vector<list_wish>& to) {
    bool const gives = wanted.verb != permission_verb::revoke;
    auto const written = gives ? sddl::ace_of(wanted.wish.said) : std::nullopt;
    if (!written || !sddl::names_creator(*written))
        return to.push_back({wanted, wanted.wish});
    sddl::acl list;
    list.aces = {*written};
    for (auto const& ace : sddl::stored_explicit_aces(list, inheriting(work), false)) {
        auto const said = sddl::permission_of(ace);
        if (!said)
            continue;
        bool const is_for_the_owner = !sddl::names_creator(ace);
        auto wish = wanted.wish;
        wish.said = *said;
        if (is_for_the_owner)
            wish.token = {ace.trustee};
        to.push_back({wanted, std::move(wish), is_for_the_owner});
    }
}

std::vector<list_wish> wishes_of(descriptor_work const& work) {
    std::vector<list_wish> made;
    for (auto const& each : work.wanted.permissions)
        append_as_stored(work, each, made);
    return made;
}

bool is_there_already(list_answer const& answer) {
    return answer.what == list_outcome::there_already || answer.what == list_outcome::covered ||
           answer.what == list_outcome::covered_inherited;
}

} // namespace

void edit_permissions(descriptor_work& work) {
    stop_for_groups_that_do_not_count(work);
    auto const wanted = wishes_of(work);
    std::vector<list_request> wishes;
    for (auto const& each : wanted)
        wishes.push_back(each.wish);
    auto const answers = edit_list(work.dacl, wishes, work.set_of());
    for (std::size_t index = 0; index < wishes.size(); ++index)
        if (!wanted[index].is_for_the_owner || !is_there_already(answers[index]))
            say(work, wanted[index].wanted, answers[index]);
    for (std::size_t index = 0; index < wishes.size(); ++index)
        if (answers[index].what == list_outcome::added) {
            note_classes_not_reached(work, wanted[index].wanted);
            note_defeated_denials(work, wanted[index].wanted);
        }
    for (std::size_t index = 0; index < wishes.size(); ++index)
        if (answers[index].what == list_outcome::removed && wishes[index].verb == list_verb::revoke &&
            !wishes[index].said.denies)
            note_still_granted(work, wanted[index].wanted);
}

} // namespace dsplan::plan
