#include <tools/dsplan/directory/windows_time.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/value_reading.hpp>
#include <tools/dsplan/review/value_tests.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

/// Values of the domain, the forest and its trusts, and tests for any attribute.
namespace dsplan::review::value_tests {
namespace {

// A number that the change lowers; without a base, one below `enough`.
std::string lowered(value_change const& change, std::int64_t enough) {
    auto const after = change.number();
    if (change.removes_all() && !change.is_new_object)
        return fmt::format("{} is removed", change.attribute);
    if (!after)
        return {};
    auto const before = change.number_before();
    if (before ? *after < *before : *after < enough)
        return before ? fmt::format("{} was {}, and becomes {}", change.attribute, *before, *after)
                      : fmt::format("{} becomes {}", change.attribute, *after);
    return {};
}

char character(std::string_view text, std::size_t position) {
    return position <= text.size() ? text[position - 1] : '0';
}

// A character of dSHeuristics, from 1, and the values of it that open something. [MS-ADTS] 6.1.1.2.4.1.2
struct heuristic_row {
    std::size_t position;
    std::string_view safe; ///< characters that open nothing
    std::string_view words;
};
constexpr std::array heuristic_rows{
    heuristic_row{5, "0", "every modification succeeds where its values are there already"},
    heuristic_row{7, "01", "anonymous requests are answered"},
    heuristic_row{13, "0", "passwords may be set over connections that are not encrypted"},
    heuristic_row{16, "0", "members of operator groups are no longer protected by AdminSDHolder"},
    heuristic_row{28, "01", "rights on attributes are not asked when a computer is created"},
    heuristic_row{29, "01", "owners of computers may always change their permissions"},
    heuristic_row{31, "0", "confidential attributes are given out without encryption"},
};

struct bit_words {
    std::uint32_t bit;
    std::string_view words;
};

std::string words_of(std::uint32_t bits, std::span<bit_words const> rows) {
    std::string text;
    for (auto const& row : rows)
        if ((bits & row.bit) != 0)
            text += fmt::format("{}{}", text.empty() ? "" : ", ", row.words);
    return text;
}

// By its class, or, where no base says it, by the name that such objects have.
bool is_of(changed_object const& object, std::string_view wanted, std::string_view first_name) {
    return object.object_class.empty() ? object.first_name == first_name
                                       : equal_ignoring_case(object.object_class, wanted);
}

std::string before_text(value_change const& change) {
    return change.before.empty() ? std::string() : change.before.front();
}

} // namespace

std::string gets_values(value_change const& change) {
    auto const coming = change.coming();
    if (coming.empty())
        return {};
    constexpr std::size_t at_most = 200;
    auto const shown = coming.front().substr(0, at_most);
    bool const is_text = std::all_of(shown.begin(), shown.end(), [](char each) {
        return static_cast<unsigned char>(each) >= 0x20 && static_cast<unsigned char>(each) < 0x7F;
    });
    return is_text ? fmt::format("{} gets {}", change.attribute, shown)
                   : fmt::format("{} gets a value of {} octets", change.attribute, coming.front().size());
}

std::string changes(value_change const& change) {
    bool const goes = !change.going().empty() || (change.removes && !change.is_base_known);
    bool const is_same = change.coming().empty() && !goes && !(change.removes_all() && !change.is_base_known);
    return is_same || change.is_new_object ? std::string() : fmt::format("{} changes", change.attribute);
}

std::string loses_values(value_change const& change) {
    auto const going = change.going();
    if (!going.empty())
        return fmt::format("{} loses {}", change.attribute, going.front());
    return !change.is_base_known && (change.removes || change.removes_all())
               ? fmt::format("{} loses values", change.attribute)
               : std::string();
}

std::string short_password(value_change const& change) {
    constexpr std::int64_t enough = 8;
    return lowered(change, enough);
}

std::string weak_history(value_change const& change) {
    constexpr std::int64_t enough = 1;
    // The least age is a negative interval.
    bool const is_age = equal_ignoring_case(change.attribute, "minPwdAge") ||
                        equal_ignoring_case(change.attribute, "msDS-MinimumPasswordAge");
    auto const after = change.number();
    auto const before = change.number_before();
    if (is_age && change.removes_all() && !change.is_new_object)
        return fmt::format("{} is removed", change.attribute);
    if (is_age && after == 0)
        return before != 0
                   ? fmt::format("{} becomes 0: an old password can be had back at once", change.attribute)
                   : "";
    if (is_age)
        return after && before && *after > *before
                   ? fmt::format("{} was {}, and becomes {}", change.attribute,
                                 directory::interval_text(*before), directory::interval_text(*after))
                   : "";
    return lowered(change, enough);
}

std::string weak_lockout(value_change const& change) {
    auto const after = change.number();
    auto const before = change.number_before();
    if (change.removes_all() && !change.is_new_object)
        return fmt::format("{} is removed", change.attribute);
    if (!after || after == before)
        return {};
    if (*after == 0)
        return fmt::format("{} becomes 0", change.attribute);
    // A threshold is weaker the higher it is; intervals are negative.
    bool const is_weaker = before && (*after > 0 ? *before != 0 && *after > *before : *after > *before);
    constexpr std::int64_t many = 50;
    return is_weaker || (!before && *after > many) ? fmt::format("{} becomes {}", change.attribute, *after)
                                                   : "";
}

std::string weak_password_age(value_change const& change) {
    constexpr std::int64_t a_year = -365LL * 24 * 60 * 60 * 10'000'000;
    auto const as_age = [](std::int64_t number) {
        return number == 0 ? INT64_MIN : number; // for ever
    };
    if (change.removes_all() && !change.is_new_object)
        return fmt::format("{} is removed", change.attribute);
    auto const after = change.number();
    auto const before = change.number_before();
    if (!after || (before ? as_age(*after) >= as_age(*before) : as_age(*after) >= a_year))
        return {};
    return as_age(*after) == INT64_MIN
               ? "passwords never expire"
               : fmt::format("passwords are good for {}", directory::interval_text(*after));
}

std::string ends_forced_logoff(value_change const& change) {
    auto const after = change.number();
    bool const is_never = after == INT64_MIN || (change.removes_all() && !change.is_new_object);
    return is_never && change.number_before() != INT64_MIN
               ? "sessions go on when the hours of the account end"
               : "";
}

// [MS-ADTS] 6.1.1.2.2.1.2.1.1, 6.1.1.2.2.1.1
std::string hinders_replication(value_change const& change) {
    constexpr std::array of_controller{
        bit_words{0x2, "the controller takes no changes from others"},
        bit_words{0x4, "others take no changes from the controller"},
        bit_words{0x8, "connections of the controller no longer count"},
        bit_words{0x10, "the controller no longer registers its service names"},
    };
    constexpr std::array of_site{
        bit_words{0x1, "connections within the site are no longer made"},
        bit_words{0x10, "connections to other sites are no longer made"},
    };
    if (change.removes || change.values.empty())
        return {};
    auto const before = change.before.empty() ? 0 : bits_of(change.before.front()).value_or(0);
    auto const set = bits_of(change.values.front()).value_or(0) & ~before;
    if (is_of(change.object, "nTDSDSA", "ntds settings") ||
        is_of(change.object, "nTDSDSARO", "ntds settings"))
        return words_of(set, of_controller);
    return is_of(change.object, "nTDSSiteSettings", "ntds site settings") ? words_of(set, of_site)
                                                                          : std::string();
}

std::string weak_password_properties(value_change const& change) {
    constexpr std::uint32_t complex = 0x1;
    constexpr std::uint32_t reversible = 0x10;
    if (change.removes_all() && !change.is_new_object)
        return "pwdProperties is removed: passwords need not be complex";
    if (change.removes || change.values.empty())
        return {};
    auto const after = bits_of(change.values.front()).value_or(complex);
    auto const before = change.before.empty() ? complex : bits_of(change.before.front()).value_or(complex);
    if ((after & reversible) != 0 && (change.before.empty() || (before & reversible) == 0))
        return "passwords are kept so that they can be read back";
    return (before & complex) != 0 && (after & complex) == 0 ? "passwords need not be complex" : "";
}

std::string opens_machine_quota(value_change const& change) {
    if (change.removes_all() && !change.is_new_object && (!change.is_base_known || !change.before.empty()))
        return "the quota is removed: how many computers everybody may join is then not known";
    auto const after = change.number();
    if (!after || *after == 0 || change.number_before().value_or(0) >= *after)
        return {};
    return fmt::format("everybody may join {} computers", *after);
}

std::string is_true(value_change const& change) {
    auto const coming = change.coming();
    return !coming.empty() && equal_ignoring_case(coming.front(), "TRUE")
               ? fmt::format("{} becomes TRUE", change.attribute)
               : std::string();
}

std::string is_false(value_change const& change) {
    auto const coming = change.coming();
    return !coming.empty() && equal_ignoring_case(coming.front(), "FALSE")
               ? fmt::format("{} becomes FALSE", change.attribute)
               : std::string();
}

std::string dangerous_heuristics(value_change const& change) {
    if (change.removes || change.values.empty())
        return {};
    auto const before = before_text(change);
    std::string text;
    for (auto const& row : heuristic_rows) {
        auto const now = character(change.values.front(), row.position);
        if (row.safe.find(now) != std::string_view::npos || now == character(before, row.position))
            continue;
        text +=
            fmt::format("{}character {} is {}: {}", text.empty() ? "" : ", ", row.position, now, row.words);
    }
    // A guard that was set and goes opens the same.
    for (auto const position : {std::size_t{28}, std::size_t{29}})
        if (character(before, position) == '1' && character(change.values.front(), position) == '0')
            text += fmt::format("{}character {} is no longer 1", text.empty() ? "" : ", ", position);
    return text;
}

std::string other_heuristics(value_change const& change) {
    if (!dangerous_heuristics(change).empty())
        return {};
    auto const before = before_text(change);
    if (change.removes_all())
        return change.is_base_known && before.empty() ? "" : "dSHeuristics is removed";
    auto const after = change.removes ? std::string() : change.values.front();
    std::string text;
    for (std::size_t position = 1; position <= std::max(after.size(), before.size()); ++position)
        if (character(after, position) != character(before, position) && position % 10 != 0)
            text += fmt::format("{}character {} was {}, and becomes {}", text.empty() ? "" : ", ", position,
                                character(before, position), character(after, position));
    return text;
}

std::string opens_trust(value_change const& change) {
    constexpr std::uint32_t quarantined = 0x4;
    constexpr std::uint32_t within_forest = 0x20;
    constexpr std::uint32_t treat_as_external = 0x40;
    constexpr std::uint32_t selective = 0x10;
    constexpr std::uint32_t with_delegation = 0x800;
    if (change.removes_all() && !change.is_new_object && (!change.is_base_known || !change.before.empty()))
        return "trustAttributes is removed: SIDs of other domains are not filtered";
    if (change.removes || change.values.empty())
        return {};
    auto const after = bits_of(change.values.front()).value_or(0);
    auto const before = change.before.empty() ? 0 : bits_of(change.before.front()).value_or(0);
    auto const set = after & ~before;
    auto const cleared = before & ~after;
    if ((cleared & quarantined) != 0)
        return "SIDs of other domains are no longer filtered";
    if ((set & treat_as_external) != 0)
        return "SIDs of the trusted forest are filtered less strictly, as those of an external trust";
    if ((cleared & selective) != 0)
        return "everybody of the trusted side may authenticate to every computer";
    if ((set & with_delegation) != 0)
        return "tickets that can be delegated are given out across the trust";
    return change.before.empty() && (after & (quarantined | within_forest)) == 0
               ? "SIDs of other domains are not filtered (bit 4 is not set)"
               : "";
}

} // namespace dsplan::review::value_tests
