#include <sddl/inherit.hpp>
#include <sddl/parse.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/plan/list_target.hpp>
#include <tools/dsplan/plan/request/account_proof.hpp>
#include <tools/dsplan/plan/request/descriptor_work.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

// What the class gives a new object; nothing where the schema lacks it.
std::optional<sddl::security_descriptor> class_default(descriptor_work const& work) {
    auto const classes = directory::classes_of(work.facts.context.known, work.object());
    if (classes.structural == nullptr)
        return std::nullopt;
    auto parsed = sddl::parse(classes.structural->default_descriptor, work.sids);
    return parsed && parsed->dacl ? std::optional(*std::move(parsed)) : std::nullopt;
}

std::vector<sddl::ace> explicit_aces(sddl::acl const& list) {
    std::vector<sddl::ace> made;
    std::copy_if(list.aces.begin(), list.aces.end(), std::back_inserter(made),
                 [](sddl::ace const& each) { return !each.has(sddl::ace_flag::inherited); });
    return made;
}

// An account of one of the domains that nobody has any more.
void note_unknown_trustees(descriptor_work const& work, std::vector<sddl::ace> const& aces) {
    auto const& context = work.facts.context;
    std::vector<sddl::ace> unknown;
    for (auto const& each : aces) {
        auto const domain = sddl::domain_of(each.trustee);
        bool const is_ours =
            domain && std::any_of(context.forest.domains.begin(), context.forest.domains.end(),
                                  [&](auto const& known) { return known.sid == *domain; });
        if (is_ours && !is_of_every_domain(each.trustee) && context.exported.find(each.trustee) == nullptr)
            unknown.push_back(each);
    }
    if (!unknown.empty())
        work.warn(
            "trustee-unknown",
            fmt::format("{}: the export holds no account for some of what is restored", work.object().dn),
            work.seen(unknown), "find out whether the account still exists");
}

void restore_dacl(descriptor_work& work, sddl::security_descriptor const& source, bool is_stored) {
    if (!source.dacl)
        return work.stop("restore-without-list",
                         fmt::format("what {} is to come back to has no DACL", work.object().dn));
    bool const is_protected = source.has(sddl::control_bit::dacl_protected);
    auto const wanted = is_stored ? explicit_aces(*source.dacl)
                                  : sddl::stored_explicit_aces(*source.dacl, inheriting(work), is_protected);
    note_unknown_trustees(work, wanted);
    set_protection(work, is_protected);
    make_explicit_aces(work.dacl, wanted);
}

void restore_sacl(descriptor_work& work, sddl::security_descriptor const& source) {
    if (!source.sacl || !work.after.sacl)
        return work.stop(
            "restore-without-sacl",
            fmt::format("{} has no auditing list in the export, or in what it is to come back to",
                        work.object().dn),
            {}, "export both elevated, as a member of Administrators");
    auto list = tracked(*work.after.sacl);
    make_explicit_aces(list, explicit_aces(*source.sacl));
    if (auto made = list_of(*work.after.sacl, list); made != *work.after.sacl)
        sddl::set_sacl(work.after, std::move(made));
}

void note_the_same(descriptor_work const& work, sddl::security_descriptor const& untouched) {
    if (work.after == untouched && values_of(work.dacl) == work.before.aces)
        work.facts.add({"restored-already",
                        severity::fact,
                        fmt::format("{} is as it is to be already", work.object().dn),
                        {},
                        {}});
}

bool protects_from_deletion(sddl::ace const& each) {
    return sddl::is_deny(each.type) && each.trustee == directory::everyone && !each.object_type &&
           (each.mask.bits &
            ~(sddl::right_delete | sddl::right_delete_tree | sddl::right_delete_child).bits) == 0;
}

bool is_tolerated(descriptor_work const& work, wanted_state const& wanted, sddl::ace const& value) {
    auto const said = sddl::permission_of(value);
    return said && std::any_of(wanted.tolerated.begin(), wanted.tolerated.end(),
                               [&](auto const& each) { return sddl::covers(each, *said, work.set_of()); });
}

// The wanted ACEs as the server keeps them: one for CREATOR OWNER comes with that of the owner.
std::vector<sddl::ace> wanted_as_stored(descriptor_work const& work, wanted_state const& wanted) {
    sddl::acl list;
    for (auto const& each : wanted.aces)
        if (auto ace = sddl::ace_of(each))
            list.aces.push_back(*std::move(ace));
    return sddl::stored_explicit_aces(list, inheriting(work), false);
}

} // namespace

void edit(descriptor_work& work, wanted_restore const& wanted) {
    auto const untouched = work.after;
    auto const source = wanted.source ? wanted.source : class_default(work);
    if (!source)
        return work.stop("class-default-unknown",
                         fmt::format("the schema has no default list for the class of {}", work.object().dn),
                         {}, "export the schema, and name it with --schema");
    if (wanted.owner && source->owner)
        work.after.owner = source->owner;
    if (wanted.dacl)
        restore_dacl(work, *source, wanted.is_stored);
    if (wanted.sacl)
        restore_sacl(work, *source);
    note_the_same(work, untouched);
}

void edit(descriptor_work& work, wanted_state const& wanted) {
    auto const stays = wanted_as_stored(work, wanted);
    std::vector<sddl::ace> defaults;
    if (auto const given = class_default(work); given && !wanted.drops_defaults)
        defaults = sddl::stored_explicit_aces(*given->dacl, inheriting(work), false);
    auto const is_in = [](std::vector<sddl::ace> const& aces, sddl::ace const& value) {
        return std::find(aces.begin(), aces.end(), value) != aces.end();
    };
    std::erase_if(work.dacl, [&](placed_ace const& each) {
        return is_explicit(each) && !is_in(stays, each.value) && !is_in(defaults, each.value) &&
               !protects_from_deletion(each.value) && !is_tolerated(work, wanted, each.value);
    });
}

} // namespace dsplan::plan
