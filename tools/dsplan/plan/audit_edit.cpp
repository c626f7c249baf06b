#include <sddl/condition.hpp>
#include <tools/dsplan/plan/audit_edit.hpp>

namespace dsplan::plan {
namespace {

constexpr std::uint8_t audit_flags = sddl::ace_flag::successful_access | sddl::ace_flag::failed_access;

// An auditing ACE as one that allows the same, which the algebra of permissions takes; nothing for one with a
// condition.
std::optional<sddl::ace> as_allowing(sddl::ace value) {
    if (!sddl::is_audit(value.type) || sddl::has_condition(value))
        return std::nullopt;
    value.type = sddl::unconditional_type(sddl::ace_effect::allow, sddl::is_object_type(value.type));
    value.flags = static_cast<std::uint8_t>(value.flags & ~audit_flags);
    return value;
}

sddl::ace as_auditing(sddl::ace value, std::uint8_t when) {
    value.type = sddl::unconditional_type(sddl::ace_effect::audit, sddl::is_object_type(value.type));
    value.flags = static_cast<std::uint8_t>(value.flags | when);
    return value;
}

std::uint8_t when_of(sddl::ace const& value) {
    return static_cast<std::uint8_t>(value.flags & audit_flags);
}

// What is left of an ACE: what it audits at other times, and what it audits besides.
tl::expected<std::vector<sddl::ace>, sddl::inexpressible> rest_of(placed_ace const& each,
                                                                  sddl::permission const& taken,
                                                                  std::uint8_t when,
                                                                  sddl::property_set_of const& set_of) {
    auto const plain = as_allowing(each.value);
    auto const both = static_cast<std::uint8_t>(when_of(each.value) & when);
    auto const said = plain ? sddl::permission_of(*plain) : std::nullopt;
    if (!is_explicit(each) || both == 0 || !said || !sddl::overlaps(*said, taken, set_of))
        return std::vector{each.value};
    auto const left = sddl::subtract(*plain, taken, set_of);
    if (!left)
        return tl::unexpected(left.error());
    std::vector<sddl::ace> made;
    if (auto const other = static_cast<std::uint8_t>(when_of(each.value) & ~when); other != 0)
        made.push_back(as_auditing(*plain, other));
    for (auto const& one : *left)
        made.push_back(as_auditing(one, both));
    return made;
}

} // namespace

audit_answer audit(tracked_list& aces, sddl::permission const& wanted, std::uint8_t when,
                   sddl::property_set_of const& set_of) {
    for (auto const& each : aces) {
        auto const plain = as_allowing(each.value);
        auto const said = plain ? sddl::permission_of(*plain) : std::nullopt;
        if (said && (when_of(each.value) & when) == when && sddl::covers(*said, wanted, set_of))
            return {list_outcome::covered, {each.value}};
    }
    audit_answer made;
    if (auto const added = sddl::ace_of(wanted)) {
        made.aces.push_back(as_auditing(*added, when));
        insert(aces, made.aces.front());
    }
    return made;
}

audit_answer stop_auditing(tracked_list& aces, sddl::permission const& wanted, std::uint8_t when,
                           sddl::property_set_of const& set_of) {
    audit_answer made{list_outcome::nothing_there, {}};
    tracked_list kept;
    for (auto const& each : aces) {
        auto const left = rest_of(each, wanted, when, set_of);
        if (!left)
            return {list_outcome::not_expressible, {each.value}};
        bool const is_same = left->size() == 1 && left->front() == each.value;
        if (!is_same) {
            made.what = list_outcome::removed;
            made.aces.push_back(each.value);
        }
        for (auto const& value : *left)
            kept.push_back({value, is_same ? each.was : std::nullopt});
    }
    if (made.what == list_outcome::removed)
        aces = std::move(kept);
    return made;
}

} // namespace dsplan::plan
