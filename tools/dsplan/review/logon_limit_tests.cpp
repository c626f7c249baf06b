#include <tools/dsplan/directory/windows_time.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/value_tests.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <vector>

/// When, where and how long an account may log on. [MS-ADA1] 2.4, [MS-ADA2] 2.1, [MS-ADA3]
namespace dsplan::review::value_tests {
namespace {

// The value after the change; nothing where it is gone.
std::optional<std::string> value_after(value_change const& change) {
    return change.removes || change.values.empty() ? std::nullopt : std::optional(change.values.front());
}

// Whether the base says what was there, if only that nothing was.
bool knows_before(value_change const& change) {
    return change.is_base_known || !change.before.empty();
}

std::optional<std::string> value_before(value_change const& change) {
    return change.before.empty() ? std::nullopt : std::optional(change.before.front());
}

bool is_same(value_change const& change) {
    return change.is_new_object || (knows_before(change) && value_before(change) == value_after(change));
}

// ---- hours: a bit for each of the week

constexpr std::size_t octets_of_week = 21;
using week = std::array<std::uint8_t, octets_of_week>;

std::optional<week> week_of(std::optional<std::string> const& value) {
    week hours{};
    hours.fill(0xFF); // without a value every hour
    if (!value)
        return hours;
    if (value->size() != octets_of_week)
        return std::nullopt;
    std::transform(value->begin(), value->end(), hours.begin(),
                   [](char octet) { return static_cast<std::uint8_t>(octet); });
    return hours;
}

std::size_t hours_beyond(week const& of, week const& limits) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < of.size(); ++i)
        count += static_cast<std::size_t>(std::popcount(static_cast<std::uint8_t>(of[i] & ~limits[i])));
    return count;
}

// ---- workstations: names between commas

std::vector<std::string_view> names_in(std::string_view list) {
    std::vector<std::string_view> names;
    while (!list.empty()) {
        auto const end = std::min(list.find(','), list.size());
        if (end > 0)
            names.push_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return names;
}

std::string first_beyond(std::string_view list, std::string_view limits) {
    auto const known = names_in(limits);
    for (auto const name : names_in(list))
        if (std::none_of(known.begin(), known.end(),
                         [name](auto const each) { return equal_ignoring_case(each, name); }))
            return std::string(name);
    return {};
}

// ---- times

constexpr std::int64_t never = INT64_MAX;

std::int64_t expiry_of(std::optional<std::int64_t> number) {
    return number.value_or(never) == 0 ? never : number.value_or(never);
}

std::string expiry_text(std::int64_t time) {
    return time == never ? "never" : directory::filetime_text(time).value_or("at a time that nobody reads");
}

} // namespace

std::string widens_logon_hours(value_change const& change) {
    if (is_same(change))
        return {};
    auto const after = week_of(value_after(change));
    auto const before = week_of(value_before(change));
    if (!knows_before(change) || !after || !before)
        return "the hours change at which the account may log on";
    if (auto const more = hours_beyond(*after, *before); more > 0)
        return fmt::format("the account may log on at {} more of the week", counted(more, "hour", "hours"));
    auto const fewer = hours_beyond(*before, *after);
    return change.is_privileged && fewer > 0
               ? fmt::format("an administrator may log on at {} fewer of the week",
                             counted(fewer, "hour", "hours"))
               : std::string();
}

std::string widens_workstations(value_change const& change) {
    if (is_same(change))
        return {};
    auto const before = value_before(change).value_or("");
    auto const after = value_after(change).value_or("");
    if (!knows_before(change))
        return "the computers change on which the account may log on";
    if (after.empty())
        return before.empty() ? "" : "the account may log on at every computer";
    if (auto const name = before.empty() ? std::string() : first_beyond(after, before); !name.empty())
        return fmt::format("the account may log on at {} too", name);
    return change.is_privileged ? "an administrator may log on at fewer computers" : std::string();
}

std::string moves_expiry(value_change const& change) {
    auto const number = change.number();
    if (is_same(change) || (!number && value_after(change)))
        return {}; // no number: told as a value that cannot be read
    auto const after = expiry_of(number);
    auto const before = expiry_of(change.number_before());
    if (knows_before(change) && after == before)
        return {};
    bool const is_later = !knows_before(change) || after > before;
    return is_later || change.is_privileged
               ? fmt::format("{} expires {}", change.is_privileged ? "an administrator" : "the account",
                             expiry_text(after))
               : std::string();
}

std::string renews_password(value_change const& change) {
    return !change.is_new_object && change.number() == -1
               ? "the password counts as set now, even if it has expired"
               : "";
}

std::string delays_rotation(value_change const& change) {
    auto const after = change.number();
    if (!after || *after <= 0 || (change.number_before() && *after <= *change.number_before()))
        return {};
    return fmt::format("the password of the computer is kept until {}",
                       directory::filetime_text(*after).value_or("a time that nobody reads"));
}

} // namespace dsplan::review::value_tests
