#include <ldif/attribute_description.hpp>
#include <ldif/decimal.hpp>
#include <ldif/name_with_data.hpp>
#include <sddl/guid.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/directory/public_key.hpp>
#include <tools/dsplan/directory/windows_time.hpp>
#include <tools/dsplan/forms/descriptor_json.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/value_reading.hpp>
#include <tools/dsplan/words/judge/group_power.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <charconv>
#include <span>

namespace dsplan::review {
namespace {

std::string hex_of(std::string_view octets, std::size_t at_most = 32) {
    auto const shown = octets.substr(0, at_most);
    return hex_text(std::as_bytes(std::span(shown))) + (octets.size() > at_most ? "…" : "");
}

// Text as it is; octets that are no text by their number and beginning.
value_reading plain(std::string_view octets) {
    value_reading made;
    if (utf8::is_valid(octets.begin(), octets.end())) {
        made.text = octets;
    } else {
        made.text = fmt::format("{} octets", octets.size());
        made.raw = hex_of(octets);
    }
    return made;
}

read_result faulty(std::string_view octets, std::string fault) {
    return {plain(octets), std::move(fault)};
}

read_result read_flags(std::string_view description, std::string_view octets) {
    auto const bits = bits_of(octets);
    if (!bits)
        return faulty(octets, "it is no number of 32 bit");
    read_result made;
    made.words.text = fmt::format("{} = 0x{:x}", octets, *bits);
    made.words.parts = flag_texts(flags_of(description), *bits);
    return made;
}

std::string_view words_for_no_time(std::string_view description) {
    if (equal_ignoring_case(description, "pwdLastSet"))
        return "0: the password must be changed at the next logon";
    return equal_ignoring_case(description, "lockoutTime") ? "0: not locked out" : "0: never";
}

read_result read_filetime(std::string_view description, std::string_view octets) {
    auto const number = ldif::read_decimal<std::int64_t>(octets);
    if (!number)
        return faulty(octets, "it is no number of 64 bit");
    read_result made;
    made.words.raw = octets;
    if (*number == 0)
        made.words.text = words_for_no_time(description);
    else if (*number == INT64_MAX)
        made.words.text = "never";
    else if (*number == -1)
        made.words.text = "now";
    else
        made.words.text =
            directory::filetime_text(*number).value_or("no time between the years 1601 and 9999");
    return made;
}

read_result read_interval(std::string_view octets) {
    auto const number = ldif::read_decimal<std::int64_t>(octets);
    if (!number)
        return faulty(octets, "it is no number of 64 bit");
    read_result made;
    made.words.raw = octets;
    made.words.text = *number == INT64_MIN ? "for ever" : directory::interval_text(*number);
    if (*number > 0)
        made.words.text += ", written as a positive number: intervals are negative";
    return made;
}

read_result read_generalized_time(std::string_view octets) {
    auto time = directory::generalized_time_text(octets);
    if (!time)
        return faulty(octets, "it is no time such as 20240229010203.0Z");
    return {{.what = words::mark::none, .text = *std::move(time), .raw = std::string(octets)}, {}};
}

read_result read_sid(std::string_view octets, words::name_context const& names) {
    auto const sid = sddl::read_sid(std::as_bytes(std::span(octets)));
    if (!sid)
        return faulty(octets, sddl::message(sid.error()));
    read_result made;
    made.words.text = names.account(*sid);
    made.words.raw = fmt::format("{}", *sid);
    return made;
}

read_result read_guid(std::string_view octets, words::name_context const& names) {
    auto const guid = sddl::read_guid(std::as_bytes(std::span(octets)));
    if (!guid)
        return faulty(octets, sddl::message(guid.error()));
    read_result made;
    made.words.text = fmt::format("{}", *guid);
    if (auto const* const attribute = names.known.find_attribute(*guid))
        made.words.text += fmt::format(" (attribute {})", attribute->name);
    else if (auto const* const object_class = names.known.find_class(*guid))
        made.words.text += fmt::format(" (class {})", object_class->name);
    return made;
}

// ---- keys

std::string key_text(directory::public_key const& key) {
    switch (key.form) {
    case directory::key_form::rsa_blob:
        return fmt::format("RSA, {} bit", key.bits());
    case directory::key_form::rsa_der:
        return fmt::format("RSA, {} bit, as DER", key.bits());
    case directory::key_form::tpm_blob:
        return "of the platform crypto provider; its size is not read";
    case directory::key_form::fido:
        return key.name.empty() ? "a FIDO security key" : fmt::format("the FIDO security key '{}'", key.name);
    case directory::key_form::unknown:
        break;
    }
    return "of an unknown form";
}

void add_hash(std::vector<std::string>& parts, std::string_view name, std::optional<std::string> const& has,
              std::string const& expected) {
    if (!has) {
        parts.push_back(fmt::format("{}: none", name));
        return;
    }
    auto const verdict = expected.empty()   ? ""
                         : *has == expected ? ", as recomputed"
                                            : ", but recomputed it is " + hex_of(expected);
    parts.push_back(fmt::format("{}: {}{}", name, hex_of(*has), verdict));
}

std::vector<std::string> key_parts(directory::key_credential const& key) {
    std::vector<std::string> parts;
    add_hash(parts, "KeyID", key.key_id, key.expected_key_id);
    add_hash(parts, "KeyHash", key.key_hash, key.expected_key_hash);
    if (key.material) {
        auto const read = directory::read_public_key(*key.material);
        parts.push_back(
            fmt::format("key: {}{}{}", key_text(read), read.fault.empty() ? "" : "; ", read.fault));
    }
    parts.push_back(fmt::format("usage: {}", directory::usage_text(key)));
    parts.push_back(fmt::format("source: {}", directory::source_text(key)));
    parts.push_back(key.device ? fmt::format("device: {}", *key.device) : std::string("device: none"));
    if (key.created)
        parts.push_back(fmt::format("created: {}", directory::time_text(key, *key.created)));
    if (key.last_logon)
        parts.push_back(fmt::format("last logon, about: {}", directory::time_text(key, *key.last_logon)));
    if (key.custom && (key.custom->flags & 2U) != 0)
        parts.emplace_back("multi-factor authentication was not used");
    if (!key.unknown_entries.empty())
        parts.push_back(fmt::format("{} entries of unknown identifiers", key.unknown_entries.size()));
    return parts;
}

read_result read_key(std::string_view octets) {
    auto const linked = key_of(octets);
    if (!linked)
        return faulty(octets.substr(0, 120), linked.error());
    read_result made;
    made.words.text = fmt::format("{} of {}", directory::usage_text(linked->key), linked->owner);
    made.words.parts = key_parts(linked->key);
    return made;
}

// A password is a text in quotation marks, as UTF-16. [MS-ADTS] 3.1.1.3.1.5
bool is_quoted_utf16(std::string_view octets) {
    constexpr std::size_t marks = 4;
    using namespace std::string_view_literals;
    return octets.size() >= marks && octets.size() % 2 == 0 && octets.starts_with("\"\0"sv) &&
           octets.ends_with("\"\0"sv);
}

read_result read_secret(std::string_view description, std::string_view octets) {
    read_result made{
        {.what = words::mark::none, .text = fmt::format("a secret of {} octets, not shown", octets.size())},
        {}};
    if (equal_ignoring_case(ldif::attribute_name(description), "unicodePwd") && !is_quoted_utf16(octets))
        made.fault = "it is no text in quotation marks as UTF-16: the directory refuses it";
    return made;
}

read_result read_group_identifier(std::string_view octets) {
    auto const number = ldif::read_decimal<std::uint32_t>(octets);
    if (!number)
        return faulty(octets, "it is no number of 32 bit");
    auto made = read_result{plain(octets), {}};
    if (auto const name = words::domain_group_name(*number); !name.empty())
        made.words.text = fmt::format("{} = {}", octets, name);
    return made;
}

} // namespace

std::optional<std::uint32_t> bits_of(std::string_view value) {
    auto const number = ldif::read_decimal<std::int64_t>(value);
    if (!number || *number < INT32_MIN || *number > UINT32_MAX)
        return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

tl::expected<sddl::security_descriptor, std::string> descriptor_of(std::string_view value,
                                                                   sddl::domain_sids const& sids) {
    bool const is_text = !value.empty() && value.front() != '\x01';
    auto read =
        is_text ? sddl::parse(value, sids) : sddl::read_self_relative(std::as_bytes(std::span(value)));
    if (!read)
        return tl::unexpected(fmt::format("octet {}: {}", read.error().begin, sddl::message(read.error())));
    return *std::move(read);
}

tl::expected<linked_key, std::string> key_of(std::string_view value) {
    return directory::read_linked_key(value);
}

read_result read_value(std::string_view description, std::string_view octets,
                       words::name_context const& names) {
    switch (syntax_of(description)) {
    case syntax::flags:
        return read_flags(description, octets);
    case syntax::filetime:
        return read_filetime(description, octets);
    case syntax::interval:
        return read_interval(octets);
    case syntax::generalized_time:
        return read_generalized_time(octets);
    case syntax::sid:
        return read_sid(octets, names);
    case syntax::guid:
        return read_guid(octets, names);
    case syntax::key_credential:
        return read_key(octets);
    case syntax::secret:
        return read_secret(description, octets);
    case syntax::group_identifier:
        return read_group_identifier(octets);
    case syntax::text:
    case syntax::descriptor:
    case syntax::descriptor_text:
        break;
    }
    return {plain(octets), {}};
}

} // namespace dsplan::review
