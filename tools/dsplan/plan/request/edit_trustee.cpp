#include <sddl/canonical_order.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/request/descriptor_work.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

// Whether the new trustee's own ACEs say it all by themselves; in a list out of order nobody can tell.
bool is_covered(descriptor_work const& work, sddl::ace const& replaced) {
    if (sddl::find_misplaced(work.before))
        return false;
    auto const is_equal = [&replaced](placed_ace const& each) {
        return each.value == replaced;
    };
    if (std::any_of(work.dacl.begin(), work.dacl.end(), is_equal))
        return true;
    auto const said = sddl::permission_of(replaced);
    return said && cover(work.dacl, *said, true, work.set_of()).rights.contains(said->rights);
}

void replace_in_dacl(descriptor_work& work, wanted_replacement const& wanted) {
    tracked_list made;
    auto const before = work.dacl;
    for (auto const& each : before) {
        if (!is_explicit(each) || each.value.trustee != *wanted.old_trustee.sid) {
            made.push_back(each);
            continue;
        }
        auto replaced = each.value;
        replaced.trustee = *wanted.new_trustee.sid;
        if (wanted.keep_old)
            made.push_back(each);
        if (is_covered(work, replaced)) {
            work.note("covered-by-new",
                      fmt::format("{}: {} has by its own ACEs on {} what this one of {} says",
                                  work.object().dn, wanted.new_trustee.name, work.object().dn,
                                  wanted.old_trustee.name),
                      work.seen(std::vector{each.value}));
            continue;
        }
        made.push_back({replaced, std::nullopt});
        work.dacl.push_back({std::move(replaced), std::nullopt}); // the next ones may be covered by it
    }
    work.dacl = std::move(made);
}

void replace_in_sacl(descriptor_work& work, wanted_replacement const& wanted) {
    if (!work.after.sacl)
        return;
    auto list = *work.after.sacl;
    list.aces.clear();
    for (auto const& each : work.after.sacl->aces) {
        auto replaced = each;
        bool const is_old = each.trustee == *wanted.old_trustee.sid && !each.has(sddl::ace_flag::inherited);
        if (is_old)
            replaced.trustee = *wanted.new_trustee.sid;
        if (!is_old || wanted.keep_old)
            list.aces.push_back(each);
        if (is_old && std::find(list.aces.begin(), list.aces.end(), replaced) == list.aces.end())
            list.aces.push_back(std::move(replaced));
    }
    if (list != *work.after.sacl)
        sddl::set_sacl(work.after, std::move(list));
}

bool names_in_condition(sddl::ace const& value, sddl::sid const& account) {
    sddl::byte_string octets;
    sddl::append(octets, account);
    return std::search(value.data.begin(), value.data.end(), octets.begin(), octets.end()) !=
           value.data.end();
}

bool has_any_of(descriptor_work const& work, wanted_replacement const& wanted) {
    auto const is_old = [&wanted](sddl::ace const& each) {
        return each.trustee == *wanted.old_trustee.sid && !each.has(sddl::ace_flag::inherited);
    };
    auto const has_old = [&is_old](sddl::acl const& list) {
        return std::any_of(list.aces.begin(), list.aces.end(), is_old);
    };
    return has_old(work.before) || (wanted.audit && work.after.sacl && has_old(*work.after.sacl)) ||
           (wanted.owners && work.after.owner == wanted.old_trustee.sid);
}

// What follows its source, or stays.
void note_what_stays(descriptor_work const& work, wanted_replacement const& wanted) {
    std::vector<sddl::ace> inherited;
    std::vector<sddl::ace> conditions;
    for (auto const& each : work.before.aces) {
        if (each.trustee == *wanted.old_trustee.sid && each.has(sddl::ace_flag::inherited))
            inherited.push_back(each);
        if (names_in_condition(each, *wanted.old_trustee.sid))
            conditions.push_back(each);
    }
    if (!inherited.empty() && work.wanted.edits.front().is_named)
        work.note("inherited-of-old",
                  fmt::format("{} of {} on {} {} inherited, and will follow the container above",
                              counted(inherited.size(), "ACE", "ACEs"), wanted.old_trustee.name,
                              work.object().dn, inherited.size() == 1 ? "is" : "are"),
                  work.seen(inherited), "replace the account where they come from");
    if (!conditions.empty())
        work.warn("condition-names-old",
                  fmt::format("{}: a condition names {}, and stays as it is", work.object().dn,
                              wanted.old_trustee.name),
                  work.seen(conditions), "write the ACE again by hand");
    if (!wanted.owners && work.after.owner == wanted.old_trustee.sid)
        work.warn("owned-by-old",
                  fmt::format("{} owns {}, and stays its owner", wanted.old_trustee.name, work.object().dn),
                  {}, "owners = true replaces it there, too");
}

} // namespace

void edit(descriptor_work& work, wanted_replacement const& wanted) {
    note_what_stays(work, wanted);
    if (has_any_of(work, wanted))
        work.facts.effective_tables.insert(work.table);
    replace_in_dacl(work, wanted);
    if (wanted.audit)
        replace_in_sacl(work, wanted);
    if (wanted.owners && work.after.owner == wanted.old_trustee.sid)
        work.after.owner = wanted.new_trustee.sid;
}

} // namespace dsplan::plan
