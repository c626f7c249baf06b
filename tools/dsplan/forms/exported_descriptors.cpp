#include <ldif/attribute_description.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/reader.hpp>
#include <sddl/number.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/forms/exported_descriptors.hpp>
#include <tools/dsplan/forms/object_names.hpp>
#include <tools/dsplan/forms/pasted_lines.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

namespace dsplan {
namespace {

constexpr std::string_view descriptor_attribute = "nTSecurityDescriptor";

std::vector<std::string_view> filled_lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (auto const line : lines_of(text))
        if (!trimmed(line).empty())
            lines.push_back(trimmed(line));
    return lines;
}

bool is_attribute_letter(char letter) {
    auto const capital = sddl::capital(letter);
    return (capital >= 'A' && capital <= 'Z') || (letter >= '0' && letter <= '9') || letter == '-' ||
           letter == ';' || letter == '.';
}

// The name before ':', where the line has the shape of an attribute's.
std::string_view description_of(std::string_view line) {
    auto const end = line.find(':');
    if (end == std::string_view::npos || end < 2)
        return {};
    auto const name = line.substr(0, end);
    return std::all_of(name.begin(), name.end(), is_attribute_letter) ? name : std::string_view{};
}

bool is_attribute_line(std::string_view line) {
    auto const name = description_of(line);
    return !name.empty() && (line.substr(name.size()).starts_with("::") ||
                             ldif::same_description(ldif::attribute_name(name), descriptor_attribute));
}

std::string_view first_line_of(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    text.remove_prefix(begin);
    return trimmed(text.substr(0, text.find('\n')));
}

bool starts_record(std::string_view line) {
    auto const name = description_of(line);
    return ldif::same_description(name, "dn") || ldif::same_description(name, "version") ||
           line.starts_with('#');
}

bool holds_octets(std::string_view value) {
    return starts_as_octets(value) && sddl::read_self_relative(std::as_bytes(std::span(value))).has_value();
}

void collect(std::vector<exported_descriptor>& found, std::string_view dn, std::string_view description,
             std::string_view value) {
    auto const name = ldif::attribute_name(description);
    bool const is_named = ldif::same_description(name, descriptor_attribute) ||
                          ldif::same_description(name, "defaultSecurityDescriptor");
    if (!is_named && !holds_octets(value))
        return;
    bool const is_text = is_named && starts_as_sddl(value);
    found.push_back({.object = std::string(dn),
                     .attribute = std::string(name),
                     .form = is_text ? descriptor_form::sddl : descriptor_form::binary,
                     .content = std::string(value)});
}

void collect(std::vector<exported_descriptor>& found, ldif::record const& record) {
    auto const before = found.size();
    for (auto const& one : record.attributes)
        collect(found, record.dn, one.description, one.value);
    for (auto const& change : record.modifications)
        for (auto const& value : change.values)
            collect(found, record.dn, change.description, value);
    if (found.size() == before)
        return;
    auto const names = object_names(record);
    for (auto one = before; one < found.size(); ++one)
        found[one].names = names;
}

// An attribute's lines alone get the name that a record must have; the end of what was pasted is a line end.
std::string with_name(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\r\n");
    auto const lines = text.substr(begin == std::string_view::npos ? text.size() : begin);
    std::string whole(starts_record(first_line_of(text)) ? "" : "dn:\n");
    whole += lines;
    if (!whole.ends_with('\n'))
        whole += '\n';
    return whole;
}

std::string name_of(exported_descriptor const& one) {
    auto text = printable(one.object);
    if (!one.attribute.empty() && !ldif::same_description(one.attribute, descriptor_attribute))
        text += fmt::format("{}({})", text.empty() ? "" : " ", printable(one.attribute));
    return text;
}

std::string list_of(std::vector<exported_descriptor> const& found) {
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t index = 0; index < std::min(found.size(), most); ++index)
        text += fmt::format("  {}\n", name_of(found[index]));
    if (found.size() > most)
        text += fmt::format("  … and {} more\n", with_thousands(found.size() - most));
    return text;
}

bool same_object(std::string_view left, std::string_view right) {
    if (left == right)
        return true;
    auto const one = ldif::normalize(left);
    auto const other = ldif::normalize(right);
    return one && other && *one == *other;
}

// By DN; where none has it, by the names that the records say.
std::vector<exported_descriptor> those_called(std::vector<exported_descriptor> const& all,
                                              std::string_view on) {
    std::vector<exported_descriptor> found;
    auto const keep = std::back_inserter(found);
    std::copy_if(all.begin(), all.end(), keep, [on](auto const& one) { return same_object(one.object, on); });
    if (found.empty())
        std::copy_if(all.begin(), all.end(), keep, [on](auto const& one) {
            return std::any_of(one.names.begin(), one.names.end(),
                               [on](std::string const& name) { return equal_ignoring_case(name, on); });
        });
    return found;
}

bool names_several(std::vector<exported_descriptor> const& called) {
    return std::any_of(called.begin(), called.end(), [&](exported_descriptor const& one) {
        return !same_object(one.object, called.front().object);
    });
}

// The nearest, else all.
descriptor_problem unknown_object(std::vector<exported_descriptor> const& all, std::string_view on) {
    nearest_names near(on);
    for (auto const& one : all) {
        near.consider(one.object);
        for (auto const& name : one.names)
            near.consider(name, one.object);
    }
    std::string meant;
    for (auto const& name : near.take())
        meant += fmt::format("  did you mean {}?\n", printable(name));
    return {1, fmt::format("--on: expected one of these objects, found '{}'", printable(on)),
            list_of(all) + meant};
}

} // namespace

bool starts_as_sddl(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 2 || text[1] != ':')
        return false;
    auto const rest = trimmed(text.substr(2));
    switch (text[0]) {
    case 'O':
    case 'G':
        return rest.size() > 1 && sddl::capital(rest[0]) >= 'A' && sddl::capital(rest[0]) <= 'Z';
    case 'D':
    case 'S': {
        auto const letter = rest.empty() ? '(' : sddl::capital(rest[0]);
        return std::string_view("(PANSD").find(letter) != std::string_view::npos;
    }
    default:
        return false;
    }
}

bool is_ldif_text(std::string_view text) {
    auto const first = first_line_of(text);
    if (starts_record(first) || is_attribute_line(first))
        return true;
    if (description_of(first).empty())
        return false;
    auto const lines = filled_lines_of(text);
    return std::any_of(lines.begin(), lines.end(), is_attribute_line);
}

tl::expected<std::vector<exported_descriptor>, descriptor_problem>
descriptors_of_ldif(std::string_view text) {
    auto const whole = with_name(text);
    auto reader = ldif::reader::from_text(whole);
    std::vector<exported_descriptor> found;
    for (;;) {
        auto const next = reader.next();
        if (!next)
            return tl::unexpected(
                descriptor_problem{1, "LDIF: " + message(next.error()), ldif::render_caret(next.error())});
        if (*next == nullptr)
            break;
        collect(found, **next);
    }
    return found;
}

std::vector<exported_descriptor> descriptors_of_icacls(std::string_view text) {
    auto const lines = filled_lines_of(text);
    std::vector<exported_descriptor> found;
    if (lines.size() % 2 != 0)
        return found;
    for (std::size_t index = 0; index < lines.size(); index += 2) {
        auto const& path = lines[index];
        if (starts_as_sddl(path) || path.ends_with(':') || !starts_as_sddl(lines[index + 1]) ||
            path.find_first_of("(;") != std::string_view::npos)
            return {};
        found.push_back({.object = std::string(path),
                         .attribute = {},
                         .form = descriptor_form::sddl,
                         .content = std::string(lines[index + 1])});
    }
    return found;
}

tl::expected<exported_descriptor, descriptor_problem>
chosen_descriptor(std::vector<exported_descriptor> found, std::string_view on) {
    if (!on.empty()) {
        auto called = those_called(found, on);
        if (called.empty())
            return tl::unexpected(unknown_object(found, on));
        if (names_several(called))
            return tl::unexpected(descriptor_problem{
                1, fmt::format("--on: expected the name of one object, found '{}'", printable(on)),
                list_of(called)});
        found = std::move(called);
    }
    if (found.size() > 1 && !on.empty())
        if (auto const own = std::find_if(
                found.begin(), found.end(),
                [](auto const& one) { return ldif::same_description(one.attribute, descriptor_attribute); });
            own != found.end())
            return *own;
    if (found.empty())
        return tl::unexpected(descriptor_problem{1, "expected a security descriptor, found LDIF without one",
                                                 "  export nTSecurityDescriptor\n"});
    if (found.size() > 1)
        return tl::unexpected(
            descriptor_problem{1,
                               fmt::format("expected one descriptor, found {}; give the object with --on",
                                           with_thousands(found.size())),
                               list_of(found)});
    return std::move(found.front());
}

} // namespace dsplan
