#include <tools/dsplan/directory/windows_time.hpp>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>

namespace dsplan::directory {
namespace {

using namespace std::chrono;

constexpr std::int64_t steps_a_second = 10'000'000;

std::optional<std::string> text_since(sys_days start, std::int64_t steps) {
    if (steps < 0)
        return std::nullopt;
    auto const whole = seconds(steps / steps_a_second);
    auto const day = floor<days>(whole);
    year_month_day const date{start + day};
    if (static_cast<int>(date.year()) > 9999)
        return std::nullopt;
    hh_mm_ss const time{whole - day};
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

// The number in `digits` octets of the text.
std::optional<unsigned> number_at(std::string_view text, std::size_t offset, std::size_t digits) {
    unsigned number = 0;
    auto const* const begin = text.data() + offset;
    auto const read = std::from_chars(begin, begin + digits, number);
    if (read.ec != std::errc{} || read.ptr != begin + digits)
        return std::nullopt;
    return number;
}

} // namespace

std::optional<std::string> filetime_text(std::int64_t filetime) {
    return text_since(sys_days{year{1601} / 1 / 1}, filetime);
}

std::optional<std::string> ticks_text(std::int64_t ticks) {
    return text_since(sys_days{year{1} / 1 / 1}, ticks);
}

std::optional<std::string> generalized_time_text(std::string_view text) {
    constexpr std::size_t seconds_end = 14;
    if (text.size() <= seconds_end || text.back() != 'Z')
        return std::nullopt;
    auto const fraction = text.substr(seconds_end, text.size() - seconds_end - 1);
    if (!fraction.empty() && (fraction.front() != '.' || fraction.size() < 2 ||
                              fraction.find_first_not_of("0123456789", 1) != std::string_view::npos))
        return std::nullopt;
    auto const years = number_at(text, 0, 4);
    auto const months = number_at(text, 4, 2);
    auto const day = number_at(text, 6, 2);
    auto const hour = number_at(text, 8, 2);
    auto const minute = number_at(text, 10, 2);
    auto const second = number_at(text, 12, 2);
    if (!years || !months || !day || !hour || !minute || !second || *hour > 23 || *minute > 59 ||
        *second > 60)
        return std::nullopt;
    if (!year_month_day{year{static_cast<int>(*years)}, month{*months}, std::chrono::day{*day}}.ok())
        return std::nullopt;
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", *years, *months, *day, *hour, *minute,
                       *second);
}

std::string interval_text(std::int64_t steps) {
    struct unit {
        std::uint64_t seconds;
        std::string_view name;
    };
    constexpr std::array<unit, 4> units{{{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}}};
    // The magnitude of the smallest number is no signed one.
    auto const magnitude =
        steps < 0 ? 0 - static_cast<std::uint64_t>(steps) : static_cast<std::uint64_t>(steps);
    auto left = magnitude / steps_a_second;
    std::string text;
    for (auto const& [size, name] : units) {
        auto const count = left / size;
        left %= size;
        if (count != 0)
            text += fmt::format("{}{} {}{}", text.empty() ? "" : " ", count, name, count == 1 ? "" : "s");
    }
    return text.empty() ? "0 seconds" : text;
}

} // namespace dsplan::directory
