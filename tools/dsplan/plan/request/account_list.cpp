#include <ldif/text_encoding.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/plan/request/account_list.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace dsplan::plan {
namespace {

constexpr std::array<std::string_view, 5> column_names{"member", "sid", "dn", "upn", "samAccountName"};

std::string text_of(std::string_view octets) {
    auto const found = ldif::detect_encoding(octets);
    octets.remove_prefix(found.mark_size);
    if (found.encoding == ldif::text_encoding::utf8)
        return std::string(octets);
    std::string text;
    ldif::transcoder reader(found.encoding);
    reader.append(text, octets);
    reader.finish(text);
    return text;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

// The fields of one line; nothing where a quotation mark does not end.
std::optional<std::vector<std::string>> fields_of(std::string_view line, char separator) {
    std::vector<std::string> fields(1);
    bool is_quoted = false;
    for (std::size_t place = 0; place < line.size(); ++place) {
        char const octet = line[place];
        if (is_quoted && octet == '"' && place + 1 < line.size() && line[place + 1] == '"') {
            fields.back() += '"';
            ++place;
        } else if (octet == '"' && (is_quoted || fields.back().empty())) {
            is_quoted = !is_quoted;
        } else if (octet == separator && !is_quoted) {
            fields.emplace_back();
        } else {
            fields.back() += octet;
        }
    }
    if (is_quoted)
        return std::nullopt;
    for (auto& each : fields)
        each = trimmed(each);
    return fields;
}

struct table_shape {
    char separator = ',';
    std::size_t column = 0;
};

// Where the first line names columns. A DN has commas and equal signs, which no header has.
std::optional<table_shape> shape_of(std::string_view line) {
    for (char const separator : {',', ';', '\t'}) {
        auto const fields = fields_of(line, separator);
        for (std::size_t column = 0; fields && column < fields->size(); ++column)
            if (std::any_of(column_names.begin(), column_names.end(), [&](std::string_view name) {
                    return equal_ignoring_case((*fields)[column], name);
                }))
                return table_shape{separator, column};
    }
    return std::nullopt;
}

struct list_reading {
    std::optional<table_shape> shape;
    std::vector<listed_account> made;
    std::set<std::string> known;
    bool has_begun = false;

    result<void> line(std::string_view text, std::size_t number) {
        if (!std::exchange(has_begun, true)) {
            shape = shape_of(text);
            if (shape)
                return {};
        }
        if (!shape)
            return add(whole(text), number);
        auto const fields = fields_of(text, shape->separator);
        if (!fields)
            return tl::unexpected(
                failure{fmt::format("{}: expected a quotation mark at the end of the field", number), {}});
        if (fields->size() <= shape->column)
            return tl::unexpected(failure{fmt::format("{}: expected at least {} fields, found {}", number,
                                                      shape->column + 1, fields->size()),
                                          "  the first line names the columns\n"});
        return add((*fields)[shape->column], number);
    }

    // A whole line may be quoted, as spreadsheets do with DNs.
    static std::string whole(std::string_view text) {
        auto const fields = fields_of(text, '\0');
        return fields ? fields->front() : std::string(text);
    }

    result<void> add(std::string name, std::size_t number) {
        if (!name.empty() && known.insert(name).second)
            made.push_back({std::move(name), number});
        return {};
    }
};

// Gives every line that says something to `take`, which says what is wrong with it.
template <class Take>
result<void> for_each_line(std::string_view octets, Take const& take) {
    auto const text = text_of(octets);
    if (auto const bad = utf8::find_invalid(text.begin(), text.end()); bad != text.end())
        return tl::unexpected(failure{fmt::format("{}: expected text in UTF-8 or UTF-16, found other octets",
                                                  std::count(text.begin(), bad, '\n') + 1),
                                      "  save the file as UTF-8\n"});
    std::size_t number = 0;
    for (std::size_t start = 0; start < text.size();) {
        auto const end = std::min(text.find('\n', start), text.size());
        auto const line = trimmed(std::string_view(text).substr(start, end - start));
        start = end + 1;
        ++number;
        if (line.empty() || line.starts_with('#'))
            continue;
        if (result<void> read = take(line, number); !read)
            return read;
    }
    return {};
}

struct pair_reading {
    char separator = '\0'; // until the first line has named the columns
    std::size_t old_column = 0;
    std::size_t new_column = 0;
    std::vector<account_pair> made{};

    static failure fault(std::size_t number, std::string_view what, std::string detail = {}) {
        return {fmt::format("{}: {}", number, what), std::move(detail)};
    }

    static std::optional<std::size_t> column_of(std::vector<std::string> const& fields,
                                                std::string_view name) {
        auto const found = std::find_if(fields.begin(), fields.end(),
                                        [name](auto const& each) { return equal_ignoring_case(each, name); });
        return found == fields.end() ? std::nullopt
                                     : std::optional(static_cast<std::size_t>(found - fields.begin()));
    }

    result<void> head(std::string_view text, std::size_t number) {
        for (char const each : {',', ';', '\t'}) {
            auto const fields = fields_of(text, each);
            auto const old_place = fields ? column_of(*fields, "old") : std::nullopt;
            auto const new_place = fields ? column_of(*fields, "new") : std::nullopt;
            if (old_place && new_place) {
                separator = each;
                old_column = *old_place;
                new_column = *new_place;
                return {};
            }
        }
        return tl::unexpected(
            fault(number, "expected the columns old and new in the first line", "  old,new\n"));
    }

    result<void> line(std::string_view text, std::size_t number) {
        if (separator == '\0')
            return head(text, number);
        auto const fields = fields_of(text, separator);
        if (!fields)
            return tl::unexpected(fault(number, "expected a quotation mark at the end of the field"));
        auto const needed = std::max(old_column, new_column) + 1;
        if (fields->size() < needed)
            return tl::unexpected(
                fault(number, fmt::format("expected at least {} fields, found {}", needed, fields->size()),
                      "  a name with a comma stands in quotation marks\n"));
        if ((*fields)[old_column].empty() || (*fields)[new_column].empty())
            return tl::unexpected(fault(number, "expected an account in both columns, found none"));
        made.push_back({(*fields)[old_column], (*fields)[new_column], number});
        return {};
    }
};

} // namespace

result<std::vector<listed_account>> read_account_list(std::string_view octets) {
    list_reading reading;
    auto const read = for_each_line(
        octets, [&reading](std::string_view line, std::size_t number) { return reading.line(line, number); });
    if (!read)
        return tl::unexpected(read.error());
    return std::move(reading.made);
}

result<std::vector<account_pair>> read_account_pairs(std::string_view octets) {
    pair_reading reading;
    auto const read = for_each_line(
        octets, [&reading](std::string_view line, std::size_t number) { return reading.line(line, number); });
    if (!read)
        return tl::unexpected(read.error());
    return std::move(reading.made);
}

} // namespace dsplan::plan
