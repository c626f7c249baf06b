#include <sddl/canonical_order.hpp>
#include <sddl/compare.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/part_changes.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

namespace dsplan::plan {
namespace {

using sddl::security_descriptor;
namespace bit = sddl::control_bit;

struct part_collector {
    sddl::domain_sids const& sids;
    std::vector<part_change> made{};

    void add(std::string_view part, std::string before, std::string after) {
        if (before != after)
            made.push_back({std::string(part), std::move(before), std::move(after)});
    }

    void account(std::string_view part, std::optional<sddl::sid> const& before,
                 std::optional<sddl::sid> const& after) {
        add(part, before ? fmt::format("{}", *before) : std::string(),
            after ? fmt::format("{}", *after) : std::string());
    }

    void audit_aces(std::vector<sddl::ace> const& aces, bool are_added) {
        for (auto const& each : aces)
            if (!each.has(sddl::ace_flag::inherited)) {
                auto text = sddl::write_ace(each, sids);
                add(part_names::audit_ace, are_added ? std::string() : text,
                    are_added ? text : std::string());
            }
    }
};

std::string on_or_off(security_descriptor const& value, std::uint16_t protection) {
    return value.has(protection) ? "off" : "on";
}

std::string inherited_count(security_descriptor const& value) {
    return std::to_string(
        value.dacl ? std::count_if(value.dacl->aces.begin(), value.dacl->aces.end(),
                                   [](sddl::ace const& each) { return each.has(sddl::ace_flag::inherited); })
                   : 0);
}

std::string order_of(security_descriptor const& value) {
    return value.dacl && sddl::find_misplaced(*value.dacl) ? "not canonical" : "canonical";
}

// "set the owner", "stop the inheritance": a phrase a part, once.
std::string phrase_of(part_change const& change) {
    bool const is_on = change.after == "on";
    if (change.part == part_names::inheritance)
        return is_on ? "allow inheritance" : "block inheritance";
    if (change.part == part_names::audit_inheritance)
        return is_on ? "allow inheritance of auditing" : "block inheritance of auditing";
    if (change.part == part_names::order)
        return "reorder the ACEs";
    return change.part == part_names::inherited_aces || change.part == part_names::audit_ace
               ? std::string()
               : fmt::format("set the {}", change.part);
}

void append_count(std::vector<std::string>& to, std::string_view verb, std::size_t count,
                  std::string_view one, std::string_view several) {
    if (count != 0)
        to.push_back(fmt::format("{} {}", verb, counted(count, one, several)));
}

} // namespace

std::vector<part_change> part_changes(security_descriptor const& before, security_descriptor const& after,
                                      sddl::domain_sids const& sids) {
    part_collector found{sids};
    auto const difference = sddl::compare(before, after);
    found.account(part_names::owner, before.owner, after.owner);
    found.account(part_names::group, before.group, after.group);
    found.add(part_names::inheritance, on_or_off(before, bit::dacl_protected),
              on_or_off(after, bit::dacl_protected));
    found.add(part_names::inherited_aces, inherited_count(before), inherited_count(after));
    if (difference.dacl.is_reordered)
        found.add(part_names::order, order_of(before), order_of(after));
    found.add(part_names::audit_inheritance, on_or_off(before, bit::sacl_protected),
              on_or_off(after, bit::sacl_protected));
    found.audit_aces(difference.sacl.removed, false);
    found.audit_aces(difference.sacl.added, true);
    return std::move(found.made);
}

std::vector<part_change> part_changes(std::string_view before, std::string_view after,
                                      sddl::domain_sids const& sids) {
    auto const first = sddl::read_self_relative(std::as_bytes(std::span(before)));
    auto const second = sddl::read_self_relative(std::as_bytes(std::span(after)));
    if (!first || !second)
        return {};
    return part_changes(*first, *second, sids);
}

std::string what_changes(permission_change const& change) {
    std::vector<std::string> phrases;
    append_count(phrases, "remove", change.removed.size(), "ACE", "ACEs");
    append_count(phrases, "add", change.grants.size(), "ACE", "ACEs");
    std::array<std::size_t, 2> audit_aces{};
    for (auto const& each : change.parts) {
        if (each.part == part_names::audit_ace)
            ++audit_aces[each.after.empty() ? 0 : 1];
        if (auto phrase = phrase_of(each); !phrase.empty())
            phrases.push_back(std::move(phrase));
    }
    append_count(phrases, "remove", audit_aces[0], "auditing ACE", "auditing ACEs");
    append_count(phrases, "add", audit_aces[1], "auditing ACE", "auditing ACEs");
    return fmt::format("{}", fmt::join(phrases, ", "));
}

bool only_allows_inheritance(permission_change const& change) {
    return change.grants.empty() && change.removed.empty() && !change.parts.empty() &&
           std::all_of(change.parts.begin(), change.parts.end(), [](part_change const& each) {
               return each.part == part_names::inherited_aces ||
                      (each.part == part_names::inheritance && each.after == "on");
           });
}

} // namespace dsplan::plan
