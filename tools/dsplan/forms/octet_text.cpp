#include <sddl/number.hpp>
#include <sddl/parse_error.hpp>
#include <tools/dsplan/forms/octet_text.hpp>
#include <tools/dsplan/forms/pasted_lines.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace dsplan {
namespace {

using spelled_outcome = tl::expected<spelled_octets, descriptor_problem>;

struct token {
    std::string_view text;
    std::size_t place;
};

tl::unexpected<descriptor_problem> problem(std::size_t place, std::string message) {
    return tl::unexpected(descriptor_problem{place + 1, std::move(message), {}});
}

bool is_hexadecimal(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char letter) { return sddl::hexadecimal_value(letter) < 16; });
}

bool is_decimal(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

bool has_prefix(std::string_view text) {
    return text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

std::string_view without_prefix(std::string_view text) {
    return has_prefix(text) ? text.substr(2) : text;
}

// ---- what stands around the octets

bool take_front(std::string_view& text, std::string_view wanted) {
    if (!text.starts_with(wanted))
        return false;
    text = trimmed(text.substr(wanted.size()));
    return true;
}

// "hex(3):", "[byte[]]", "@(": the marks of .reg files, PowerShell and C.
std::string_view without_frame(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with("hex:"))
        return text.substr(4);
    if (text.starts_with("hex(")) {
        auto const end = text.find("):");
        if (end != std::string_view::npos)
            return text.substr(end + 2);
    }
    for (auto const mark : {"new byte[]", "new Byte[]", "[byte[]]", "[Byte[]]", "(", "@(", "{", "["})
        take_front(text, mark);
    while (!text.empty() && (text.back() == ')' || text.back() == '}' || text.back() == ']' ||
                             text.back() == ';' || text.back() == ','))
        text = trimmed(text.substr(0, text.size() - 1));
    return text;
}

bool is_separator(char letter) {
    return sddl::is_blank(letter) || std::string_view(",;:-\\").find(letter) != std::string_view::npos;
}

std::vector<token> tokens_of(std::string_view text, std::size_t offset) {
    std::vector<token> tokens;
    for (std::size_t place = 0; place < text.size();) {
        if (is_separator(text[place])) {
            ++place;
            continue;
        }
        auto const begin = place;
        while (place < text.size() && !is_separator(text[place]))
            ++place;
        tokens.push_back({text.substr(begin, place - begin), begin + offset});
    }
    return tokens;
}

// ---- dumps

struct dump_line {
    std::string_view offset; // its digits
    std::string_view rest;
};

std::optional<std::size_t> number_in(std::string_view digits, int base) {
    std::size_t value = 0;
    auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    return read.ec == std::errc{} && read.ptr == digits.data() + digits.size() ? std::optional(value)
                                                                               : std::nullopt;
}

// "00000010: ", "0010  ": four to sixteen digits, then a colon or a blank.
std::optional<dump_line> read_offset(std::string_view line) {
    auto const lead = line.find_first_not_of(" \t");
    if (lead == std::string_view::npos)
        return std::nullopt;
    auto const text = line.substr(lead);
    auto const end = std::min(text.find_first_of(": \t\r"), text.size());
    if (end < 4 || end > 16 || !is_hexadecimal(text.substr(0, end)))
        return std::nullopt;
    dump_line made;
    made.offset = text.substr(0, end);
    made.rest = text.substr(end + (end < text.size() && text[end] == ':' ? 1U : 0U));
    return made;
}

bool is_heading(std::string_view line) {
    auto const text = trimmed(line);
    return text.empty() || text.starts_with("--") || text.starts_with("00 01 02 03") ||
           text.starts_with("Path:") || text.starts_with("Label:") || text.starts_with("Offset");
}

// The first line with the offset 0, after nothing but headings.
std::optional<std::size_t> first_dump_line(std::vector<std::string_view> const& lines) {
    for (std::size_t index = 0; index < lines.size(); ++index) {
        auto const read = read_offset(lines[index]);
        if (read && number_in(read->offset, 16) == 0U && !trimmed(read->rest).empty())
            return index;
        if (!is_heading(lines[index]))
            return std::nullopt;
    }
    return std::nullopt;
}

// The octets of one line end at the sixteenth, at '|', or at a gap that is no gap in the middle.
void append_dumped(spelled_octets& made, std::string_view text, std::size_t offset) {
    constexpr std::size_t most = 16;
    std::size_t count = 0;
    for (std::size_t place = 0; place < text.size() && count < most;) {
        auto const begin = std::min(text.find_first_not_of(" \t", place), text.size());
        if (count != 0 && begin - place > 1 && !(count == most / 2 && begin - place == 2))
            return;
        auto const end = std::min(text.find_first_of(" \t\r", begin), text.size());
        auto const group = text.substr(begin, end - begin);
        if (!is_hexadecimal(group) || group.size() % 2 != 0 || group.size() / 2 > most - count)
            return;
        for (std::size_t digit = 0; digit < group.size(); digit += 2, ++count) {
            made.octets += static_cast<char>(sddl::hexadecimal_value(group[digit]) << 4 |
                                             sddl::hexadecimal_value(group[digit + 1]));
            made.places.push_back(offset + begin + digit);
        }
        place = end;
    }
}

// The second offset tells the base of all: od writes octal ones by default.
int base_of_offsets(std::vector<std::string_view> const& lines, std::size_t first) {
    spelled_octets octets;
    append_dumped(octets, read_offset(lines[first])->rest, 0);
    auto const second = first + 1 < lines.size() ? read_offset(lines[first + 1]) : std::nullopt;
    if (second)
        for (int const base : {16, 8, 10})
            if (number_in(second->offset, base) == octets.octets.size())
                return base;
    return 16;
}

spelled_outcome read_dump(std::string_view text) {
    auto const lines = lines_of(text);
    spelled_octets made;
    auto const first = first_dump_line(lines).value_or(0);
    auto const base = base_of_offsets(lines, first);
    for (auto index = first; index < lines.size(); ++index) {
        auto const line = lines[index];
        auto const place = place_in(text, line);
        if (trimmed(line).empty())
            continue;
        auto const read = read_offset(line);
        if (!read)
            return problem(place,
                           trimmed(line) == "*"
                               ? "expected every line of the dump, found '*'; hexdump -v writes them all"
                               : fmt::format("expected a line of the dump with its offset, found {}",
                                             sddl::quoted(trimmed(line))));
        if (number_in(read->offset, base) != made.octets.size())
            return problem(place, fmt::format("expected the offset 0x{:x} after the octets before this "
                                              "line, found 0x{:x}; a line is missing or cut",
                                              made.octets.size(), number_in(read->offset, base).value_or(0)));
        append_dumped(made, read->rest, place_in(text, read->rest));
        if (made.octets.empty())
            return problem(
                place_in(text, trimmed(read->rest)),
                fmt::format("expected octets of two hexadecimal digits after the offset, found {}; "
                            "od -t x1, hexdump -C and xxd write them",
                            sddl::quoted(trimmed(read->rest).substr(0, 12))));
    }
    return made;
}

// ---- escapes

std::string_view without_bytes_literal(std::string_view text) {
    if (text.size() > 2 && (text[0] == 'b' || text[0] == 'B') && (text[1] == '\'' || text[1] == '"') &&
        text.back() == text[1])
        return text.substr(2, text.size() - 3);
    return text;
}

struct escape {
    char octet = 0;
    std::size_t size = 0; // of its text; 0 where it is none
};

escape read_escape(std::string_view text) {
    auto const pair = [&](std::size_t place) {
        return text.size() >= place + 2 && is_hexadecimal(text.substr(place, 2))
                   ? static_cast<char>(sddl::hexadecimal_value(text[place]) << 4 |
                                       sddl::hexadecimal_value(text[place + 1]))
                   : '\0';
    };
    if (text.size() >= 4 && text[1] == 'x' && is_hexadecimal(text.substr(2, 2)))
        return {pair(2), 4};
    if (text.size() >= 3 && is_hexadecimal(text.substr(1, 2)))
        return {pair(1), 3};
    constexpr std::string_view letters = "tnr\\'\"";
    constexpr std::string_view meanings = "\t\n\r\\'\"";
    auto const which = text.size() < 2 ? std::string_view::npos : letters.find(text[1]);
    return which == std::string_view::npos ? escape{} : escape{meanings[which], 2};
}

spelled_outcome read_escapes(std::string_view text) {
    auto const inner = without_bytes_literal(trimmed(text));
    auto const offset = place_in(text, inner);
    bool const is_literal =
        inner.size() != trimmed(text).size(); // where printable octets stand for themselves
    spelled_octets made;
    for (std::size_t place = 0; place < inner.size();) {
        auto const found = inner[place] == '\\' ? read_escape(inner.substr(place)) : escape{};
        bool const is_skipped = sddl::is_blank(inner[place]) && !is_literal;
        if (found.size == 0 && !is_skipped && (inner[place] == '\\' || !is_literal))
            return problem(offset + place, fmt::format("expected octets such as \\x01, found {}",
                                                       sddl::quoted(inner.substr(place, 4))));
        if (!is_skipped) {
            made.octets += found.size == 0 ? inner[place] : found.octet;
            made.places.push_back(offset + place);
        }
        place += std::max<std::size_t>(found.size, 1);
    }
    return made;
}

// ---- numbers one by one

spelled_outcome read_separate(std::string_view text, unsigned base) {
    auto const inner = without_frame(text);
    spelled_octets made;
    for (auto const& [word, place] : tokens_of(inner, place_in(text, inner))) {
        auto const digits = base == 16 ? without_prefix(word) : word;
        unsigned value = 0;
        auto const read =
            std::from_chars(digits.data(), digits.data() + digits.size(), value, static_cast<int>(base));
        if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || value > 0xFF)
            return problem(place,
                           base == 16
                               ? fmt::format("expected two hexadecimal digits for each octet, found {}",
                                             sddl::quoted(word))
                               : fmt::format("expected octets from 0 to 255, found {}", sddl::quoted(word)));
        made.octets += static_cast<char>(value);
        made.places.push_back(place);
    }
    return made;
}

spelled_outcome read_digits(std::string_view text) {
    auto const inner = without_prefix(trimmed(text));
    auto const offset = place_in(text, inner);
    spelled_octets made;
    std::size_t digits = 0;
    for (std::size_t place = 0; place < inner.size(); ++place) {
        if (sddl::is_blank(inner[place]))
            continue;
        auto const value = sddl::hexadecimal_value(inner[place]);
        if (value > 15)
            return problem(offset + place, fmt::format("expected hexadecimal digits, found {}",
                                                       sddl::quoted(inner.substr(place, 1))));
        if (digits++ % 2 == 0) {
            made.octets += static_cast<char>(value << 4);
            made.places.push_back(offset + place);
        } else {
            made.octets.back() = static_cast<char>(made.octets.back() | static_cast<char>(value));
        }
    }
    if (digits % 2 != 0)
        return problem(text.size(),
                       "expected two hexadecimal digits for each octet, found an odd number of them");
    return made;
}

// ---- which of them

// hexdump and od without options: the first two octets 01 00 as the word 0001, in octal 000001.
bool is_of_words(std::vector<std::string_view> const& lines) {
    auto const first = first_dump_line(lines);
    if (!first || lines[*first].find(':') != std::string_view::npos)
        return false;
    auto const words = trimmed(read_offset(lines[*first])->rest);
    return words.starts_with("0001 ") || words.starts_with("000001 ");
}

octet_spelling spelling_of_tokens(std::string_view inner, bool is_framed) {
    auto const tokens = tokens_of(inner, 0);
    auto const all = [&](auto const& is_so) {
        return std::all_of(tokens.begin(), tokens.end(), is_so);
    };
    constexpr std::size_t fewest = 4; // so that a word such as "DA-DC" is none
    if (tokens.size() < fewest)
        return octet_spelling::none;
    bool const has_long =
        std::any_of(tokens.begin(), tokens.end(), [](token const& one) { return one.text.size() == 3; });
    if (has_long && all([](token const& one) { return is_decimal(one.text) && one.text.size() <= 3; }))
        return octet_spelling::decimal;
    bool const is_in_pairs = all([](token const& one) {
        auto const digits = without_prefix(one.text);
        return is_hexadecimal(digits) && digits.size() <= 2;
    });
    bool const has_marks = is_framed || inner.find_first_of(",;:-\\xX") != std::string_view::npos;
    return is_in_pairs && has_marks ? octet_spelling::separate : octet_spelling::none;
}

bool is_of_digits(std::string_view text) {
    constexpr std::size_t fewest_digits = 40; // of a header
    bool const is_marked = has_prefix(text);
    std::size_t digits = 0;
    for (char const letter : without_prefix(text)) {
        if (sddl::is_blank(letter))
            continue;
        if (sddl::hexadecimal_value(letter) > 15)
            return false;
        ++digits;
    }
    return digits % 2 == 0 && digits >= (is_marked ? 2 : fewest_digits);
}

} // namespace

octet_spelling spelling_of(std::string_view text) {
    auto const whole = trimmed(text);
    if (whole.starts_with("\\x") || whole.starts_with("\\01") || whole.starts_with("b'\\x") ||
        whole.starts_with("b\"\\x"))
        return octet_spelling::escapes;
    auto const lines = lines_of(text);
    if (is_of_words(lines))
        return octet_spelling::word_dump;
    if (first_dump_line(lines))
        return octet_spelling::dump;
    auto const inner = without_frame(whole);
    if (auto const found = spelling_of_tokens(inner, inner.size() != whole.size());
        found != octet_spelling::none)
        return found;
    return is_of_digits(whole) ? octet_spelling::digits : octet_spelling::none;
}

spelled_outcome read_octet_text(std::string_view text, octet_spelling spelling) {
    switch (spelling) {
    case octet_spelling::separate:
        return read_separate(text, 16);
    case octet_spelling::decimal:
        return read_separate(text, 10);
    case octet_spelling::escapes:
        return read_escapes(text);
    case octet_spelling::dump:
        return read_dump(text);
    case octet_spelling::word_dump:
        return problem(0, "expected octets one by one, found the 16-bit words of a dump, whose order "
                          "depends on the machine; od -t x1, hexdump -C and xxd write octets");
    case octet_spelling::none:
    case octet_spelling::digits:
        break;
    }
    return read_digits(text);
}

} // namespace dsplan
