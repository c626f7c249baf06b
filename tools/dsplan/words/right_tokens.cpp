#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/words/right_tokens.hpp>
#include <tools/dsplan/words/right_words.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace dsplan::words {
namespace {

bool take_verb(std::string_view& text, std::string_view verb) {
    if (text.size() <= verb.size() || text[verb.size()] != ' ' ||
        !equal_ignoring_case(text.substr(0, verb.size()), verb))
        return false;
    text = trimmed(text.substr(verb.size()));
    return true;
}

bool is_left_out(char letter) {
    return letter == ' ' || letter == '-' || letter == '_';
}

// Whether both are the same once squeezed.
bool equal_squeezed(std::string_view a, std::string_view b) {
    auto const skip = [](std::string_view& text) {
        while (!text.empty() && is_left_out(text.front()))
            text.remove_prefix(1);
    };
    for (;;) {
        skip(a);
        skip(b);
        if (a.empty() || b.empty())
            return a.empty() && b.empty();
        if (to_lower(a.front()) != to_lower(b.front()))
            return false;
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
}

// One word may leave out blanks and hyphens: "ChangePermissions". "write owner" is about the attribute owner.
bool is_called(std::string_view text, std::string_view names) {
    bool const is_one_word = text.find(' ') == std::string_view::npos;
    while (!names.empty()) {
        auto const end = std::min(names.find('|'), names.size());
        auto const name = names.substr(0, end);
        if (equal_ignoring_case(name, text) || (is_one_word && equal_squeezed(name, text)))
            return true;
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return false;
}

// "Phone and Mail Options" is one name.
bool begins_a_right(std::string_view text) {
    return verb_of(text) || find_phrase(text.substr(0, text.find(',')));
}

} // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    if (text.size() > 1 && text.front() == '"' && text.find('"', 1) == text.size() - 1)
        return trimmed(text.substr(1, text.size() - 2));
    return text;
}

bool take_end(std::string_view& text, std::string_view end) {
    if (text.size() <= end.size() || !equal_ignoring_case(text.substr(text.size() - end.size()), end))
        return false;
    text = trimmed(text.substr(0, text.size() - end.size()));
    return true;
}

std::string squeezed(std::string_view text) {
    std::string made;
    for (char const letter : text)
        if (!is_left_out(letter))
            made += to_lower(letter);
    return made;
}

std::optional<sddl::access_mask> find_phrase(std::string_view text) {
    for (auto const& row : mask_phrases)
        if (is_called(text, row.phrase) || is_called(text, row.others))
            return row.mask;
    for (auto const& row : right_words)
        if (is_called(text, row.phrase) || is_called(text, row.others))
            return sddl::map_generic(row.bit);
    if (equal_ignoring_case(text, "synchronize"))
        return sddl::right_synchronize;
    return std::nullopt;
}

std::optional<sddl::access_mask> parse_mask_number(std::string_view text) {
    if (text.size() < 3 || !equal_ignoring_case(text.substr(0, 2), "0x"))
        return std::nullopt;
    std::uint32_t bits = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data() + 2, end, bits, 16);
    return read.ec == std::errc() && read.ptr == end ? std::optional(sddl::access_mask{bits}) : std::nullopt;
}

std::optional<sddl::access_mask> parse_letters(std::string_view text) {
    sddl::access_mask made;
    if (text.empty() || text.size() % 2 != 0)
        return std::nullopt;
    for (; !text.empty(); text.remove_prefix(2)) {
        auto const* const found =
            std::find_if(right_words.begin(), right_words.end(), [&](bit_words const& row) {
                return equal_ignoring_case(text.substr(0, 2), row.letters) ||
                       equal_ignoring_case(text.substr(0, 2), row.dsacls);
            });
        if (found == right_words.end())
            return std::nullopt;
        made = made | sddl::map_generic(found->bit);
    }
    return made;
}

std::string_view find_foreign(std::string_view text) {
    for (auto const& row : foreign_names)
        if (equal_ignoring_case(row.name, text))
            return row.means;
    return {};
}

std::optional<sddl::access_mask> lone_verb(std::string_view text) {
    for (auto const& row : verbs)
        if (equal_ignoring_case(text, row.verb))
            return row.bit;
    return std::nullopt;
}

std::optional<std::pair<sddl::access_mask, std::string_view>> verb_of(std::string_view text) {
    for (auto const& row : verbs)
        if (take_verb(text, row.verb))
            return std::pair(row.bit, text);
    return std::nullopt;
}

std::vector<right_piece> split_rights(std::string_view text) {
    std::vector<right_piece> made;
    bool is_quoted = false;
    std::size_t begin = 0;
    auto const add = [&](std::size_t end, std::size_t next, bool is_joined) {
        made.push_back({trimmed(text.substr(begin, end - begin)), is_joined});
        begin = next;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"')
            is_quoted = !is_quoted;
        if (is_quoted)
            continue;
        if (text[at] == ',' || text[at] == '+')
            add(at, at + 1, text[at] == '+');
        else if (at >= begin && equal_ignoring_case(text.substr(at, 5), " and ") &&
                 begins_a_right(text.substr(at + 5)))
            add(at, at + 5, true);
    }
    add(text.size(), text.size(), false);
    return made;
}

} // namespace dsplan::words
