#include <sddl/canonical_order.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/list_redundancy.hpp>
#include <tools/dsplan/plan/request/account_proof.hpp>
#include <tools/dsplan/plan/request/descriptor_work.hpp>
#include <tools/dsplan/plan/request/token_sharing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace dsplan::plan {
namespace {

bool asks_for(wanted_cleaning const& wanted, std::string_view what) {
    return std::find(wanted.what.begin(), wanted.what.end(), what) != wanted.what.end();
}

void remove(tracked_list& aces, std::set<std::size_t> const& indices) {
    tracked_list kept;
    for (std::size_t index = 0; index < aces.size(); ++index)
        if (!indices.contains(index))
            kept.push_back(std::move(aces[index]));
    aces = std::move(kept);
}

std::string removed_or_found(wanted_cleaning const& wanted) {
    return wanted.report_only ? "not removed, as report-only is true" : "removed";
}

// ----- orphans

void clean_orphans(descriptor_work& work, wanted_cleaning const& wanted) {
    std::set<std::size_t> orphans;
    std::vector<sddl::ace> seen;
    for (std::size_t index = 0; index < work.dacl.size(); ++index) {
        auto const& value = work.dacl[index].value;
        if (!is_explicit(work.dacl[index]) || !directory::is_account_sid(value.trustee) ||
            work.facts.context.exported.find(value.trustee) != nullptr || is_of_every_domain(value.trustee))
            continue;
        auto const obstacle =
            obstacle_to_orphan_proof(work.facts.context, value.trustee, wanted.export_is_complete);
        if (obstacle.empty()) {
            orphans.insert(index);
            seen.push_back(value);
        } else {
            work.facts.left_out.unproven[obstacle].push_back(work.seen(value));
        }
    }
    if (orphans.empty())
        return;
    work.facts.effective_tables.insert(work.table);
    bool const is_one = orphans.size() == 1;
    work.note("orphans",
              fmt::format(
                  "{}: {} that no longer {}, {}; an account that is deleted and restored would miss {}",
                  work.object().dn, counted(orphans.size(), "ACE is for an account", "ACEs are for accounts"),
                  is_one ? "exists" : "exist", removed_or_found(wanted), is_one ? "it" : "them"),
              work.seen(seen));
    if (!wanted.report_only)
        remove(work.dacl, orphans);
}

// ----- redundant ACEs

std::string_view word_of(redundancy kind) {
    constexpr std::array<std::string_view, 3> words{"duplicates", "subsumed", "copies"};
    return words[static_cast<std::size_t>(kind)];
}

std::string reason_of(redundancy kind, std::size_t place) {
    switch (kind) {
    case redundancy::duplicate:
        return fmt::format("equals ACE {}", place);
    case redundancy::subsumed:
        return fmt::format("is part of ACE {}", place);
    case redundancy::copy:
        break;
    }
    return fmt::format("is inherited as ACE {}, too", place);
}

void clean_redundant(descriptor_work& work, wanted_cleaning const& wanted) {
    auto const found = find_redundant(work.dacl, work.set_of(), sharing_of(work.facts.context));
    std::set<std::size_t> removed;
    for (auto const& each : found) {
        if (!asks_for(wanted, word_of(each.kind)))
            continue;
        removed.insert(each.index);
        auto const place = [&work](std::size_t index) {
            return work.dacl[index].was.value_or(index) + 1;
        };
        work.note(word_of(each.kind),
                  fmt::format("{}: ACE {} {}, {}", work.object().dn, place(each.index),
                              reason_of(each.kind, place(each.because_of)), removed_or_found(wanted)),
                  work.seen(std::vector{work.dacl[each.index].value, work.dacl[each.because_of].value}));
    }
    if (!removed.empty())
        work.facts.effective_tables.insert(work.table);
    if (!wanted.report_only)
        remove(work.dacl, removed);
}

// ----- order

void clean_order(descriptor_work& work, wanted_cleaning const& wanted) {
    auto const misplaced = sddl::find_misplaced(list_of(work.before, work.dacl));
    if (!misplaced)
        return;
    work.facts.effective_tables.insert(work.table);
    auto const pair = find_order_that_matters(work.dacl, work.set_of(), sharing_of(work.facts.context));
    if (pair)
        return work.warn(
            "order-changes-meaning",
            fmt::format("{}: in canonical order an ACE that denies would come before one that allows "
                        "the same now; the order stays",
                        work.object().dn),
            work.seen(std::vector{work.dacl[pair->first].value, work.dacl[pair->second].value}),
            "revoke one of the two first");
    work.note("order",
              fmt::format("{}: ACE {} stands before ACE {}; in canonical order access stays the same, {}",
                          work.object().dn, misplaced->behind + 1, misplaced->index + 1,
                          wanted.report_only ? "not sorted, as report-only is true" : "sorted"));
    if (!wanted.report_only)
        std::stable_sort(work.dacl.begin(), work.dacl.end(), [](placed_ace const& a, placed_ace const& b) {
            return sddl::block_of(a.value) < sddl::block_of(b.value);
        });
}

} // namespace

void edit(descriptor_work& work, wanted_cleaning const& wanted) {
    if (asks_for(wanted, "orphans"))
        clean_orphans(work, wanted);
    clean_redundant(work, wanted);
    if (asks_for(wanted, "order"))
        clean_order(work, wanted);
}

} // namespace dsplan::plan
