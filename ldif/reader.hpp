#pragma once
#include <ldif/parse_error.hpp>
#include <ldif/record.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// How the octets of a file become text.
enum class text_encoding : std::uint8_t {
    detect, ///< by byte order mark, UTF-8 without one
    utf8,
    utf16_little_endian,
    utf16_big_endian,
    latin1, ///< what an "ANSI" export of ldifde is read as when the user says so
};

struct reader_options {
    text_encoding encoding = text_encoding::detect;
    std::size_t maximum_record_size = std::size_t{256} << 20; ///< octets; a longer record or line is an error
};

/// Reads LDIF record by record in bounded memory: RFC 2849 and the dialects of ldifde, ldapsearch and
/// ldbsearch.
///
///     auto opened = reader::open("export.ldf");
///     while (auto next = opened->next()) {          // an error ends the loop too
///         if (!*next) break;                        // the end of the file
///         use(**next);
///     }
class reader {
public:
    /// Opens a file. Not found, not readable, a directory, not text: an error without a line.
    [[nodiscard]] static result<reader> open(std::filesystem::path const& file, reader_options options = {});

    /// Reads from memory; `text` must outlive the reader. `name` is what errors call it.
    [[nodiscard]] static reader from_text(std::string_view text, std::string name = {},
                                          reader_options options = {});

    reader(reader&&) noexcept;
    reader& operator=(reader&&) noexcept;
    ~reader();

    /// The next record, valid until the next call; null at the end of the input.
    [[nodiscard]] result<record const*> next();

private:
    struct state;
    explicit reader(std::unique_ptr<state> state);
    std::unique_ptr<state> state_;
};

} // namespace dsplan::ldif
