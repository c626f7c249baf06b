#pragma once
#include <ldif/parse_error.hpp>
#include <ldif/policy.hpp>
#include <ldif/record.hpp>
#include <ldif/record_view.hpp>
#include <ldif/text_encoding.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Where "attribute:< file:///…" values may be read from.
struct url_values {
    std::filesystem::path root;                      ///< a file outside of it is refused
    std::size_t maximum_size = std::size_t{1} << 20; ///< octets; a larger file is refused
};

struct reader_options {
    text_encoding encoding = text_encoding::detect;
    std::size_t maximum_record_size = std::size_t{256} << 20; ///< octets; a longer record or line is an error
    policies rules = policies::ldifde();
    std::function<void(finding const&)> on_finding{}; ///< called with each as it is made; may be empty

    /// Takes the error of a record that cannot be read, which is then left out; empty: next() gives it. What
    /// shows that the file is incomplete is an error in any case.
    std::function<void(parse_error const&)> on_unreadable{};
    std::optional<url_values> urls = std::nullopt; ///< without it every "attribute:< url" is an error

    /// Maps a file into memory instead of reading it piece by piece: no copy, but a file that becomes shorter
    /// meanwhile ends the program. What is no regular file is read.
    bool maps_files = false;
};

/// Reads LDIF record by record in bounded memory: RFC 2849 and the dialects of ldifde, ldapsearch and
/// ldbsearch.
///
///     auto opened = reader::open("export.ldf");
///     while (auto next = opened->next()) {          // an error ends the loop too
///         if (!*next) break;                        // the end of the file
///         use(**next);
///     }
///
/// After an error with `can_continue`, the next call goes on at the next record. Text that is no UTF-8 after
/// decoding is an error of its record; columns count octets of the text as UTF-8.
class reader {
public:
    /// Opens a file. Not found, not readable, a directory, empty, not text: an error without a line.
    [[nodiscard]] static result<reader> open(std::filesystem::path const& file, reader_options options = {});

    /// Reads from memory; `text` must outlive the reader. `name` is what errors call it. An empty text holds
    /// no records.
    [[nodiscard]] static reader from_text(std::string_view text, std::string name = {},
                                          reader_options options = {});

    /// Reads from a stream that must outlive the reader, a pipe for instance.
    [[nodiscard]] static reader from_stream(std::istream& input, std::string name,
                                            reader_options options = {});

    reader(reader&&) noexcept;
    reader& operator=(reader&&) noexcept;
    ~reader();

    /// The next record, valid until the next call; null at the end of the input.
    [[nodiscard]] result<record const*> next();

    /// The same without copies, for hot loops.
    [[nodiscard]] result<record_view const*> next_view();

    /// What policies found in the record that the last call gave (or failed to give), in the order of the
    /// file.
    [[nodiscard]] std::span<finding const> findings() const;

    /// What stands after the last record: comments, the trailer of a search. Complete at the end of the
    /// input.
    [[nodiscard]] std::string_view text_behind() const;

    /// What the text was read from, known after the first record; whether a byte order mark told it.
    [[nodiscard]] text_encoding encoding() const;
    [[nodiscard]] bool had_byte_order_mark() const;

    /// Octets of text that were read so far, for a progress bar.
    [[nodiscard]] std::uint64_t position() const;

private:
    struct state;
    explicit reader(std::unique_ptr<state> made);
    std::unique_ptr<state> state_;
};

} // namespace dsplan::ldif
