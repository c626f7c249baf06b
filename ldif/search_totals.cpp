#include <ldif/decimal.hpp>
#include <ldif/search_totals.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace dsplan::ldif {
namespace {

std::string_view take_line(std::string_view& text) {
    auto const size = std::min(text.find('\n'), text.size() - 1) + 1;
    auto const line = text.substr(0, size);
    text.remove_prefix(size);
    return line;
}

std::string_view without_line_end(std::string_view line) {
    return line.substr(0, std::min(line.find_first_of("\r\n"), line.size()));
}

// The number between two texts, which are the rest of the line.
std::optional<std::uint64_t> number_between(std::string_view line, std::string_view before,
                                            std::string_view behind) {
    if (!line.starts_with(before) || !line.ends_with(behind) || line.size() <= before.size() + behind.size())
        return std::nullopt;
    line.remove_prefix(before.size());
    line.remove_suffix(behind.size());
    return read_decimal<std::uint64_t>(line);
}

// The number of entries that a comment tells; ldbsearch tells it below the number of records.
std::optional<std::uint64_t> total_in(std::string_view line, bool& is_below_records) {
    bool const was_below =
        std::exchange(is_below_records, number_between(line, "# returned ", " records") ||
                                            number_between(line, "# returned ", " record"));
    if (auto const total = number_between(line, "# numEntries: ", ""))
        return total;
    if (!was_below)
        return std::nullopt;
    auto const total = number_between(line, "# ", " entries");
    return total ? total : number_between(line, "# ", " entry");
}

} // namespace

std::optional<search_totals::mismatch> search_totals::check(std::string_view text) {
    bool is_below_records = false;
    for (std::uint64_t lines = 0; !text.empty(); ++lines) {
        auto const line = without_line_end(take_line(text));
        auto const total = total_in(line, is_below_records);
        if (!total)
            continue;
        auto const found = std::exchange(records_, 0);
        if (found != *total)
            return mismatch{lines, std::string(line), *total, found};
    }
    return std::nullopt;
}

std::string without_search_totals(std::string_view text) {
    std::string kept;
    bool is_below_records = false;
    while (!text.empty()) {
        auto const line = take_line(text);
        bool const is_total = total_in(without_line_end(line), is_below_records).has_value();
        if (!is_total && !is_below_records && !line.starts_with("# numResponses: "))
            kept += line;
    }
    return kept;
}

} // namespace dsplan::ldif
