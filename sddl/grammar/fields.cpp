#include <sddl/ace_flags.hpp>
#include <sddl/detail/letter_pairs.hpp>
#include <sddl/detail/sid_text.hpp>
#include <sddl/grammar/fields.hpp>
#include <sddl/grammar/plain_ace.hpp>
#include <sddl/number.hpp>
#include <sddl/rights.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>

#include <fmt/format.h>

#include <array>
#include <limits>
#include <utility>

namespace dsplan::sddl::grammar {
namespace {

std::size_t leading_blanks(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && is_blank(text[count]))
        ++count;
    return count;
}

std::string_view without_trailing_blanks(std::string_view text) {
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool equals_in_any_case(std::string_view text, std::string_view capitals) {
    return text.size() == capitals.size() &&
           std::equal(text.begin(), text.end(), capitals.begin(),
                      [](char letter, char wanted) { return capital(letter) == wanted; });
}

void warn(warnings& odd, std::size_t begin, std::string_view text, std::string expected) {
    odd.push_back({.begin = begin,
                   .end = begin + text.size(),
                   .expected = std::move(expected),
                   .found = quoted(text),
                   .context = {},
                   .hint = {}});
}

std::string quoted_pair(std::string_view pair) {
    return pair.empty() ? "a blank at the end" : quoted(pair);
}

// ---- rights

constexpr auto row_text = [](auto const& row) {
    return row.text;
};
constexpr auto rights_table = letter_pair_table(rights, row_text);
constexpr auto rights_set_table = letter_pair_table(rights_sets, row_text);
constexpr auto label_table = letter_pair_table(label_rights, row_text);
constexpr auto flag_table = letter_pair_table(ace_flags, row_text);

std::optional<std::uint32_t> rights_of(std::string_view pair, bool& is_label_right) {
    auto const place = letter_pair(pair);
    if (auto const number = rights_table[place]; number != 0)
        return rights[number - 1U].bit;
    if (auto const number = rights_set_table[place]; number != 0)
        return rights_sets[number - 1U].bits;
    auto const number = label_table[place];
    if (number == 0)
        return std::nullopt;
    is_label_right = true;
    return label_rights[number - 1U].bit;
}

result<access_mask> read_numeric_rights(std::string_view text, std::size_t begin, ace_type type,
                                        warnings& odd) {
    auto const digits = text.substr(begin);
    auto const mask = read_number(digits, 0, std::numeric_limits<std::uint32_t>::max());
    if (mask.consumed != digits.size())
        return unexpected_at(begin + mask.consumed, text.size(), "one number and nothing after it",
                             quoted(digits.substr(mask.consumed)));
    access_mask const read{static_cast<std::uint32_t>(mask.value)};
    if (mask.saturated)
        warn(odd, begin, digits, "an access mask of at most 0xffffffff");
    else if (mask.has_minus)
        warn(odd, begin, digits, "an access mask without a sign");
    auto const letters = is_label(type) ? write_label_rights(read) : write_rights(read);
    if (!letters.empty() && letters[0] != '0') {
        warn(odd, begin, digits, fmt::format("the letters {}", letters));
        odd.back().is_spelling = true;
    }
    return read;
}

// ---- accounts

std::string suggestion(well_known_sid const& row) {
    return row.alias.empty() ? fmt::format("did you mean {} ({})?", row.value, row.name)
                             : fmt::format("did you mean {} ({})?", row.alias, row.name);
}

std::string hint_for_alias(std::string_view text) {
    well_known_sid const* best = nullptr;
    for (auto const& row : well_known_sids) {
        if (row.alias.empty())
            break;
        bool const first = capital(text[0]) == row.alias[0];
        bool const second = capital(text[1]) == row.alias[1];
        if (first && (!best || best->alias[0] != row.alias[0]))
            best = &row;
        else if (second && !best)
            best = &row;
    }
    return best ? suggestion(*best) : std::string{};
}

// "BUILTIN\Administrators", "user@contoso.com": names that people and listings write.
std::string hint_for_name(std::string_view text) {
    auto const name = text.substr(text.rfind('\\') + 1);
    for (auto const& row : well_known_sids) {
        bool const has_text = !row.alias.empty() || row.scope == sid_scope::universal;
        if (has_text && name.size() == row.name.size() &&
            std::equal(name.begin(), name.end(), row.name.begin(),
                       [](char one, char other) { return capital(one) == capital(other); }))
            return suggestion(row);
    }
    return "SDDL takes a SID here; the objectSid of the account has it";
}

// Three letters in a row: more than an alias or a SID has.
bool may_be_name(std::string_view text) {
    std::size_t run = 0;
    return std::any_of(text.begin(), text.end(), [&run](char letter) {
        run = capital(letter) >= 'A' && capital(letter) <= 'Z' ? run + 1 : 0;
        return run == 3;
    });
}

std::string hint_for(std::string_view text) {
    if (text.size() == 2)
        return hint_for_alias(text);
    return may_be_name(text) ? hint_for_name(text) : std::string{};
}

result<sid> read_alias(std::string_view text, std::size_t begin, domain_sids const& sids) {
    auto const* const row = find_alias(text.substr(begin, 2));
    if (!row || text.size() > begin + 2)
        return unexpected_at(begin, text.size(), "a SID or a two-letter alias", quoted(text.substr(begin)),
                             {}, hint_for(text.substr(begin)));
    if (auto const value = resolve(*row, sids))
        return *value;
    bool const is_root = row->scope == sid_scope::forest_root;
    return unexpected_at(begin, begin + 2,
                         fmt::format("the SID of the {} that {} ({}) belongs to",
                                     is_root ? "forest root domain" : "domain", row->alias, row->name),
                         "none", {},
                         fmt::format("give it with {}, or write the account as S-1-5-21-…-{}",
                                     is_root ? "--root-domain-sid" : "--domain-sid",
                                     row->value.sub_authorities[0]));
}

} // namespace

result<ace_type_row const*> read_type(std::string_view text) {
    auto const begin = leading_blanks(text);
    for (auto const& row : ace_types)
        if (!row.text.empty() && equals_in_any_case(text.substr(begin), row.text))
            return &row;
    return unexpected_at(begin, text.size(),
                         "an ACE type (A, D, OA, OD, AU, OU, XA, XD, ZA, XU, ML, RA, SP…)",
                         quoted(text.substr(begin)));
}

result<std::uint8_t> read_ace_flags(std::string_view text, warnings& odd) {
    unsigned flags = 0;
    bool is_told = false; // that a flag is repeated: once, however often
    std::size_t place = leading_blanks(text);
    while (place < text.size()) {
        place += leading_blanks(text.substr(place));
        auto const pair = text.substr(place, 2);
        auto const number = flag_table[letter_pair(pair)];
        if (number == 0)
            return unexpected_at(place, place + pair.size(), "flags of OI, CI, NP, IO, ID, SA and FA",
                                 quoted_pair(pair));
        auto const bit = ace_flags[number - 1U].bit;
        if ((flags & bit) != 0 && !std::exchange(is_told, true))
            warn(odd, place, pair, "each flag once");
        if (bit == ace_flag::critical)
            warn(odd, place, pair, "no flag that only newer Windows knows");
        flags |= bit;
        place += 2;
    }
    return static_cast<std::uint8_t>(flags);
}

static result<access_mask> read_letters(std::string_view text, std::size_t place, ace_type type,
                                        warnings& odd) {
    std::uint32_t mask = 0;
    while (place < text.size()) {
        auto const pair = text.substr(place, 2);
        bool is_label_right = false;
        auto const bits = rights_of(pair, is_label_right);
        if (!bits)
            return unexpected_at(place, place + pair.size(), "rights such as RPWP, or a number such as 0x30",
                                 quoted_pair(pair));
        if (is_label_right && !is_label(type))
            warn(odd, place, pair, "NW, NR and NX in mandatory labels only");
        mask |= *bits;
        place += 2;
    }
    return access_mask{mask};
}

result<access_mask> read_rights(std::string_view text, ace_type type, warnings& odd) {
    auto const begin = leading_blanks(text);
    if (begin == text.size()) {
        if (!needs_no_right(type))
            warn(odd, 0, text, "at least one right");
        return access_mask{};
    }
    if (text[begin] == '-' || text[begin] == '+' || (text[begin] >= '0' && text[begin] <= '9'))
        return read_numeric_rights(text, begin, type, odd);
    return read_letters(text, begin, type, odd);
}

result<std::optional<guid>> read_guid_field(std::string_view text) {
    if (leading_blanks(text) == text.size())
        return std::optional<guid>{};
    return parse_guid(text).map([](guid const& value) { return std::optional<guid>(value); });
}

result<sid> read_trustee(std::string_view text, domain_sids const& sids, bool may_trail, warnings& odd) {
    result<sid> plain;
    if (!text.empty() && take_plain_trustee(*plain, text, sids) == text.size())
        return plain;
    auto const begin = leading_blanks(text);
    if (text.size() > begin + 1 && capital(text[begin]) == 'S' && text[begin + 1] == '-') {
        auto const numeric = text.substr(begin);
        auto const first_warning = odd.size();
        auto parsed = parse_sid_text(may_trail ? without_trailing_blanks(numeric) : numeric, odd);
        for (auto index = first_warning; index < odd.size(); ++index) {
            odd[index].begin += begin;
            odd[index].end += begin;
        }
        if (!parsed)
            return moved(std::move(parsed.error()), begin);
        return parsed;
    }
    auto const alias = without_trailing_blanks(text);
    return read_alias(alias, std::min(begin, alias.size()), sids);
}

result<acl_flags> read_acl_flags(std::string_view text, warnings& odd) {
    struct spelling {
        std::string_view text;
        bool acl_flags::*flag;
    };
    static constexpr std::array<spelling, 4> spellings{{{"AR", &acl_flags::auto_inherit_required},
                                                        {"AI", &acl_flags::auto_inherited},
                                                        {"NO_ACCESS_CONTROL", &acl_flags::no_access_control},
                                                        {"P", &acl_flags::is_protected}}};
    acl_flags flags;
    bool is_told = false;
    for (auto place = leading_blanks(text); place < text.size();) {
        auto const row = std::find_if(spellings.begin(), spellings.end(), [&](spelling const& one) {
            return equals_in_any_case(text.substr(place, one.text.size()), one.text);
        });
        if (row == spellings.end())
            return unexpected_at(place, text.size(),
                                 "the flags P, AR, AI, NO_ACCESS_CONTROL, or an ACE in parentheses",
                                 quoted(text.substr(place)));
        if (flags.*row->flag && !std::exchange(is_told, true))
            warn(odd, place, text.substr(place, row->text.size()), "each flag once");
        flags.*row->flag = true;
        place += row->text.size();
        place += leading_blanks(text.substr(place));
    }
    return flags;
}

} // namespace dsplan::sddl::grammar
