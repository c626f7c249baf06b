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

} // namespace

result<std::vector<listed_account>> read_account_list(std::string_view octets) {
    auto const text = text_of(octets);
    if (auto const bad = utf8::find_invalid(text.begin(), text.end()); bad != text.end())
        return tl::unexpected(failure{fmt::format("{}: expected text in UTF-8 or UTF-16, found other octets",
                                                  std::count(text.begin(), bad, '\n') + 1),
                                      "  save the file as UTF-8\n"});
    list_reading reading;
    std::size_t number = 0;
    for (std::size_t start = 0; start < text.size();) {
        auto const end = std::min(text.find('\n', start), text.size());
        auto const line = trimmed(std::string_view(text).substr(start, end - start));
        start = end + 1;
        ++number;
        if (line.empty() || line.starts_with('#'))
            continue;
        if (auto read = reading.line(line, number); !read)
            return tl::unexpected(std::move(read).error());
    }
    return std::move(reading.made);
}

} // namespace dsplan::plan
