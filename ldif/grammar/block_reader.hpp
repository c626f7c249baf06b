#pragma once
#include <ldif/grammar/text_source.hpp>
#include <ldif/parse_error.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// A line as it lies in the file, without its line end; `begin` counts from the start of its block.
struct physical_line {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
};

/// The lines between two separators.
struct block {
    std::string_view text;             ///< with all line ends but that of the separator
    std::vector<physical_line> lines;  ///< none of them empty
    std::uint64_t first_line = 1;      ///< physical line of lines[0]
    std::uint64_t blank_separator = 0; ///< physical line of a separator after it that holds blanks, or 0
    bool is_last_line_ended = true;
    bool is_at_end = false; ///< the file ends behind it, without an empty line

    [[nodiscard]] std::string_view line(std::size_t index) const {
        return text.substr(lines[index].begin, lines[index].size);
    }
};

/// What stopped a block.
struct block_too_large {
    std::uint64_t line = 0;
    bool is_line = false; ///< one line alone is over the limit
};

/// Cuts text into blocks, holding one of them at a time.
///
/// A line that holds only blanks separates like an empty one where the next line is empty, begins with "dn:"
/// or
/// '#', or is missing; otherwise it continues a folded value.
class block_reader {
public:
    block_reader(text_source source, std::size_t maximum_size);

    /// The next block, valid until the next call; null at the end. An error skips its block.
    [[nodiscard]] tl::expected<block const*, block_too_large> next();

    [[nodiscard]] text_source const& source() const { return source_; }

    /// Octets of text that were consumed so far.
    [[nodiscard]] std::uint64_t consumed() const { return dropped_ + position_; }

    /// Physical lines that were consumed so far.
    [[nodiscard]] std::uint64_t lines_read() const { return line_ - 1; }

    /// The first octets of the text, to see whether it is text at all.
    [[nodiscard]] std::string_view beginning();

private:
    struct found_line {
        std::size_t begin = 0;
        std::size_t size = 0;
        bool is_ended = true;
    };
    [[nodiscard]] bool find_line(found_line& line);
    [[nodiscard]] bool refill();
    [[nodiscard]] bool separates(found_line const& line);
    [[nodiscard]] bool is_too_large(found_line const& line) const;
    [[nodiscard]] block_too_large skip(found_line const& line);
    void consume(found_line const& line);

    text_source source_;
    std::size_t maximum_size_;
    std::string buffer_;
    char const* data_ = nullptr; // the buffer, or text that lies in memory
    std::size_t end_ = 0;
    std::size_t begin_ = 0;     // of the current block
    std::size_t position_ = 0;  // of the next line
    std::uint64_t line_ = 1;    // physical number of the next line
    std::uint64_t dropped_ = 0; // octets of text that are no longer in the buffer
    bool exhausted_ = false;
    block block_;
};

} // namespace dsplan::ldif
