#pragma once
#include <ldif/grammar/block_reader.hpp>
#include <ldif/policy.hpp>
#include <ldif/reader.hpp>
#include <ldif/record_view.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsplan::ldif {

/// A line with its continuations put together.
struct logical_line {
    std::string_view text;
    std::size_t first = 0; ///< index of its first physical line in the block
    std::size_t count = 1;
};

/// A "name: value" line with its value decoded.
struct attribute_line {
    std::string_view description;
    std::string_view value;
    logical_line line;
    std::size_t value_offset = 0; ///< in line.text
    enum class notation : std::uint8_t { plain, base64, url } written = notation::plain;
};

/// The line that ends a modification.
[[nodiscard]] inline bool is_dash(std::string_view text) {
    return text.starts_with('-') && text.find_first_not_of(" \t", 1) == std::string_view::npos;
}

/// Turns the lines of one block into records. Keeps no state between blocks but what the policies need.
class record_parser {
public:
    record_parser(std::string file, reader_options const& options);

    /// Begins a block; it must live until the next call of `begin`.
    void begin(block const& lines);

    /// True while the block holds lines that no record has taken.
    [[nodiscard]] bool has_more() const { return next_ < block_->lines.size(); }

    /// The next record of the block; null where it holds none (comments, a search trailer).
    [[nodiscard]] result<record_view*> next();

    /// The lines that the last call of next() took.
    [[nodiscard]] std::string_view taken_text() const;

    /// Where unfolded and decoded values lie.
    struct value_memory {
        std::string arena;            ///< never grows while values lie in it
        std::deque<std::string> more; ///< what found no room there
    };

    /// Keeps the values of all records until take_values(), for text of at most `size` octets; what `memory`
    /// has allocated is used again.
    void keep_values(value_memory memory, std::size_t size);
    [[nodiscard]] value_memory take_values() { return std::move(memory_); }

    /// What shows that the file ends inside the record that next() gave last; nothing where it is whole.
    [[nodiscard]] std::optional<parse_error> why_cut_off() const;

    /// False where the record that next() gave last may be half of one: its last line is open.
    [[nodiscard]] bool is_whole() const;

    /// True for an error at the end of a file that does not end with an empty line, or in its open last line.
    [[nodiscard]] bool is_at_end_of_file(parse_error const& error) const;

    /// The physical line that the last call of next() began with.
    [[nodiscard]] std::uint64_t first_line() const { return block_->first_line + first_; }

    /// The text continues a file that began elsewhere.
    void continue_file() { saw_dn_ = saw_version_ = true; }

    /// After an error: goes to the next "dn:" line of the block, or to its end.
    void recover();

    std::vector<finding> findings;
    bool plain_is_unicode = false; ///< the file is UTF-16 or has a byte order mark: no code page can spoil it

    /// An error at `column`, from 0, of a physical line.
    [[nodiscard]] parse_error error_at(std::size_t line, std::size_t column, std::size_t length,
                                       std::string expected, std::string found, std::string hint) const;

    /// Adds a finding, or says that the policy rejects.
    [[nodiscard]] result<void> judge(policy rule, parse_error const& what);

private:
    using status = result<void>;
    [[nodiscard]] bool next_logical(logical_line& line);
    [[nodiscard]] bool next_line(logical_line& line);
    void put_back(logical_line const& line);
    [[nodiscard]] status read_attribute(attribute_line& attribute);
    [[nodiscard]] status parse_line(attribute_line& attribute);
    [[nodiscard]] std::size_t expected_name_size(std::string_view text);
    void keep_shape(bool is_together);
    [[nodiscard]] status split(attribute_line& attribute, bool checks_name);
    [[nodiscard]] status check_description(attribute_line const& attribute, std::size_t size);
    [[nodiscard]] status decode(attribute_line& attribute);
    [[nodiscard]] status decode_base64_value(attribute_line& attribute);
    [[nodiscard]] status read_url_value(attribute_line& attribute);
    [[nodiscard]] status check_plain(attribute_line const& attribute);
    [[nodiscard]] status check_octets(attribute_line const& attribute);
    [[nodiscard]] status check_utf8(attribute_line const& attribute);
    [[nodiscard]] status check_name(attribute_line const& attribute);
    [[nodiscard]] status check_relative_name(attribute_line const& attribute);
    [[nodiscard]] parse_error error_in(logical_line const& line, std::size_t offset, std::size_t length,
                                       std::string expected, std::string found, std::string hint = {}) const;
    [[nodiscard]] parse_error error_at_end(std::string expected, std::string hint = {}) const;
    [[nodiscard]] parse_error error_at_end_of_file(std::string expected) const;
    [[nodiscard]] bool lacks_final_dash() const;
    [[nodiscard]] status judge_line(policy rule, attribute_line const& attribute, std::size_t offset,
                                    std::size_t length, std::string expected, std::string found,
                                    std::string hint = {});
    [[nodiscard]] static bool is_dn(logical_line const& line);
    [[nodiscard]] static bool is_name(attribute_line const& attribute);
    [[nodiscard]] result<void> check_question_mark(attribute_line const& attribute);

    [[nodiscard]] result<bool> parse_head(attribute_line& attribute);
    [[nodiscard]] status parse_version(attribute_line const& attribute);
    [[nodiscard]] status parse_trailer(attribute_line attribute);
    [[nodiscard]] status check_result(attribute_line const& attribute);
    [[nodiscard]] status parse_dn(attribute_line const& attribute);
    [[nodiscard]] status parse_controls_and_changetype();
    [[nodiscard]] status parse_control(attribute_line const& attribute);
    [[nodiscard]] std::string take_control_value(control_view& control, std::string_view text);
    [[nodiscard]] status parse_changetype(attribute_line const& attribute);
    [[nodiscard]] status parse_body();
    [[nodiscard]] status parse_attributes();
    [[nodiscard]] status parse_modifications();
    [[nodiscard]] result<bool> parse_modification();
    [[nodiscard]] result<bool> parse_modification_values(modification_view& modification);
    [[nodiscard]] status parse_new_name();
    [[nodiscard]] status parse_new_superior();
    [[nodiscard]] status expect_end(std::string_view what);
    [[nodiscard]] status check_end();
    [[nodiscard]] status check_dash(logical_line const& line);
    [[nodiscard]] status check_comments();
    [[nodiscard]] status check_not_empty(attribute_line const& attribute);
    [[nodiscard]] status check_stray_dash(logical_line const& line);
    [[nodiscard]] status check_separator();
    [[nodiscard]] status check_duplicates(std::size_t begin, std::size_t end);
    [[nodiscard]] status check_all_duplicates();
    [[nodiscard]] bool stand_together();
    [[nodiscard]] bool is_repeated(std::string_view last) const;
    [[nodiscard]] status judge_duplicate(std::size_t before, std::size_t again);
    [[nodiscard]] status check_mixture();
    [[nodiscard]] status expect_attribute(std::string_view name, attribute_line& attribute);
    void note_line(attribute_line const& attribute);
    [[nodiscard]] std::string_view keyword(attribute_line const& attribute) const;
    [[nodiscard]] char* allocate(std::size_t size);

    std::string file_;
    reader_options const& options_;
    block const* block_ = nullptr;
    std::size_t next_ = 0;  // physical line that is read next
    std::size_t first_ = 0; // physical line that the current record began with
    record_view record_;
    std::vector<control_view> controls_;
    std::vector<attribute_value_view> attributes_;
    std::vector<attribute_line> lines_; // of attributes_, for findings
    std::vector<modification_view> modifications_;
    std::vector<std::string_view> values_;
    std::vector<std::size_t> value_counts_;  // of each modification
    std::vector<std::uint32_t> value_lines_; // of each value, below the line of the name
    std::vector<std::pair<std::size_t, std::size_t>> hashes_;
    std::vector<std::string_view> descriptions_;
    std::vector<std::string>
        shape_;              // the descriptions of the record before; those to look at closely are empty
    bool has_shape_ = false; // so far, this record has the same
    bool shape_is_together_ = true;
    value_memory memory_;
    bool keeps_values_ = false;
    std::size_t arena_used_ = 0;
    std::vector<std::size_t> folded_comments_; // of the record: their first lines
    bool skip_record_ = false;                 // an unknown changetype
    bool saw_dn_ = false;                      // in this file
    bool saw_version_ = false;
    bool saw_entry_ = false;
    bool saw_change_ = false;
    bool reported_mixture_ = false;
    bool reported_question_mark_ = false;
};

} // namespace dsplan::ldif
