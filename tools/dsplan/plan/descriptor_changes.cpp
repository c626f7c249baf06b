#include <sddl/compare.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/plan/descriptor_changes.hpp>

#include <fmt/format.h>

#include <optional>
#include <string_view>

namespace dsplan::plan {
namespace {

using sddl::acl_state;
using owner_change = sddl::descriptor_difference::owner_change;

std::string_view name_of(acl_state state) {
    switch (state) {
    case acl_state::absent:
        return "absent";
    case acl_state::null:
        return "NULL";
    case acl_state::present:
        return "a list";
    }
    return "";
}

class reporter {
public:
    explicit reporter(sddl::domain_sids const& sids) : sids_(sids) {}

    void owner(std::string_view which, std::optional<owner_change> const& changed) {
        if (changed && changed->before)
            made.differences.push_back(
                fmt::format("{} is {}, was {}", which,
                            changed->after ? sddl::write_trustee(*changed->after, sids_) : "absent",
                            sddl::write_trustee(*changed->before, sids_)));
    }

    void control(sddl::descriptor_difference const& difference, std::uint16_t bit, std::string_view list) {
        if ((difference.control_set & bit) != 0)
            made.differences.push_back(fmt::format("{} is switched off now", list));
        if ((difference.control_cleared & bit) != 0)
            made.differences.push_back(fmt::format("{} is switched on now", list));
    }

    void state(std::string_view list,
               std::optional<sddl::descriptor_difference::state_change> const& changed) {
        bool const is_told =
            changed && (changed->before == acl_state::null || changed->after == acl_state::null ||
                        changed->after == acl_state::absent);
        if (is_told)
            made.differences.push_back(
                fmt::format("{} is {}, was {}", list, name_of(changed->after), name_of(changed->before)));
    }

    void list(std::string_view which, sddl::acl_difference const& difference) {
        aces(which, "removed", difference.removed);
        aces(which, "added", difference.added);
    }

    descriptor_changes made;

private:
    void aces(std::string_view which, std::string_view what, std::vector<sddl::ace> const& aces) {
        for (sddl::ace const& ace : aces)
            if (!ace.has(sddl::ace_flag::inherited)) {
                ++made.aces;
                made.differences.push_back(
                    fmt::format("{}ACE {}: {}", which, what, sddl::write_ace(ace, sids_)));
            }
    }

    sddl::domain_sids const& sids_;
};

} // namespace

descriptor_changes changes_between(sddl::security_descriptor const& before,
                                   sddl::security_descriptor const& after, bool with_sacl,
                                   sddl::domain_sids const& sids) {
    auto const difference = sddl::compare(before, after);
    reporter report(sids);
    report.owner("owner", difference.owner);
    report.owner("group", difference.group);
    report.control(difference, sddl::control_bit::dacl_protected, "inheritance");
    report.state("the DACL", difference.dacl_state);
    report.list("", difference.dacl);
    if (with_sacl) {
        report.control(difference, sddl::control_bit::sacl_protected, "inheritance of auditing");
        report.list("audit ", difference.sacl);
    }
    report.made.is_reordered = difference.dacl.is_reordered;
    return std::move(report.made);
}

} // namespace dsplan::plan
