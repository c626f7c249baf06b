#include <sddl/canonical_order.hpp>
#include <sddl/compare.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/plan/verify_parts.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dsplan::plan {
namespace {

using sddl::security_descriptor;
namespace bit = sddl::control_bit;

struct part_verifier {
    security_descriptor& before;
    security_descriptor const& planned;
    security_descriptor const& found;
    sddl::domain_sids const& sids;
    verified_parts made{};

    void note(bool is_done, std::string missing) {
        ++made.all;
        if (is_done)
            ++made.done;
        else
            made.details.push_back(std::move(missing));
    }

    void account(std::string_view which, std::optional<sddl::sid> security_descriptor::*part) {
        if (before.*part == planned.*part)
            return;
        note(found.*part == planned.*part, fmt::format("the {} is not the planned one", which));
        if (found.*part == planned.*part)
            before.*part = planned.*part;
    }

    void inheritance(std::string_view list, std::uint16_t protection) {
        if (before.has(protection) == planned.has(protection))
            return;
        bool const is_done = found.has(protection) == planned.has(protection);
        note(is_done, fmt::format("{} is still {}", list, found.has(protection) ? "off" : "on"));
        if (is_done)
            before.control ^= protection;
    }

    // The server keeps an order of its own within allow and deny, so that the blocks are what counts.
    void order() {
        if (!before.dacl || !planned.dacl || !found.dacl || !sddl::find_misplaced(*before.dacl) ||
            sddl::find_misplaced(*planned.dacl))
            return;
        note(!sddl::find_misplaced(*found.dacl), "the ACEs are still not in canonical order");
    }

    void auditing() {
        auto const difference = sddl::compare(before, planned).sacl;
        auto const is_own = [](sddl::ace const& each) {
            return !each.has(sddl::ace_flag::inherited);
        };
        made.are_unknown =
            !found.sacl && (std::any_of(difference.added.begin(), difference.added.end(), is_own) ||
                            std::any_of(difference.removed.begin(), difference.removed.end(), is_own));
        for (auto const& each : difference.added)
            if (is_own(each))
                audit_ace(each, true);
        for (auto const& each : difference.removed)
            if (is_own(each))
                audit_ace(each, false);
        if (made.are_unknown)
            made.details.emplace_back("the export does not hold the auditing list");
    }

    void audit_ace(sddl::ace const& value, bool is_added) {
        if (!found.sacl) {
            ++made.all;
            return;
        }
        auto const& list = found.sacl->aces;
        bool const is_done = (std::find(list.begin(), list.end(), value) != list.end()) == is_added;
        note(is_done,
             fmt::format("{}: {}", is_added ? "missing" : "still there", sddl::write_ace(value, sids)));
        if (!is_done)
            return;
        auto expected = before.sacl.value_or(sddl::acl{});
        if (is_added)
            expected.aces.push_back(value);
        else if (auto const gone = std::find(expected.aces.begin(), expected.aces.end(), value);
                 gone != expected.aces.end())
            expected.aces.erase(gone);
        sddl::set_sacl(before, std::move(expected));
    }
};

} // namespace

verified_parts verify_parts(security_descriptor& before, security_descriptor const& planned,
                            security_descriptor const& found, sddl::domain_sids const& sids) {
    part_verifier held{before, planned, found, sids};
    held.account("owner", &security_descriptor::owner);
    held.account("group", &security_descriptor::group);
    held.inheritance("inheritance", bit::dacl_protected);
    held.inheritance("inheritance of auditing", bit::sacl_protected);
    held.order();
    held.auditing();
    return std::move(held.made);
}

} // namespace dsplan::plan
