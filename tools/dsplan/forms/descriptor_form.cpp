#include <ldif/base64.hpp>
#include <sddl/number.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/forms/descriptor_form.hpp>
#include <tools/dsplan/forms/descriptor_json.hpp>
#include <tools/dsplan/forms/octet_text.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace dsplan {
namespace {

using outcome = tl::expected<read_descriptor, descriptor_problem>;

struct form_name {
    std::string_view name;
    descriptor_form form;
};

constexpr std::array<form_name, 5> form_names{{{"sddl", descriptor_form::sddl},
                                               {"base64", descriptor_form::base64},
                                               {"hex", descriptor_form::hex},
                                               {"binary", descriptor_form::binary},
                                               {"json", descriptor_form::json}}};

sddl::byte_view octets_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

std::string_view text_of(sddl::byte_string const& octets) {
    return {reinterpret_cast<char const*>(octets.data()), octets.size()};
}

std::string without_blanks(std::string_view text) {
    std::string dense;
    dense.reserve(text.size());
    std::copy_if(text.begin(), text.end(), std::back_inserter(dense),
                 [](char letter) { return !sddl::is_blank(letter); });
    return dense;
}

descriptor_problem at_text(sddl::parse_error const& error, std::string_view source) {
    return {error.begin + 1, message(error), render_caret(error, source)};
}

outcome read_sddl(std::string_view text, sddl::domain_sids const& sids, bool is_strict) {
    std::vector<sddl::parse_error> odd;
    auto parsed = sddl::parse(text, sids, odd);
    if (!parsed)
        return tl::unexpected(at_text(parsed.error(), text));
    read_descriptor read{std::move(*parsed), {}};
    for (auto const& warning : odd) {
        if (is_strict)
            return tl::unexpected(at_text(warning, text));
        if (!warning.is_spelling)
            read.warnings.push_back(at_text(warning, text));
    }
    return read;
}

// `column` tells where an octet of the descriptor stands in the input.
template <class Column>
outcome read_octets(std::string_view octets, Column const& column) {
    auto read = sddl::read_self_relative(octets_of(octets));
    if (read)
        return read_descriptor{std::move(*read), {}};
    auto const& error = read.error();
    return tl::unexpected(
        descriptor_problem{column(error.begin),
                           fmt::format("octet {} (0x{:x}){}{}: {}", error.begin, error.begin,
                                       error.context.empty() ? "" : ", ", error.context, message(error)),
                           {}});
}

// The column, from 1, of the letter at `index` among those of `text` that are no blanks.
std::size_t column_of(std::size_t index, std::string_view text) {
    std::size_t place = 0;
    for (; place < text.size(); ++place)
        if (!sddl::is_blank(text[place]) && index-- == 0)
            break;
    return place + 1;
}

outcome read_base64(std::string_view text) {
    auto const octets = ldif::decode_base64(without_blanks(text));
    if (!octets)
        return tl::unexpected(
            descriptor_problem{column_of(octets.error().column - 1, text), message(octets.error()), {}});
    return read_octets(*octets, [text](std::size_t octet) { return column_of(octet / 3 * 4, text); });
}

outcome read_hex(std::string_view text) {
    auto const spelled = read_octet_text(text, spelling_of(text));
    if (!spelled)
        return tl::unexpected(spelled.error());
    auto const& places = spelled->places;
    return read_octets(spelled->octets, [&](std::size_t octet) {
        return (octet < places.size() ? places[octet] : text.size()) + 1;
    });
}

} // namespace

std::optional<descriptor_form> find_descriptor_form(std::string_view name) {
    auto const* const row = std::find_if(form_names.begin(), form_names.end(),
                                         [name](form_name const& one) { return one.name == name; });
    return row == form_names.end() ? std::nullopt : std::optional(row->form);
}

outcome read_form(std::string_view input, descriptor_form form, sddl::domain_sids const& sids,
                  bool is_strict) {
    switch (form) {
    case descriptor_form::sddl:
        return read_sddl(input, sids, is_strict);
    case descriptor_form::base64:
        return read_base64(input);
    case descriptor_form::hex:
        return read_hex(input);
    case descriptor_form::binary:
        return read_octets(input, [](std::size_t octet) { return octet + 1; });
    default:
        return read_descriptor_json(input).map([](sddl::security_descriptor value) {
            return read_descriptor{std::move(value), {}};
        });
    }
}

std::string write_form(sddl::security_descriptor const& descriptor, descriptor_form form,
                       sddl::domain_sids const& sids, bool on_one_line) {
    if (form == descriptor_form::sddl)
        return sddl::write(descriptor, sids);
    if (form == descriptor_form::json)
        return descriptor_json(descriptor, sids, on_one_line);
    auto const octets = sddl::write_self_relative(descriptor);
    if (form == descriptor_form::base64)
        return ldif::encode_base64(text_of(octets));
    if (form == descriptor_form::binary)
        return std::string(text_of(octets));
    return hex_text(octets);
}

bool starts_as_octets(std::string_view input) {
    return input.size() >= 20 && input[0] == '\x01' && (static_cast<unsigned char>(input[3]) & 0x80) != 0;
}

} // namespace dsplan
