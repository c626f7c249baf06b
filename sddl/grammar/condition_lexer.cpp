#include <sddl/detail/attribute_name.hpp>
#include <sddl/grammar/condition_lexer.hpp>
#include <sddl/number.hpp>

#include <algorithm>
#include <array>

namespace dsplan::sddl::grammar {
namespace {

// What a letter may be part of. By hand and from a table: the same pieces cut by Spirit rules took two thirds
// of the time that a condition took.
constexpr std::uint8_t in_word = 1;      // attr-name1, keywords, integers
constexpr std::uint8_t in_attribute = 2; // attr-name2, where "%" starts an escape
constexpr std::uint8_t in_octets = 4;
constexpr std::uint8_t in_account = 8; // a numeric SID after "S-"

constexpr std::array<std::uint8_t, 256> uses = [] {
    std::array<std::uint8_t, 256> table{};
    for (unsigned index = 0; index < table.size(); ++index) {
        auto const letter = static_cast<char>(index);
        bool const is_hexadecimal = hexadecimal_value(letter) < 16;
        table[index] = static_cast<std::uint8_t>(
            (is_simple_attribute_letter(letter) ? in_word : 0) |
            (is_attribute_letter(letter) || letter == '%' ? in_attribute : 0) |
            (is_hexadecimal || letter == '#' ? in_octets : 0) |
            (is_hexadecimal || capital(letter) == 'X' || letter == '-' ? in_account : 0));
    }
    return table;
}();

// Each function gives the place after its piece, which starts at `first`; `first` itself where there is
// none.
char const* skip(char const* first, char const* last, std::uint8_t use) {
    while (first != last && (uses[static_cast<unsigned char>(*first)] & use) != 0)
        ++first;
    return first;
}

char const* end_of_mark(char const* first, char const* last) {
    constexpr std::string_view single = "<>!(){},";
    bool const has_second = last - first >= 2;
    if (has_second && (*first == '&' || *first == '|') && first[1] == *first)
        return first + 2;
    if (has_second && first[1] == '=' && std::string_view("=!<>").find(*first) != std::string_view::npos)
        return first + 2;
    return single.find(*first) == std::string_view::npos ? first : first + 1;
}

char const* behind(char const* first, char const* last, char closing) {
    auto const* const found = std::find(first, last, closing);
    return found == last ? nullptr : found + 1;
}

bool starts_account(char const* first, char const* last) {
    return last - first >= 4 && capital(first[0]) == 'S' && capital(first[1]) == 'I' &&
           capital(first[2]) == 'D' && first[3] == '(';
}

// literal-SID = "SID(" sid-string ")"; a SID alone is the value of a TD claim; else a word
char const* end_of_account_or_word(lexeme_kind& kind, char const* first, char const* last) {
    if (starts_account(first, last))
        if (auto const* const end = behind(first, last, ')')) {
            kind = lexeme_kind::account;
            return end;
        }
    if (last - first >= 2 && capital(*first) == 'S' && first[1] == '-') {
        kind = lexeme_kind::numeric_account;
        return skip(first + 2, last, in_account);
    }
    kind = lexeme_kind::word;
    auto const* const letters = *first == '+' || *first == '-' ? first + 1 : first;
    auto const* const end = skip(letters, last, in_word);
    return end == letters ? first : end;
}

// What a piece is shows in its first letter.
char const* end_of_piece(lexeme_kind& kind, char const* first, char const* last) {
    switch (*first) {
    case '@':
        kind = lexeme_kind::attribute;
        return skip(first + 1, last, in_attribute);
    case '#':
        kind = lexeme_kind::octets;
        return skip(first + 1, last, in_octets);
    case '"': {
        kind = lexeme_kind::string;
        auto const* const end = behind(first + 1, last, '"');
        return end ? end : first;
    }
    default:
        kind = lexeme_kind::mark;
        if (auto const* const end = end_of_mark(first, last); end != first)
            return end;
        return end_of_account_or_word(kind, first, last);
    }
}

} // namespace

result<std::vector<lexeme>> lex_condition(std::string_view text) {
    constexpr std::size_t usual_piece = 4;
    std::vector<lexeme> pieces;
    pieces.reserve(text.size() / usual_piece + 1);
    auto const* place = text.data();
    auto const* const last = text.data() + text.size();
    for (;;) {
        place = std::find_if_not(place, last, is_blank);
        if (place == last)
            return pieces;
        auto kind = lexeme_kind::mark;
        auto const* const end = end_of_piece(kind, place, last);
        if (end == place)
            break;
        pieces.push_back({kind, {place, end}});
        place = end;
    }
    auto const begin = static_cast<std::size_t>(place - text.data());
    return unexpected_at(begin, begin + 1, "an attribute, a value or an operator",
                         quoted(text.substr(begin, 1)));
}

} // namespace dsplan::sddl::grammar
