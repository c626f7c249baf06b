// The parts of record_parser for what only change records have: controls, modifications, new names.
#include <ldif/attribute_description.hpp>
#include <ldif/base64.hpp>
#include <ldif/grammar/record_parser.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/change_names.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::ldif {
// The value-spec of a control; what was expected where there is none, nothing where all is well.
std::string record_parser::take_control_value(control_view& control, std::string_view text) {
    if (text.empty())
        return {};
    if (!text.starts_with(':'))
        return "':' before the value of the control";
    bool const is_base64 = text.starts_with("::");
    text.remove_prefix(is_base64 ? 2 : 1);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (!is_base64) {
        control.value = text;
        return text.starts_with('<') ? "a value, not a URL" : "";
    }
    auto decoded = decode_base64(text);
    if (!decoded)
        return "base64 as the value of the control";
    control.value = memory_.more.emplace_back(std::move(*decoded));
    return {};
}

// control = "control:" FILL ldap-oid 0*1(1*SPACE ("true" / "false")) 0*1(value-spec)
result<void> record_parser::parse_control(attribute_line const& attribute) {
    if (auto taken = judge_line(policy::control_line, attribute, 0, attribute.description.size(),
                                "no control in a file for ldifde", "'control:'",
                                "nothing says that ldifde takes controls");
        !taken)
        return taken;
    auto text = attribute.value;
    auto const fail = [&](std::string expected) {
        return tl::unexpected(error_in(attribute.line, attribute.value_offset, attribute.value.size(),
                                       std::move(expected), quoted(attribute.value)));
    };
    control_view control;
    std::size_t const oid_end = std::min(text.find_first_of(" :"), text.size());
    control.oid = text.substr(0, oid_end);
    if (control.oid.empty() || control.oid.find_first_not_of("0123456789.") != std::string_view::npos)
        return fail("the object identifier of a control");
    text.remove_prefix(oid_end);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    auto const word = text.substr(0, std::min(text.find_first_of(" :"), text.size()));
    if (!word.empty()) {
        if (!equals_keyword(word, "true") && !equals_keyword(word, "false"))
            return fail("'true' or 'false' after the object identifier");
        control.criticality = equals_keyword(word, "true");
        text.remove_prefix(word.size());
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    }
    if (auto expected = take_control_value(control, text); !expected.empty())
        return fail(std::move(expected));
    controls_.push_back(control);
    return {};
}

result<void> record_parser::parse_modifications() {
    for (;;) {
        auto const more = parse_modification();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    if (modifications_.empty())
        return judge(policy::empty_modification, error_at(record_.line - block_->first_line, 0, 2,
                                                          "at least one modification", "none", ""));
    return {};
}

// mod-spec = ("add:" / "delete:" / "replace:" / "increment:") FILL AttributeDescription SEP *attrval-spec "-"
// SEP False at the end of the record.
result<bool> record_parser::parse_modification() {
    logical_line line;
    if (!next_line(line))
        return false;
    put_back(line);
    if (is_dn(line))
        return false;
    if (is_dash(line.text))
        return tl::unexpected(error_in(line, 0, 1, "'add:', 'delete:', 'replace:' or 'increment:'",
                                       "a line '-' that ends nothing"));
    attribute_line attribute;
    if (auto read = read_attribute(attribute); !read)
        return tl::unexpected(std::move(read.error()));
    auto const operation = operation_named(attribute.description);
    if (!operation)
        return tl::unexpected(error_in(attribute.line, 0, attribute.description.size(),
                                       "'add:', 'delete:', 'replace:' or 'increment:'",
                                       quoted(attribute.description)));
    modification_view modification{*operation, keyword(attribute), {}};
    attribute_line named = attribute;
    named.description = modification.description;
    if (auto checked = check_description(named, attribute.value_offset); !checked)
        return tl::unexpected(std::move(checked.error()));
    std::size_t const before = values_.size();
    auto const more = parse_modification_values(modification);
    if (!more)
        return more;
    std::size_t const count = values_.size() - before;
    bool const needs_value =
        *operation == modification_operation::add || *operation == modification_operation::increment;
    if (count == 0 && needs_value)
        if (auto taken = judge_line(
                policy::empty_modification, attribute, 0, attribute.line.text.size(),
                fmt::format("a value of {} after '{}:'", modification.description, name_of(*operation)),
                "none");
            !taken)
            return tl::unexpected(std::move(taken.error()));
    modifications_.push_back(modification);
    value_counts_.push_back(count);
    return more;
}

// The lines up to "-"; false where the record ends without one.
result<bool> record_parser::parse_modification_values(modification_view& modification) {
    lines_.clear();
    attribute_line attribute;
    bool has_dash = false;
    while (next_line(attribute.line)) {
        has_dash = is_dash(attribute.line.text);
        if (has_dash) {
            if (auto taken = check_dash(attribute.line); !taken)
                return tl::unexpected(std::move(taken.error()));
            break;
        }
        if (is_dn(attribute.line)) {
            put_back(attribute.line);
            break;
        }
        attribute.written = attribute_line::notation::plain;
        if (auto read = parse_line(attribute); !read)
            return tl::unexpected(std::move(read.error()));
        if (!same_description(attribute.description, modification.description))
            return tl::unexpected(error_in(
                attribute.line, 0, attribute.description.size(),
                fmt::format("'{}:' or a line '-'", modification.description), quoted(attribute.description),
                operation_named(attribute.description) ? "a line '-' ends the modification before" : ""));
        if (auto taken = check_not_empty(attribute); !taken)
            return tl::unexpected(std::move(taken.error()));
        values_.push_back(attribute.value);
        lines_.push_back(attribute);
        note_line(attribute);
    }
    if (auto taken = check_duplicates(0, lines_.size()); !taken)
        return tl::unexpected(std::move(taken.error()));
    if (has_dash)
        return true;
    if (block_->is_at_end && !has_more() && options_.rules[policy::missing_final_dash] == policy_action::warn)
        return false; // see why_cut_off
    std::size_t const last = next_ - 1;
    if (auto taken = judge(policy::missing_final_dash,
                           error_at(last, block_->lines[last].size, 1, "a line '-' after the modification",
                                    "the end of the record", "write '-' on a line of its own"));
        !taken)
        return tl::unexpected(std::move(taken.error()));
    return false;
}

result<void> record_parser::check_dash(logical_line const& line) {
    return line.text.size() == 1
               ? result<void>()
               : judge(policy::dash_with_blanks,
                       error_in(line, 1, line.text.size() - 1, "'-' alone in its line",
                                fmt::format("{} after it", line.text.size() == 2 ? "a blank" : "blanks"),
                                "nothing says that ldifde passes over them"));
}

// The line "name: value", which must come next.
result<void> record_parser::expect_attribute(std::string_view name, attribute_line& attribute) {
    logical_line line;
    auto expected = fmt::format("'{}:'", name);
    if (!next_line(line))
        return tl::unexpected(error_at_end(std::move(expected)));
    put_back(line);
    if (is_dn(line))
        return tl::unexpected(error_in(line, 0, 3, std::move(expected), "the next record"));
    if (auto read = read_attribute(attribute); !read)
        return read;
    if (equals_keyword(attribute.description, name))
        return {};
    return tl::unexpected(error_in(attribute.line, 0, attribute.description.size(), std::move(expected),
                                   quoted(attribute.description)));
}

// newrdn, deleteoldrdn and, if there is one, newsuperior
result<void> record_parser::parse_new_name() {
    attribute_line attribute;
    if (auto read = expect_attribute("newrdn", attribute); !read)
        return read;
    if (auto checked = check_relative_name(attribute); !checked)
        return checked;
    record_.renamed = new_name_view{attribute.value, true, {}};
    if (auto read = expect_attribute("deleteoldrdn", attribute); !read)
        return read;
    auto const word = keyword(attribute);
    if (word != "0" && word != "1")
        return tl::unexpected(error_in(attribute.line, attribute.value_offset, attribute.value.size(),
                                       "0 or 1 after 'deleteoldrdn:'", quoted(attribute.value)));
    record_.renamed->delete_old = word == "1";
    if (auto read = parse_new_superior(); !read)
        return read;
    return expect_end("a rename");
}

result<void> record_parser::parse_new_superior() {
    logical_line line;
    if (!next_line(line))
        return {};
    put_back(line);
    if (!equals_keyword(line.text.substr(0, 12), "newsuperior:"))
        return {};
    attribute_line attribute;
    if (auto read = read_attribute(attribute); !read)
        return read;
    record_.renamed->superior = attribute.value;
    return check_name(attribute);
}

result<void> record_parser::expect_end(std::string_view what) {
    logical_line line;
    if (!next_line(line))
        return {};
    if (is_dash(line.text))
        return check_stray_dash(line);
    put_back(line);
    if (is_dn(line))
        return {};
    return tl::unexpected(error_in(line, 0, line.text.size(), fmt::format("nothing more after {}", what),
                                   quoted(line.text), "an empty line ends a record"));
}

// A line "-" after an entry, an addition, a deletion or a rename; it must be the last one.
result<void> record_parser::check_stray_dash(logical_line const& line) {
    if (auto taken = judge(policy::stray_dash, error_in(line, 0, 1, "the end of the record", "a line '-'",
                                                        "only a modification has one"));
        !taken)
        return taken;
    logical_line next;
    if (!next_line(next))
        return {};
    put_back(next);
    if (is_dn(next))
        return {};
    return tl::unexpected(
        error_in(next, 0, next.text.size(), "the end of the record after '-'", quoted(next.text)));
}

} // namespace dsplan::ldif
