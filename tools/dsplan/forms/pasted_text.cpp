#include <ldif/text_encoding.hpp>
#include <sddl/ace_types.hpp>
#include <sddl/number.hpp>
#include <tools/dsplan/forms/exported_descriptors.hpp>
#include <tools/dsplan/forms/foreign_listing.hpp>
#include <tools/dsplan/forms/octet_text.hpp>
#include <tools/dsplan/forms/pasted_lines.hpp>
#include <tools/dsplan/forms/pasted_text.hpp>
#include <tools/dsplan/forms/stand_in_domains.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace dsplan {
namespace {

using pasted_outcome = tl::expected<pasted_descriptor, descriptor_problem>;

pasted_outcome refused(std::string message, std::string detail = {}) {
    return tl::unexpected(descriptor_problem{1, std::move(message), std::move(detail)});
}

// ---- what a bare value looks like

bool is_base64_text(std::string_view text) {
    constexpr std::size_t header = 28; // the smallest descriptor in base64
    std::size_t letters = 0;
    for (char const letter : text) {
        auto const capital = sddl::capital(letter);
        bool const is_letter = (capital >= 'A' && capital <= 'Z') || (letter >= '0' && letter <= '9') ||
                               letter == '+' || letter == '/' || letter == '=';
        if (!is_letter && !sddl::is_blank(letter))
            return false;
        letters += is_letter ? 1U : 0U;
    }
    return letters >= header;
}

// "(A;;FA;;;SY)", "A;;FA;;;SY": how many semicolons tells it from a name.
bool is_ace_text(std::string_view text) {
    text = trimmed(text);
    bool const is_open = text.starts_with('(');
    auto const type = text.substr(is_open ? 1 : 0, text.find(';') - (is_open ? 1U : 0U));
    return !type.empty() && type.size() < 5 && std::count(text.begin(), text.end(), ';') >= 5 &&
           std::all_of(type.begin(), type.end(), [](char letter) {
               return sddl::is_blank(letter) ||
                      (sddl::capital(letter) >= 'A' && sddl::capital(letter) <= 'Z');
           });
}

bool is_value(std::string_view text) {
    return starts_as_sddl(text) || is_ace_text(text) || is_base64_text(text) ||
           spelling_of(text) != octet_spelling::none;
}

// ---- what stands around it

bool is_quotation_mark(char letter) {
    return letter == '"' || letter == '\'' || letter == '`';
}

std::string_view without_closing_marks(std::string_view text) {
    while (!text.empty() && (text.back() == ';' || text.back() == ','))
        text = trimmed(text.substr(0, text.size() - 1));
    return text;
}

// "…", '…', `…`, L"…", and PowerShell's @"…"@.
std::optional<std::string_view> without_quotes(std::string_view text) {
    text = without_closing_marks(trimmed(text));
    if (text.size() > 1 && text[0] == 'L' && text[1] == '"')
        text.remove_prefix(1);
    if (text.size() > 4 && text[0] == '@' && text.back() == '@') {
        text.remove_prefix(1);
        text.remove_suffix(1);
    }
    if (text.size() < 2 || !is_quotation_mark(text[0]) || text.back() != text[0])
        return std::nullopt;
    auto const inner = trimmed(text.substr(1, text.size() - 2));
    if (inner.find(text[0]) != std::string_view::npos && !is_value(inner))
        return std::nullopt;
    return inner;
}

bool is_quoted_value(std::string_view text) {
    auto const inner = without_quotes(text);
    return inner ? is_value(*inner) : is_value(text);
}

// The letters of a label or a variable: "Sddl", "$acl.Sddl", "\"sddl\"", "SDDL (text)".
bool is_label(std::string_view text) {
    text = trimmed(text);
    return text.size() > 1 && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char letter) {
               auto const capital = sddl::capital(letter);
               return (capital >= 'A' && capital <= 'Z') || (letter >= '0' && letter <= '9') ||
                      std::string_view(" \t$_-.\"'[]*()/").find(letter) != std::string_view::npos;
           });
}

// "$sddl = …", "\"SD\"=hex:…"
std::optional<std::string_view> without_assignment(std::string_view text) {
    auto const mark = text.find('=');
    if (mark == std::string_view::npos || !is_label(text.substr(0, mark)))
        return std::nullopt;
    auto const value = trimmed(text.substr(mark + 1));
    return is_quoted_value(value) ? std::optional(value) : std::nullopt;
}

struct labelled {
    std::size_t line = 0;   // its number, from 0
    std::size_t column = 0; // of the value in it
    std::string_view value; // up to the end of the line; may be empty
};

std::optional<labelled> labelled_value(std::string_view line, std::size_t number) {
    auto const mark = line.find(':');
    if (mark == std::string_view::npos || !is_label(line.substr(0, mark)))
        return std::nullopt;
    auto const value = trimmed(line.substr(mark + 1));
    return labelled{number, value.empty() ? line.size() : place_in(line, value), value};
}

// A value that the console wrapped goes on below its first column.
bool is_wrapped_below(labelled const& found, std::string_view line) {
    return line.size() > found.column &&
           line.substr(0, found.column).find_first_not_of(' ') == std::string_view::npos &&
           line[found.column] != ' ';
}

// What is left to be read, and where in the pasted text it begins.
struct remainder {
    std::string text;
    std::size_t offset = 0;
    bool is_one_of_many = false; // other lines were left aside
};

remainder value_from(std::string_view text, std::vector<std::string_view> const& lines,
                     labelled const& found) {
    remainder made{std::string(found.value), place_in(text, lines[found.line]) + found.column, false};
    bool const may_be_joined = !made.text.empty() && made.text.find('"') == std::string::npos;
    auto index = found.line + 1;
    for (; index < lines.size(); ++index) {
        auto const line = lines[index];
        if (may_be_joined && is_wrapped_below(found, line))
            made.text += trimmed(line);
        else if (trimmed(line).empty() || labelled_value(line, index))
            break;
        else
            made.text += "\n" + std::string(trimmed(line));
    }
    for (; index < lines.size(); ++index)
        made.is_one_of_many |= !trimmed(lines[index]).empty();
    made.is_one_of_many |= found.line != 0;
    return made;
}

// The lines whose label is followed by a descriptor, on the line or below it.
std::vector<labelled> labelled_values(std::vector<std::string_view> const& lines) {
    std::vector<labelled> found;
    for (std::size_t index = 0; index < lines.size(); ++index) {
        auto const one = labelled_value(lines[index], index);
        if (!one)
            continue;
        bool const is_below = one->value.empty() && index + 1 < lines.size();
        if (is_quoted_value(is_below ? trimmed(lines[index + 1]) : one->value))
            found.push_back(*one);
    }
    return found;
}

// ---- one value

descriptor_problem at_offset(descriptor_problem problem, std::size_t offset) {
    problem.column += offset;
    return problem;
}

pasted_outcome read_as(std::string_view text, descriptor_form form, pasted_request const& request) {
    auto read = read_form(text, form, request.sids, request.is_strict);
    if (!read)
        return tl::unexpected(read.error());
    return pasted_descriptor{.read = std::move(*read), .form = form, .sids = {}, .note = {}};
}

pasted_outcome read_sddl_text(std::string_view text, pasted_request const& request) {
    auto read = read_as(text, descriptor_form::sddl, request);
    if (!read && text.find('\n') != std::string_view::npos)
        read.error().detail += "    if a terminal wrapped this text, join the wrapped lines\n";
    return read;
}

pasted_outcome read_ace_text(std::string_view text, pasted_request const& request) {
    bool const is_open = text.starts_with('(');
    auto const type = trimmed(text.substr(is_open ? 1 : 0, text.find(';') - (is_open ? 1U : 0U)));
    bool const is_audit = std::any_of(sddl::ace_types.begin(), sddl::ace_types.end(), [&](auto const& row) {
        return row.home == sddl::ace_home::sacl && row.text.size() == type.size() &&
               std::equal(type.begin(), type.end(), row.text.begin(),
                          [](char one, char other) { return sddl::capital(one) == other; });
    });
    std::string const list = is_audit ? "S:" : "D:";
    auto const whole = is_open ? list + std::string(text) : fmt::format("{}({})", list, text);
    auto read = read_sddl_text(whole, request);
    auto const added = whole.size() - text.size() - (is_open ? 0U : 1U);
    if (!read) {
        read.error().column -= std::min(added, read.error().column - 1);
        return read;
    }
    for (auto& warning : read->read.warnings)
        warning.column -= std::min(added, warning.column - 1);
    read->note = fmt::format("read as the ACEs of a {}", is_audit ? "SACL" : "DACL");
    return read;
}

pasted_outcome read_value(std::string_view text, pasted_request const& request) {
    if (starts_as_sddl(text))
        return read_sddl_text(text, request);
    if (is_ace_text(text))
        return read_ace_text(text, request);
    if (spelling_of(text) != octet_spelling::none)
        return read_as(text, descriptor_form::hex, request);
    return is_base64_text(text) ? read_as(text, descriptor_form::base64, request)
                                : read_sddl_text(text, request);
}

// Takes quotation marks and assignments off, one after the other.
std::string_view bare(std::string_view text) {
    for (;;) {
        text = trimmed(text);
        if (starts_as_sddl(text) || is_ace_text(text))
            return text;
        auto const inner = without_quotes(text);
        auto const next = inner ? inner : without_assignment(text);
        if (!next)
            return text;
        text = *next;
    }
}

pasted_outcome read_bare(std::string_view text, std::size_t offset, pasted_request const& request) {
    auto const value = bare(text);
    auto read = read_value(value, request);
    auto const moved = offset + place_in(text, value);
    if (!read)
        return tl::unexpected(at_offset(std::move(read.error()), moved));
    for (auto& warning : read->read.warnings)
        warning.column += moved;
    return read;
}

// ---- texts of several lines

pasted_outcome read_exported(std::vector<exported_descriptor> found, pasted_request const& request) {
    bool const is_one = found.size() == 1;
    auto const chosen = chosen_descriptor(std::move(found), request.on);
    if (!chosen)
        return tl::unexpected(chosen.error());
    auto read = chosen->form == descriptor_form::sddl ? read_value(chosen->content, request)
                                                      : read_as(chosen->content, chosen->form, request);
    auto const name = printable(chosen->object.empty() ? chosen->attribute : chosen->object);
    if (!read)
        return refused(fmt::format("{}: {}", name, read.error().message), read.error().detail);
    if (!is_one || !chosen->object.empty())
        read->note = fmt::format("the descriptor of {}", name);
    return read;
}

pasted_outcome read_labelled(std::string_view text, std::vector<std::string_view> const& lines,
                             std::vector<labelled> const& found, pasted_request const& request) {
    if (found.size() > 1)
        return refused(fmt::format("expected one descriptor, found {} in lines {} and {}; give one of them",
                                   found.size() == 2 ? "two" : "several", found[0].line + 1,
                                   found[1].line + 1));
    auto const value = value_from(text, lines, found.front());
    auto read = read_bare(value.text, value.offset, request);
    if (read && value.is_one_of_many && read->note.empty())
        read->note = fmt::format("the descriptor in line {}", found.front().line + 1);
    return read;
}

// "    Security    REG_BINARY    01000480…", as reg query prints it
std::optional<std::string_view> registry_value(std::string_view text) {
    constexpr std::string_view mark = "REG_BINARY";
    auto const place = text.find(mark);
    if (place == std::string_view::npos || text.find(mark, place + 1) != std::string_view::npos)
        return std::nullopt;
    return trimmed(text.substr(place + mark.size()));
}

// The one value "name"=hex:… of a .reg file.
std::optional<std::string_view> registry_file_value(std::string_view text) {
    if (!trimmed(text).starts_with("Windows Registry Editor") && !trimmed(text).starts_with("[HKEY"))
        return std::nullopt;
    auto const place = text.find("=hex");
    if (place == std::string_view::npos || text.find("=hex", place + 1) != std::string_view::npos)
        return std::nullopt;
    return trimmed(text.substr(place + 1));
}

pasted_outcome read_lines(std::string_view text, pasted_request const& request) {
    if (is_ldif_text(text)) {
        auto found = descriptors_of_ldif(text);
        if (!found)
            return tl::unexpected(found.error());
        return read_exported(std::move(*found), request);
    }
    // A line of a dump can look like a label with a dump of its own.
    if (auto const spelling = spelling_of(text);
        spelling == octet_spelling::dump || spelling == octet_spelling::word_dump)
        return read_bare(text, 0, request);
    if (auto saved = descriptors_of_icacls(text); !saved.empty())
        return read_exported(std::move(saved), request);
    for (auto const value : {registry_value(text), registry_file_value(text)})
        if (value)
            return read_bare(*value, place_in(text, *value), request);
    auto const lines = lines_of(text);
    if (auto const found = labelled_values(lines); !found.empty())
        return read_labelled(text, lines, found, request);
    if (auto const listing = foreign_listing(text); !listing.empty())
        return refused(fmt::format("expected a security descriptor, found what looks like {}", listing),
                       listing.ends_with("icacls")    ? "  icacls FILE /save OUT.txt writes SDDL\n"
                       : listing.ends_with("Get-Acl") ? "  (Get-Acl PATH).Sddl writes SDDL\n"
                                                      : "  export nTSecurityDescriptor with ldifde\n");
    return read_bare(text, 0, request);
}

// Text as Windows keeps it, without the mark that says so: every other octet of ASCII is 0.
bool is_wide_text(std::string_view text) {
    if (text.size() < 4 || text.size() % 2 != 0)
        return false;
    for (std::size_t place = 0; place < std::min<std::size_t>(text.size(), 64); place += 2)
        if (text[place] == '\0' || text[place + 1] != '\0')
            return false;
    return true;
}

std::string from_wide_text(std::string_view octets) {
    std::string text;
    ldif::transcoder transcoder(ldif::text_encoding::utf16_little_endian);
    transcoder.append(text, octets);
    transcoder.finish(text);
    return text;
}

pasted_outcome read_any(std::string_view text, pasted_request const& request) {
    if (is_wide_text(text))
        return read_any(from_wide_text(text), request);
    if (starts_as_octets(text))
        return read_as(text, descriptor_form::binary, request);
    if (trimmed(text).empty())
        return refused("expected a security descriptor, found nothing");
    auto const inner = bare(text);
    if (inner.starts_with('{') && spelling_of(inner) == octet_spelling::none)
        return read_as(inner, descriptor_form::json, request);
    if (starts_as_sddl(inner) || is_ace_text(inner))
        return read_bare(text, 0, request);
    return read_lines(text, request);
}

} // namespace

pasted_outcome read_pasted(std::string_view text, pasted_request const& request) {
    auto read = read_any(text, request);
    if (read || !request.is_for_words || (request.sids.domain && request.sids.forest_root)) {
        if (read)
            read->sids = request.sids;
        return read;
    }
    auto const sids = with_stand_ins(request.sids, text);
    auto again = read_any(
        text, {.sids = sids, .is_strict = request.is_strict, .is_for_words = true, .on = request.on});
    if (again) {
        again->sids = sids;
        again->has_stand_ins = true;
    }
    return again;
}

} // namespace dsplan
