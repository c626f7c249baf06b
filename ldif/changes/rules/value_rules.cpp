// What values attributes take. MS-ADTS 3.1.1.2.2.2, 3.1.1.3.1.5, 3.1.1.5.3.1
#include <ldif/alternative_name.hpp>
#include <ldif/attribute_description.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/decimal.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace dsplan::ldif {
namespace {

bool is_integer(std::string_view text, bool is_large) {
    auto const value = read_decimal<std::int64_t>(text);
    // A server may take the octets of a negative number written without its sign.
    return value && (is_large || (*value >= INT32_MIN && *value <= UINT32_MAX));
}

bool is_descriptor_text(std::string_view value) {
    auto const first = value.empty() ? '\0' : to_lower(value[0]);
    return value.size() > 1 && value[1] == ':' &&
           (first == 'o' || first == 'g' || first == 'd' || first == 's');
}

// Why it is no name, with its place; nothing where it is one.
result<void> name_fault(std::string_view value) {
    auto const name = name_part(value);
    auto checked = check_any_name(name);
    if (!checked)
        checked.error().column += value.size() - name.size();
    return checked;
}

// An empty value says nothing else.
bool check_empty(rule_subject const& subject, modification const& written) {
    bool const has_empty = std::any_of(written.values.begin(), written.values.end(),
                                       [](auto const& value) { return value.empty(); });
    if (has_empty)
        subject.refuse_value(
            written.description, {}, apply_fault::value_syntax,
            fmt::format("a value of {}", written.description), "an empty value",
            "Active Directory has no empty values; to clear an attribute, replace it without a value line");
    return has_empty;
}

void check_name_value(rule_subject const& subject, modification const& written, std::string const& value) {
    if (auto const checked = name_fault(value); !checked)
        subject.refuse_value(written.description, value, apply_fault::invalid_name,
                             fmt::format("{} (column {} of the value of {})", checked.error().expected,
                                         checked.error().column, written.description),
                             fmt::format("{} in {}", checked.error().found, ldif::quoted(value)),
                             checked.error().hint);
}

// GeneralizedTime or UTCTime, to the minute at least. MS-ADTS 3.1.1.2.2.2
bool is_time(std::string_view value) {
    auto const digits = std::min(value.find_first_not_of("0123456789"), value.size());
    auto rest = value.substr(digits);
    if (rest.starts_with('.') || rest.starts_with(','))
        rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
    bool const is_offset = rest.size() == 5 && (rest[0] == '+' || rest[0] == '-') &&
                           rest.find_first_not_of("0123456789", 1) == std::string_view::npos;
    return (digits == 10 || digits == 12 || digits == 14) && (rest == "Z" || is_offset);
}

// Octets, or the text that servers read, too. MS-DTYP 2.4.2
bool is_sid(std::string_view value) {
    constexpr std::size_t head = 8;
    constexpr std::size_t part = 4;
    bool const is_text = value.starts_with("S-1-") || value.starts_with("s-1-");
    return is_text || (value.size() >= head && value[0] == 1 &&
                       value.size() == head + part * static_cast<unsigned char>(value[1]));
}

// A name with data, or a plain one, which servers complete.
void check_data(rule_subject const& subject, modification const& written, std::string const& value) {
    constexpr std::string_view binary = "b:";
    if (value.size() < 2 || lower_case(value.substr(0, 2)) != binary)
        return check_name_value(subject, written, value);
    if (auto const read = parse_name_with_data(value); !read)
        subject.refuse_value(written.description, value, apply_fault::value_syntax,
                             fmt::format("{} (column {} of the value of {})", read.error().expected,
                                         read.error().column, written.description),
                             read.error().found, read.error().hint);
}

void check_descriptor(rule_subject const& subject, modification const& written, std::string const& value) {
    auto const& name = written.description;
    if (is_descriptor_text(value))
        subject.refuse_value(name, value, apply_fault::value_syntax,
                             fmt::format("the octets of a descriptor for {}", name), "SDDL text",
                             "dsplan convert makes the octets; write them in base64 after '::'");
    else if (subject.fault_of_descriptor && written.operation != modification_operation::delete_values)
        if (auto const fault = subject.fault_of_descriptor(name, value); fault)
            subject.refuse_value(name, value, apply_fault::value_syntax, fault->expected, fault->found,
                                 fault->hint);
}

void check_value(rule_subject const& subject, modification const& written, value_syntax syntax,
                 std::string const& value) {
    auto const& name = written.description;
    switch (syntax) {
    case value_syntax::boolean:
        if (value != "TRUE" && value != "FALSE")
            subject.refuse_value(name, value, apply_fault::value_syntax,
                                 fmt::format("TRUE or FALSE for {}", name), ldif::quoted(value),
                                 "in capitals");
        break;
    case value_syntax::integer:
    case value_syntax::large_integer:
        if (!is_integer(value, syntax == value_syntax::large_integer))
            subject.refuse_value(name, value, apply_fault::value_syntax,
                                 fmt::format("a whole number for {}", name), ldif::quoted(value),
                                 "in decimal digits");
        break;
    case value_syntax::descriptor:
        check_descriptor(subject, written, value);
        break;
    case value_syntax::name_with_data:
        check_data(subject, written, value);
        break;
    case value_syntax::name_value:
        check_name_value(subject, written, value);
        break;
    case value_syntax::time:
        if (!is_time(value))
            subject.refuse_value(name, value, apply_fault::value_syntax, fmt::format("a time for {}", name),
                                 ldif::quoted(value), "20260131120000.0Z is noon of 31 January 2026, in UTC");
        break;
    case value_syntax::sid:
        if (!is_sid(value))
            subject.refuse_value(name, value, apply_fault::value_syntax, fmt::format("a SID for {}", name),
                                 ldif::quoted(value), "its octets in base64 after '::'");
        break;
    default:
        break;
    }
}

} // namespace

void check_attribute_names(rule_subject const& subject) {
    for (auto const& it : subject.written) {
        if (subject.schema.rules_of(it.description).is_known)
            continue;
        if (subject.store != nullptr && subject.store->is_attribute_added(attribute_name(it.description)))
            continue;
        auto const expected =
            is_identifier(it.description) ? "the number of an attribute" : "an attribute of the schema";
        if (subject.schema.size() != 0)
            subject.refuse_value(it.description, {}, apply_fault::unknown_attribute, expected,
                                 ldif::quoted(it.description), "the exported schema does not have it");
        else
            subject.doubt(apply_fault::unknown_attribute, expected, ldif::quoted(it.description),
                          "the built-in schema does not have it: --schema with an export of the forest's own "
                          "schema decides");
    }
}

void check_values(rule_subject const& subject) {
    for (auto const& it : subject.written) {
        if (it.operation == modification_operation::increment) {
            subject.refuse_value(it.description, {}, apply_fault::increments, "add, delete or replace",
                                 "increment", "Active Directory has no increment");
            continue;
        }
        auto const syntax = subject.schema.rules_of(it.description).syntax;
        if (is_never_read(it.description) || check_empty(subject, it))
            continue;
        for (auto const& value : it.values)
            check_value(subject, it, syntax, value);
    }
}

namespace {

constexpr std::string_view quotation_mark("\"\0", 2); // in UTF-16LE

bool is_quoted_password(std::string_view value) {
    return value.size() >= 4 && value.size() % 2 == 0 && value.starts_with(quotation_mark) &&
           value.ends_with(quotation_mark);
}

bool is_password(modification const& it) {
    return equals_keyword(attribute_name(it.description), "unicodepwd");
}

void check_password(rule_subject const& subject, modification const& it) {
    if (!std::all_of(it.values.begin(), it.values.end(), is_quoted_password))
        subject.refuse_value(
            it.description, {}, apply_fault::value_syntax, "a password in quotation marks, in UTF-16LE",
            "something else (not shown)",
            "unicodePwd takes \"password\" with its quotation marks in UTF-16LE, written in base64");
    else if (!subject.is_addition() && it.operation == modification_operation::add &&
             !is_password_change(subject.written))
        subject.refuse_value(
            it.description, {}, apply_fault::value_syntax,
            "replace: unicodePwd, or the old value deleted before", "add: unicodePwd alone",
            "replace resets a password; delete with the old value and add with the new one change it");
    else if (it.operation == modification_operation::delete_values && !is_password_change(subject.written))
        subject.refuse_value(it.description, {}, apply_fault::value_syntax,
                             "replace: unicodePwd, or a new value added as well", "delete: unicodePwd alone",
                             "a password cannot be deleted, only changed");
}

} // namespace

bool is_password_change(std::vector<modification> const& written) {
    bool has_old = false;
    bool has_new = false;
    for (auto const& it : written) {
        if (!is_password(it) || it.values.size() != 1)
            continue;
        has_old = has_old || it.operation == modification_operation::delete_values;
        has_new = has_new || it.operation == modification_operation::add;
    }
    return has_old && has_new;
}

void check_passwords(rule_subject const& subject) {
    for (auto const& it : subject.written) {
        if (is_password(it))
            check_password(subject, it);
        if (!equals_keyword(it.description, "pwdlastset") ||
            it.operation == modification_operation::delete_values)
            continue;
        for (auto const& value : it.values)
            if (value != "0" && value != "-1")
                subject.refuse_value(it.description, value, apply_fault::value_syntax,
                                     "0 or -1 for pwdLastSet", ldif::quoted(value),
                                     "only Active Directory itself writes a time there");
    }
}

} // namespace dsplan::ldif
