#include <sddl/canonical_order.hpp>
#include <tools/dsplan/plan/list_cover.hpp>
#include <tools/dsplan/plan/list_edit.hpp>

#include <algorithm>
#include <array>
#include <functional>

namespace dsplan::plan {
namespace {

using sddl::permission;
using ace_test = std::function<bool(sddl::ace const&)>;

// ----- grants and denials

list_answer covered_by(tracked_list const& aces, list_cover const& found, permission const& wanted) {
    list_answer made;
    made.what = list_outcome::covered;
    made.aces = found.aces;
    for (auto const& each : aces)
        if (each.was && is_explicit(each) && sddl::permission_of(each.value) == wanted) {
            made.what = list_outcome::there_already;
            made.aces = {*each.was};
        }
    return made;
}

list_answer add(tracked_list& aces, list_request const& wish, sddl::property_set_of const& set_of) {
    auto const& wanted = wish.said;
    auto const of_its_own = cover(aces, wanted, true, set_of);
    if (of_its_own.rights.contains(wanted.rights))
        return covered_by(aces, of_its_own, wanted);
    list_answer made;
    auto const with_inherited = cover(aces, wanted, false, set_of);
    if (with_inherited.rights.contains(wanted.rights) && !wish.also_where_inherited) {
        made.what = list_outcome::covered_inherited;
        made.aces = with_inherited.aces;
        return made;
    }
    made.aces = of_its_own.aces;
    if (!wanted.denies) {
        made.denied_by = denials_of(aces, wanted, wish.token, set_of);
        made.through_groups = covered_through_groups(aces, wanted, wish.token, set_of);
    }
    auto missing = wanted;
    missing.rights = {wanted.rights.bits & ~of_its_own.rights.bits};
    made.added = sddl::ace_of(missing);
    if (made.added)
        insert(aces, *made.added);
    return made;
}

// ----- revocations

// Where nothing explicit says it: the inherited ACEs that do.
list_answer nothing_explicit(tracked_list const& aces, ace_test const& matches) {
    list_answer made;
    made.what = list_outcome::nothing_there;
    for (auto const& each : aces)
        if (!is_explicit(each) && each.was && matches(each.value))
            made.aces.push_back(*each.was);
    if (!made.aces.empty())
        made.what = list_outcome::inherited_here;
    return made;
}

list_answer remove(tracked_list& aces, ace_test const& matches) {
    list_answer made;
    made.what = list_outcome::removed;
    tracked_list kept;
    for (auto const& each : aces)
        if (is_explicit(each) && matches(each.value))
            made.aces.push_back(each.was.value_or(0));
        else
            kept.push_back(each);
    if (made.aces.empty())
        return nothing_explicit(aces, matches);
    aces = std::move(kept);
    return made;
}

using remainder = tl::expected<std::vector<sddl::ace>, sddl::inexpressible>;

// A property set without one of its attributes becomes an ACE for each of the others, where they are known.
remainder subtract(placed_ace const& from, list_request const& wish, sddl::property_set_of const& set_of) {
    if (!is_explicit(from))
        return std::vector<sddl::ace>{from.value};
    auto left = sddl::subtract(from.value, wish.said, set_of);
    if (left || left.error() != sddl::inexpressible::one_of_a_set || wish.other_attributes.empty())
        return left;
    auto const said = *sddl::permission_of(from.value);
    auto common = from.value;
    common.mask = said.rights & wish.said.rights;
    std::vector<sddl::ace> made;
    if (auto rest = from.value; (said.rights.bits & ~common.mask.bits) != 0) {
        rest.mask = {said.rights.bits & ~common.mask.bits};
        made.push_back(std::move(rest));
    }
    for (auto const& attribute : wish.other_attributes) {
        common.object_type = attribute;
        made.push_back(common);
    }
    // What the wish does not reach keeps the attribute.
    common.object_type = wish.said.type;
    auto const beyond = sddl::subtract(common, wish.said, set_of);
    if (!beyond)
        return tl::unexpected(beyond.error());
    made.insert(made.end(), beyond->begin(), beyond->end());
    return made;
}

list_answer revoke(tracked_list& aces, list_request const& wish, sddl::property_set_of const& set_of) {
    list_answer made;
    made.what = list_outcome::removed;
    tracked_list kept;
    for (auto const& each : aces) {
        auto const left = subtract(each, wish, set_of);
        if (!left) {
            made = {};
            made.what = list_outcome::not_expressible;
            made.aces = {each.was.value_or(0)};
            made.why = left.error();
            return made;
        }
        bool const is_same = left->size() == 1 && left->front() == each.value;
        if (!is_same)
            made.aces.push_back(each.was.value_or(0));
        for (auto const& value : *left)
            kept.push_back({value, is_same ? each.was : std::nullopt});
    }
    if (made.aces.empty())
        return nothing_explicit(aces, [&](sddl::ace const& value) {
            auto const said = sddl::permission_of(value);
            return said && sddl::overlaps(*said, wish.said, set_of);
        });
    aces = std::move(kept);
    return made;
}

list_answer answer(tracked_list& aces, list_request const& wish, sddl::property_set_of const& set_of) {
    switch (wish.verb) {
    case list_verb::grant:
    case list_verb::deny:
        return add(aces, wish, set_of);
    case list_verb::revoke:
        return revoke(aces, wish, set_of);
    case list_verb::revoke_ace:
        return remove(aces, [&](sddl::ace const& each) { return sddl::permission_of(each) == wish.said; });
    case list_verb::revoke_all_of:
        break;
    }
    return remove(aces, [&](sddl::ace const& each) {
        bool const has_the_sign = wish.said.denies ? sddl::is_deny(each.type) : sddl::is_allow(each.type);
        return each.trustee == wish.said.trustee && has_the_sign;
    });
}

} // namespace

void insert(tracked_list& aces, sddl::ace const& added) {
    sddl::acl now;
    now.aces = values_of(aces);
    auto const place = sddl::position_for_new_ace(now, added);
    aces.insert(aces.begin() + static_cast<std::ptrdiff_t>(place), {added, std::nullopt});
}

std::vector<list_answer> edit_list(tracked_list& aces, std::span<list_request const> wishes,
                                   sddl::property_set_of const& set_of) {
    constexpr std::array<list_verb, 5> phases{list_verb::revoke_all_of, list_verb::revoke_ace,
                                              list_verb::revoke, list_verb::deny, list_verb::grant};
    std::vector<list_answer> answers(wishes.size());
    for (auto const phase : phases)
        for (std::size_t index = 0; index < wishes.size(); ++index)
            if (wishes[index].verb == phase)
                answers[index] = answer(aces, wishes[index], set_of);
    return answers;
}

edited_list edit_list(sddl::acl const& before, std::span<list_request const> wishes,
                      sddl::property_set_of const& set_of) {
    auto aces = tracked(before);
    edited_list made;
    made.answers = edit_list(aces, wishes, set_of);
    made.after = list_of(before, aces);
    return made;
}

} // namespace dsplan::plan
