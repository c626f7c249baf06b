#include <ldif/grammar/record_parser.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/change_names.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::ldif {
namespace {

constexpr std::array<std::string_view, 7> trailer_names{"search",    "result",  "ref",         "text",
                                                        "matcheddn", "control", "pagedresults"};

bool begins_trailer(std::string_view description) {
    return equals_keyword(description, "search") || equals_keyword(description, "result") ||
           equals_keyword(description, "ref");
}

bool is_modify(std::optional<change_type> type) {
    return type == change_type::modify || type == change_type::ntds_schema_modify;
}

bool is_entry(std::optional<change_type> type) {
    return !type || type == change_type::add || type == change_type::ntds_schema_add;
}

} // namespace

record_parser::record_parser(std::string file, reader_options const& options)
    : file_(std::move(file))
    , options_(options) {}

void record_parser::begin(block const& lines) {
    block_ = &lines;
    next_ = 0;
    if (keeps_values_)
        return;
    arena_used_ = 0;
    memory_.more.clear();
    if (memory_.arena.size() < lines.text.size())
        memory_.arena.resize(lines.text.size());
}

void record_parser::keep_values(value_memory memory, std::size_t size) {
    memory_ = std::move(memory);
    memory_.more.clear();
    if (memory_.arena.size() < size)
        memory_.arena.resize(size);
    arena_used_ = 0;
    keeps_values_ = true;
}

void record_parser::recover() {
    while (has_more() && !equals_keyword(block_->line(next_).substr(0, 3), "dn:"))
        ++next_;
}

std::string_view record_parser::taken_text() const {
    auto const begin = block_->lines[first_].begin;
    auto const end = has_more() ? block_->lines[next_].begin : block_->text.size();
    return block_->text.substr(begin, end - begin);
}

result<record_view*> record_parser::next() {
    record_ = {};
    controls_.clear();
    attributes_.clear();
    lines_.clear();
    modifications_.clear();
    values_.clear();
    value_counts_.clear();
    value_lines_.clear();
    folded_comments_.clear();
    skip_record_ = false;
    first_ = next_;
    attribute_line attribute;
    auto const head = parse_head(attribute);
    if (!head)
        return tl::unexpected(head.error());
    if (!*head)
        return check_comments().map([]() -> record_view* { return nullptr; });
    if (auto done = parse_dn(attribute).and_then([this] { return parse_controls_and_changetype(); }); !done)
        return tl::unexpected(std::move(done.error()));
    if (skip_record_) {
        recover();
        return nullptr;
    }
    if (auto done = check_mixture()
                        .and_then([this] { return parse_body(); })
                        .and_then([this] { return check_end(); })
                        .and_then([this] { return check_comments(); });
        !done)
        return tl::unexpected(std::move(done.error()));
    record_.text = taken_text();
    record_.controls = controls_;
    record_.attributes = attributes_;
    record_.modifications = modifications_;
    record_.value_lines = value_lines_;
    std::string_view const* values = values_.data();
    for (std::size_t i = 0; i < modifications_.size(); ++i) {
        modifications_[i].values = {values, value_counts_[i]};
        values += value_counts_[i];
    }
    return &record_;
}

// Reads up to the line "dn:"; false where the block has none and needs none.
result<bool> record_parser::parse_head(attribute_line& attribute) {
    while (next_line(attribute.line)) {
        if (is_dash(attribute.line.text)) {
            if (auto taken =
                    judge(policy::stray_dash,
                          error_in(attribute.line, 0, 1, "'dn:' at the beginning of a record", "a line '-'",
                                   "an empty line ends a record: is there one too many above?"));
                !taken)
                return tl::unexpected(std::move(taken.error()));
            continue;
        }
        attribute.written = attribute_line::notation::plain;
        if (auto read = parse_line(attribute); !read)
            return tl::unexpected(std::move(read.error()));
        if (equals_keyword(attribute.description, "dn"))
            return true;
        if (equals_keyword(attribute.description, "version") && !saw_dn_ && !saw_version_) {
            if (auto read = parse_version(attribute); !read)
                return tl::unexpected(std::move(read.error()));
            continue;
        }
        if (!begins_trailer(attribute.description))
            return tl::unexpected(error_in(
                attribute.line, 0, attribute.description.size(), "'dn:' at the beginning of a record",
                quoted(attribute.description), "an empty line ends a record: is there one too many above?"));
        if (auto read = parse_trailer(attribute); !read)
            return tl::unexpected(std::move(read.error()));
    }
    return false;
}

result<void> record_parser::parse_version(attribute_line const& attribute) {
    saw_version_ = true;
    if (keyword(attribute) != "1")
        return tl::unexpected(error_in(attribute.line, attribute.value_offset, attribute.value.size(),
                                       "version 1, the only one there is", quoted(attribute.value)));
    return judge_line(policy::version_line, attribute, 0, attribute.line.text.size(),
                      "no version line in a file for ldifde", "'version: 1'", "leave the line out");
}

// "search: 2", "result: 0 Success", "ref: ldap://…": lines about the search, not records.
result<void> record_parser::parse_trailer(attribute_line attribute) {
    for (;;) {
        if (std::none_of(trailer_names.begin(), trailer_names.end(),
                         [&](auto name) { return equals_keyword(attribute.description, name); }))
            return tl::unexpected(error_in(attribute.line, 0, attribute.description.size(),
                                           "'dn:' or a line about the search",
                                           quoted(attribute.description)));
        if (auto taken =
                judge_line(policy::search_trailer, attribute, 0, attribute.description.size(),
                           "records alone", quoted(attribute.line.text), "export with ldapsearch -LLL");
            !taken)
            return taken;
        if (auto ended = check_result(attribute); !ended)
            return ended;
        logical_line line;
        if (!next_line(line))
            return {};
        put_back(line);
        if (is_dn(line))
            return {};
        if (auto read = read_attribute(attribute); !read)
            return read;
    }
}

// "result: 4 Size limit exceeded": the search ended before all was told.
result<void> record_parser::check_result(attribute_line const& attribute) {
    if (!equals_keyword(attribute.description, "result") || attribute.value.starts_with("0 ") ||
        keyword(attribute) == "0")
        return {};
    auto what = error_in(attribute.line, attribute.value_offset, attribute.value.size(),
                         "a search that ended with 'result: 0'", quoted(attribute.value),
                         "the export is incomplete: use paging (-E pr=1000/noprompt) or a higher limit; "
                         "--incomplete reads what there is");
    what.is_incomplete = true;
    return judge(policy::incomplete_result, what);
}

result<void> record_parser::parse_dn(attribute_line const& attribute) {
    record_.dn = attribute.value;
    record_.line = block_->first_line + attribute.line.first;
    bool const is_first = !saw_dn_;
    saw_dn_ = true;
    if (is_first && !saw_version_)
        if (auto taken = judge_line(policy::missing_version, attribute, 0, 1,
                                    "'version: 1' before the first record", "'dn:'");
            !taken)
            return taken;
    return check_name(attribute);
}

result<void> record_parser::parse_controls_and_changetype() {
    logical_line line;
    while (next_line(line)) {
        put_back(line);
        bool const is_control = equals_keyword(line.text.substr(0, 8), "control:");
        if (!is_control && !equals_keyword(line.text.substr(0, 11), "changetype:"))
            break;
        attribute_line attribute;
        if (auto read = read_attribute(attribute); !read)
            return read;
        if (!is_control)
            return parse_changetype(attribute);
        if (auto read = parse_control(attribute); !read)
            return read;
    }
    if (!controls_.empty())
        return tl::unexpected(error_at_end("'changetype:' after a control"));
    parse_error what = error_at(record_.line - block_->first_line, 0, 2, "'changetype:' after 'dn:'",
                                "a record without it", "ldifde takes it for 'changetype: add'; write it");
    return judge(policy::missing_changetype, what);
}

result<void> record_parser::parse_changetype(attribute_line const& attribute) {
    auto const word = keyword(attribute);
    record_.changetype = change_named(word);
    auto const size = std::max<std::size_t>(1, word.size());
    if (!record_.changetype) {
        skip_record_ = true;
        return judge_line(
            policy::unknown_changetype, attribute, attribute.value_offset, size,
            "add, delete, modify, modrdn, moddn or one of ntdsSchemaAdd, -Delete, -Modify, -ModRdn",
            quoted(word));
    }
    if (*record_.changetype >= change_type::ntds_schema_add)
        return judge_line(policy::ntds_changetype, attribute, attribute.value_offset, size,
                          "a changetype of RFC 2849", quoted(word), "only ldifde knows it");
    return {};
}

result<void> record_parser::parse_body() {
    if (!record_.changetype)
        return parse_attributes();
    switch (*record_.changetype) {
    case change_type::add:
    case change_type::ntds_schema_add:
        return parse_attributes();
    case change_type::delete_entry:
    case change_type::ntds_schema_delete:
        return expect_end("a deletion");
    case change_type::modify:
    case change_type::ntds_schema_modify:
        return parse_modifications();
    default:
        return parse_new_name();
    }
}

void record_parser::note_line(attribute_line const& attribute) {
    auto const line = block_->first_line + attribute.line.first;
    value_lines_.push_back(static_cast<std::uint32_t>(line - record_.line));
}

result<void> record_parser::parse_attributes() {
    attribute_line attribute;
    has_shape_ = true;
    while (next_line(attribute.line)) {
        if (is_dash(attribute.line.text)) {
            if (auto taken = check_stray_dash(attribute.line); !taken)
                return taken;
            break;
        }
        if (is_dn(attribute.line)) {
            put_back(attribute.line);
            break;
        }
        attribute.written = attribute_line::notation::plain;
        if (auto read = parse_line(attribute); !read)
            return read;
        if (equals_keyword(attribute.description, "changetype"))
            return tl::unexpected(error_in(attribute.line, 0, attribute.description.size(),
                                           "'changetype:' directly after 'dn:'", "it after an attribute"));
        if (auto taken = check_not_empty(attribute); !taken)
            return taken;
        attributes_.push_back({attribute.description, attribute.value});
        lines_.push_back(attribute);
        note_line(attribute);
    }
    if (attributes_.empty())
        return judge(policy::entry_without_attributes,
                     error_at(record_.line - block_->first_line, 0, 2, "at least one attribute after 'dn:'",
                              "none", ""));
    return check_all_duplicates();
}

// Behind the last line of a record: the end of the block, or "dn:" without an empty line before it.
result<void> record_parser::check_end() {
    logical_line line;
    if (next_line(line)) {
        put_back(line);
        return judge(policy::missing_separator,
                     error_in(line, 0, 3, "an empty line before the next record", "'dn:'"));
    }
    if (block_->blank_separator != 0) {
        parse_error what;
        what.file = file_;
        what.line = block_->blank_separator;
        what.column = 1;
        what.expected = "an empty line between two records";
        what.found = "a line of blanks";
        what.can_continue = true;
        if (auto taken = judge(policy::blank_separator, what); !taken)
            return taken;
    }
    if (block_->is_last_line_ended || options_.rules[policy::missing_final_line_end] == policy_action::reject)
        return {}; // see why_cut_off
    return judge(policy::missing_final_line_end, error_at_end_of_file("a line end"));
}

parse_error record_parser::error_at_end_of_file(std::string expected) const {
    std::size_t const last = block_->lines.size() - 1;
    return error_at(last, block_->lines[last].size, 1, std::move(expected), "the end of the file",
                    fmt::format("{} if the file is whole, export it again if it was cut off",
                                block_->is_last_line_ended ? "complete the record" : "close the last line"));
}

bool record_parser::lacks_final_dash() const {
    return is_modify(record_.changetype) &&
           options_.rules[policy::missing_final_dash] != policy_action::accept &&
           !is_dash(block_->line(block_->lines.size() - 1));
}

// Nothing can follow '-' in its line.
bool record_parser::is_whole() const {
    return is_modify(record_.changetype) && !modifications_.empty() &&
           is_dash(block_->line(block_->lines.size() - 1));
}

bool record_parser::is_at_end_of_file(parse_error const& error) const {
    std::size_t const last = block_->lines.size() - 1;
    bool const is_in_last_line = block_->is_at_end && !has_more() && error.line == block_->first_line + last;
    return is_in_last_line && (!block_->is_last_line_ended || error.column > block_->lines[last].size);
}

// Of a record that was read, the last one of its file.
std::optional<parse_error> record_parser::why_cut_off() const {
    if (!block_->is_at_end || has_more())
        return std::nullopt;
    if (!block_->is_last_line_ended &&
        options_.rules[policy::missing_final_line_end] == policy_action::reject)
        return error_at_end_of_file("a line end");
    if (lacks_final_dash())
        return error_at_end_of_file("a line '-' after the modification");
    if (record_.line == 0 || skip_record_ || !is_entry(record_.changetype))
        return std::nullopt; // comments, or nothing that is known
    if (attributes_.empty())
        return error_at_end_of_file("an attribute of the object");
    if (attributes_.back().value.empty())
        return error_at_end_of_file(
            fmt::format("the value of {}", printable(attributes_.back().description)));
    return std::nullopt;
}

result<void> record_parser::check_comments() {
    for (auto const line : folded_comments_)
        if (auto taken =
                judge(policy::folded_comment,
                      error_at(line + 1, 0, 1, "comments of one line", "one that the next line continues",
                               "nothing says that ldifde takes it: begin each line with '#'"));
            !taken)
            return taken;
    return {};
}

// Entries and changes in one file; a finding once, an error for every record of the second kind.
result<void> record_parser::check_mixture() {
    bool const is_change = record_.changetype && *record_.changetype != change_type::add;
    bool const is_entry = !record_.changetype;
    bool const mixed = (is_change && saw_entry_) || (is_entry && saw_change_);
    if (!mixed) {
        saw_entry_ = saw_entry_ || is_entry;
        saw_change_ = saw_change_ || record_.changetype.has_value();
        return {};
    }
    if (reported_mixture_ && options_.rules[policy::mixed_records] != policy_action::reject)
        return {};
    reported_mixture_ = true;
    return judge(policy::mixed_records,
                 error_at(record_.line - block_->first_line, 0, 2,
                          is_entry ? "changes alone, as above" : "entries alone, as above",
                          is_entry ? "a record without 'changetype:'" : "a change",
                          "write 'changetype: add' in the records that have none"));
}

} // namespace dsplan::ldif
