// The parts of record_parser that know lines but no records: unfolding, "name: value", decoding, errors.
#include <ldif/alternative_name.hpp>
#include <ldif/base64.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/expand.hpp>
#include <ldif/grammar/record_parser.hpp>
#include <ldif/grammar/url_value.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>
#include <ldif/text/octet_classes.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace dsplan::ldif {
namespace {

enum class name_octet : std::uint8_t { no, yes, unusual };

// What may stand in an attribute description. RFC 4512 section 2.5; '=' and '*' for ";range=0-*".
constexpr std::array<name_octet, 256> name_octets = [] {
    std::array<name_octet, 256> table{};
    for (unsigned c = 0; c < 128; ++c)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
            c == '.' || c == ';')
            table[c] = name_octet::yes;
    for (char const c : {'_', '=', '*'})
        table[static_cast<unsigned char>(c)] = name_octet::unusual;
    return table;
}();

// But NUL, CR and the tab, which have rules of their own.
bool is_control(char c) {
    return (c > 0 && c < 0x20 && c != '\t' && c != '\r') || c == 0x7F;
}

// What word processors and web pages make of '-': U+2010 to U+2015, U+2212.
bool is_dash_of_typographers(std::string_view text) {
    return (text.starts_with("\xE2\x80") && text.size() > 2 && text[2] >= '\x90' && text[2] <= '\x95') ||
           text.starts_with("\xE2\x88\x92");
}

bool is_range(std::string_view description) {
    auto const option = description.find(";range=");
    return option != std::string_view::npos && description.find('_') == std::string_view::npos &&
           description.substr(0, option).find_first_of("=*") == std::string_view::npos;
}

} // namespace

char* record_parser::allocate(std::size_t size) {
    if (arena_used_ + size > memory_.arena.size())
        return memory_.more.emplace_back(size, '\0').data();
    char* const place = memory_.arena.data() + arena_used_;
    arena_used_ += size;
    return place;
}

bool record_parser::is_dn(logical_line const& line) {
    return (line.text.starts_with('d') || line.text.starts_with('D')) &&
           equals_keyword(line.text.substr(0, 3), "dn:");
}

std::string_view record_parser::keyword(attribute_line const& attribute) const {
    auto const end = attribute.value.find_last_not_of(" \t");
    return attribute.value.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

// The next line with its continuations.
bool record_parser::next_logical(logical_line& line) {
    auto const& lines = block_->lines;
    if (next_ == lines.size())
        return false;
    std::size_t const first = next_++;
    std::size_t size = lines[first].size;
    while (next_ < lines.size() && block_->text[lines[next_].begin] == ' ')
        size += lines[next_++].size - 1;
    line = {block_->line(first), first, next_ - first};
    if (line.count == 1)
        return true;
    char* const text = allocate(size);
    char* out = std::copy(line.text.begin(), line.text.end(), text);
    for (std::size_t i = first + 1; i < next_; ++i) {
        std::memcpy(out, block_->text.data() + lines[i].begin + 1, lines[i].size - 1);
        out += lines[i].size - 1;
    }
    line.text = {text, size};
    return true;
}

// The next line that is no comment.
bool record_parser::next_line(logical_line& line) {
    while (next_ < block_->lines.size()) {
        if (block_->text[block_->lines[next_].begin] != '#')
            return next_logical(line);
        std::size_t const comment = next_;
        do
            ++next_;
        while (next_ < block_->lines.size() && block_->text[block_->lines[next_].begin] == ' ');
        if (next_ > comment + 1)
            folded_comments_.push_back(comment);
    }
    return false;
}

void record_parser::put_back(logical_line const& line) {
    next_ = line.first;
    char const* const begin = memory_.arena.data();
    if (line.count > 1 && line.text.data() + line.text.size() == begin + arena_used_)
        arena_used_ -= line.text.size();
}

result<void> record_parser::read_attribute(attribute_line& attribute) {
    if (!next_line(attribute.line))
        return tl::unexpected(error_at_end("an attribute"));
    return parse_line(attribute);
}

// Most records have the attributes of the one before: the size of the name that its line at this place has, 0
// where the text begins with another.
std::size_t record_parser::expected_name_size(std::string_view text) {
    std::size_t const index = lines_.size();
    if (index < shape_.size()) {
        std::string_view const name = shape_[index];
        if (text.size() > name.size() && text[name.size()] == ':' && text.starts_with(name))
            return name.size();
    }
    has_shape_ = false;
    return 0;
}

// Splits and decodes attribute.line. The plain line without anything unusual, which most are, goes the short
// way.
result<void> record_parser::parse_line(attribute_line& attribute) {
    auto const text = attribute.line.text;
    std::size_t colon = expected_name_size(text);
    while (colon < text.size() && name_octets[static_cast<unsigned char>(text[colon])] == name_octet::yes)
        ++colon;
    if (colon == 0 || colon + 2 >= text.size() || text[colon] != ':')
        return split(attribute, true).and_then([&] { return decode(attribute); });
    std::size_t offset = colon + 1;
    while (offset < text.size() && text[offset] == ' ')
        ++offset;
    attribute.description = text.substr(0, colon);
    attribute.value_offset = offset;
    attribute.value = text.substr(offset);
    char const first = attribute.value.empty() ? ' ' : attribute.value.front();
    if (first != ':' && first != '<' && first != ' ' && attribute.value.back() != ' ' &&
        is_safe_ascii(attribute.value))
        return {};
    return split(attribute, false).and_then([&] { return decode(attribute); });
}

// AttributeDescription ":" / "::" / ":<"
result<void> record_parser::split(attribute_line& attribute, bool checks_name) {
    auto const text = attribute.line.text;
    if (text.starts_with(' '))
        return tl::unexpected(error_in(attribute.line, 0, 1, "an attribute name", "a continuation of nothing",
                                       "a line that begins with a blank continues the line above"));
    auto const colon = text.find(':');
    attribute.description = text.substr(0, colon);
    if (checks_name)
        if (auto checked = check_description(attribute, 0); !checked)
            return checked;
    if (colon == std::string_view::npos)
        return tl::unexpected(error_in(attribute.line, text.size(), 1, "':' after the attribute name",
                                       "the end of the line",
                                       "a line that continues the one above begins with a blank"));
    std::size_t offset = colon + 1;
    char const mark = offset < text.size() ? text[offset] : '\0';
    bool const is_dn_line = equals_keyword(attribute.description, "dn");
    attribute.written = mark == ':'                  ? attribute_line::notation::base64
                        : mark == '<' && !is_dn_line ? attribute_line::notation::url
                                                     : attribute_line::notation::plain;
    offset += attribute.written == attribute_line::notation::plain ? 0 : 1;
    while (offset < text.size() && text[offset] == ' ')
        ++offset;
    attribute.value_offset = offset;
    attribute.value = text.substr(offset);
    return {};
}

// The description stands `start` octets into the line.
result<void> record_parser::check_description(attribute_line const& attribute, std::size_t start) {
    auto const description = attribute.description;
    bool unusual = false;
    for (std::size_t i = 0; i < description.size(); ++i) {
        auto const kind = name_octets[static_cast<unsigned char>(description[i])];
        unusual = unusual || kind == name_octet::unusual;
        if (kind != name_octet::no)
            continue;
        bool const is_dash = is_dash_of_typographers(description.substr(i));
        constexpr std::size_t octets_of_dash = 3; // in UTF-8
        return tl::unexpected(
            error_in(attribute.line, start + i, is_dash ? octets_of_dash : 1,
                     i == 0 ? "an attribute name" : "':' or a character of an attribute name",
                     quoted_character(description, i),
                     is_dash ? "write '-', the hyphen of ASCII"
                             : "a line that continues the one above begins with a blank"));
    }
    if (description.empty())
        return tl::unexpected(error_in(attribute.line, start, 1, "an attribute name",
                                       start < attribute.line.text.size()
                                           ? quoted_character(attribute.line.text, start)
                                           : std::string("the end of the line")));
    if (!unusual || is_range(description))
        return {};
    return judge_line(policy::unusual_attribute_name, attribute, start, description.size(),
                      "letters, digits, '-' and options in an attribute name", quoted(description));
}

result<void> record_parser::decode(attribute_line& attribute) {
    auto const value = attribute.value;
    bool const trailing = value.ends_with(' ') || value.ends_with('\t');
    if (trailing) {
        auto const kept = value.find_last_not_of(" \t") + 1;
        bool const is_value = attribute.written == attribute_line::notation::plain;
        if (auto taken = judge_line(
                policy::trailing_blanks, attribute, attribute.value_offset + kept, value.size() - kept,
                "no blank at the end of a line", fmt::format("{} of them", value.size() - kept),
                is_value ? "they are part of the value: write it as base64 if they are meant" : "");
            !taken)
            return taken;
        if (!is_value)
            attribute.value = value.substr(0, kept);
    }
    switch (attribute.written) {
    case attribute_line::notation::plain:
        return check_plain(attribute);
    case attribute_line::notation::base64:
        return decode_base64_value(attribute);
    default:
        return read_url_value(attribute);
    }
}

bool record_parser::is_name(attribute_line const& attribute) {
    return equals_keyword(attribute.description, "dn") || equals_keyword(attribute.description, "newrdn") ||
           equals_keyword(attribute.description, "newsuperior");
}

result<void> record_parser::decode_base64_value(attribute_line& attribute) {
    // An unfolded line lies in memory of this parser and is decoded where it is.
    char* const octets = attribute.line.count > 1 ? const_cast<char*>(attribute.value.data())
                                                  : allocate(attribute.value.size());
    auto const size = decode_base64_into(attribute.value, octets);
    if (!size) {
        auto const& error = size.error();
        return tl::unexpected(error_in(attribute.line, attribute.value_offset + error.column - 1, 1,
                                       error.expected, error.found, error.hint));
    }
    attribute.value = {octets, *size};
    return is_name(attribute) ? check_utf8(attribute) : result<void>();
}

result<void> record_parser::read_url_value(attribute_line& attribute) {
    auto octets = ldif::read_url_value(attribute.value, options_.urls);
    if (!octets)
        return tl::unexpected(error_in(attribute.line, attribute.value_offset, attribute.value.size(),
                                       octets.error().expected, octets.error().found, octets.error().hint));
    attribute.value = memory_.more.emplace_back(std::move(*octets));
    return {};
}

result<void> record_parser::check_plain(attribute_line const& attribute) {
    auto const value = attribute.value;
    if (value.starts_with(':') || value.starts_with('<'))
        if (auto taken = judge_line(policy::unsafe_first_character, attribute, attribute.value_offset, 1,
                                    "base64 for a value that begins so", quoted(value.substr(0, 1)));
            !taken)
            return taken;
    return is_safe_ascii(value) ? result<void>() : check_octets(attribute);
}

// A plain value that holds more than printable ASCII.
result<void> record_parser::check_octets(attribute_line const& attribute) {
    auto const value = attribute.value;
    auto const start = attribute.value_offset;
    using namespace std::string_view_literals;
    auto const judge_octet = [&](policy rule, std::size_t i) {
        return i == value.size()
                   ? result<void>()
                   : judge_line(rule, attribute, start + i, 1, "base64 for a value with such a character",
                                quoted_character(value, i));
    };
    if (auto taken =
            judge_octet(policy::forbidden_character, std::min(value.find_first_of("\0\r"sv), value.size()));
        !taken)
        return taken;
    auto const* const control = std::find_if(value.begin(), value.end(), is_control);
    if (auto taken =
            judge_octet(policy::control_character, static_cast<std::size_t>(control - value.begin()));
        !taken)
        return taken;
    auto const* const wide = std::find_if(value.begin(), value.end(), [](char c) { return (c & 0x80) != 0; });
    if (wide == value.end())
        return {};
    auto const told = findings.size();
    if (auto valid = check_utf8(attribute); !valid || plain_is_unicode || findings.size() != told)
        return valid;
    auto const i = static_cast<std::size_t>(wide - value.begin());
    return judge_line(policy::non_ascii, attribute, start + i, 1, "ASCII or base64",
                      "a character beyond ASCII",
                      "ldifde reads it by the code page of the machine: write base64 or a UTF-16 file");
}

result<void> record_parser::check_not_empty(attribute_line const& attribute) {
    return !attribute.value.empty()
               ? result<void>()
               : judge_line(policy::empty_value, attribute, 0, attribute.line.text.size(), "a value",
                            "an empty one", "Active Directory refuses it");
}

result<void> record_parser::check_utf8(attribute_line const& attribute) {
    auto const value = attribute.value;
    auto const* const invalid = utf8::find_invalid(value.begin(), value.end());
    if (invalid == value.end())
        return {};
    auto const i = static_cast<std::size_t>(invalid - value.begin());
    bool const is_plain = attribute.written == attribute_line::notation::plain;
    bool const is_certain = plain_is_unicode || is_name(attribute);
    return judge_line(is_certain ? policy::invalid_unicode : policy::invalid_utf8, attribute,
                      attribute.value_offset + (is_plain ? i : 0), 1, "UTF-8 text",
                      quoted_character(value, i),
                      !is_plain          ? "the name after the base64 is no text"
                      : plain_is_unicode ? "the file is damaged: export it again"
                                         : "read an ANSI file with --encoding windows-1252 or latin1");
}

result<void> record_parser::check_name(attribute_line const& attribute) {
    if (options_.rules[policy::invalid_name] == policy_action::accept)
        return {};
    auto const checked = check_any_name(attribute.value);
    if (checked)
        return check_question_mark(attribute);
    auto const& error = checked.error();
    bool const is_plain = attribute.written == attribute_line::notation::plain;
    std::size_t const offset = is_plain ? static_cast<std::size_t>(error.column) - 1 : 0;
    auto const macro = find_macro(attribute.value);
    return judge_line(policy::invalid_name, attribute, attribute.value_offset + offset, 1, error.expected,
                      error.found, macro.empty() ? error.hint : hint_for_macro(macro));
}

// Samba's own escape, once in a file.
result<void> record_parser::check_question_mark(attribute_line const& attribute) {
    auto const place = attribute.value.find("\\?");
    if (place == std::string_view::npos || std::exchange(reported_question_mark_, true))
        return {};
    bool const is_plain = attribute.written == attribute_line::notation::plain;
    return judge_line(policy::invalid_name, attribute, attribute.value_offset + (is_plain ? place : 0), 2,
                      "a question mark without '\\'", "'\\?'",
                      "Samba writes names so; Active Directory does not read them");
}

// Of a new RDN, which is one: a container after it would be taken for a move.
result<void> record_parser::check_relative_name(attribute_line const& attribute) {
    bool const is_one = !attribute.value.empty() && parent_text(attribute.value).empty();
    if (is_one || options_.rules[policy::invalid_name] == policy_action::accept ||
        !check_distinguished_name(attribute.value))
        return check_name(attribute);
    bool const is_plain = attribute.written == attribute_line::notation::plain;
    auto const first = first_rdn_text(attribute.value).size();
    return judge_line(policy::invalid_name, attribute, attribute.value_offset + (is_plain ? first : 0), 1,
                      "one relative name", attribute.value.empty() ? "none" : "a container after it",
                      attribute.value.empty() ? "" : "it goes after 'newsuperior:'");
}

parse_error record_parser::error_at(std::size_t line, std::size_t column, std::size_t length,
                                    std::string expected, std::string found, std::string hint) const {
    parse_error error;
    error.file = file_;
    error.line = block_->first_line + line;
    error.column = column + 1;
    auto shown = show_line(block_->line(line), column, length);
    error.source = std::move(shown.text);
    error.caret = shown.caret;
    error.length = shown.width;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    error.can_continue = true;
    return error;
}

// Finds the physical line that `offset` of a logical line lies in.
parse_error record_parser::error_in(logical_line const& line, std::size_t offset, std::size_t length,
                                    std::string expected, std::string found, std::string hint) const {
    std::size_t index = line.first;
    std::size_t column = offset;
    while (index + 1 < line.first + line.count && column >= block_->lines[index].size)
        column = column - block_->lines[index++].size + 1;
    return error_at(index, column, length, std::move(expected), std::move(found), std::move(hint));
}

parse_error record_parser::error_at_end(std::string expected, std::string hint) const {
    std::size_t const last = block_->lines.size() - 1;
    return error_at(last, block_->lines[last].size, 1, std::move(expected), "the end of the record",
                    std::move(hint));
}

result<void> record_parser::judge(policy rule, parse_error const& what) {
    if (options_.rules[rule] == policy_action::reject)
        return tl::unexpected(what);
    if (options_.rules[rule] != policy_action::warn)
        return {};
    findings.push_back({rule, what});
    if (options_.on_finding)
        options_.on_finding(findings.back());
    return {};
}

result<void> record_parser::judge_line(policy rule, attribute_line const& attribute, std::size_t offset,
                                       std::size_t length, std::string expected, std::string found,
                                       std::string hint) {
    if (options_.rules[rule] == policy_action::accept)
        return {};
    return judge(rule, error_in(attribute.line, offset, length, std::move(expected), std::move(found),
                                std::move(hint)));
}

} // namespace dsplan::ldif
