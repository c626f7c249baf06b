#pragma once
#include <ldif/parse_error.hpp>
#include <ldif/text_encoding.hpp>

#include <cstddef>
#include <filesystem>
#include <istream>
#include <memory>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Octets from a file, a stream or memory as UTF-8 text without its byte order mark.
class text_source {
public:
    [[nodiscard]] static result<text_source> open(std::filesystem::path const& file, text_encoding encoding,
                                                  bool maps = false);
    text_source(std::istream& input, text_encoding encoding);
    text_source(std::string_view text, text_encoding encoding);

    /// Appends at most about `size` octets of text; false at the end.
    [[nodiscard]] bool read(std::string& text, std::size_t size);

    /// The whole text where it lies in memory as UTF-8 and need not be copied; otherwise null data.
    [[nodiscard]] std::string_view whole() const;

    /// What the text was made from, known after the first read.
    [[nodiscard]] text_encoding encoding() const { return encoding_; }
    [[nodiscard]] bool had_mark() const { return had_mark_; }
    [[nodiscard]] bool failed() const { return failed_; }

private:
    std::size_t fill(std::string& octets, std::size_t size);
    void begin();

    [[nodiscard]] static result<text_source> map(std::filesystem::path const& file, text_encoding encoding);

    std::unique_ptr<std::istream> owned_;
    std::shared_ptr<void const> mapping_; // what memory_ lies in
    std::istream* input_ = nullptr;
    std::string_view memory_;
    text_encoding encoding_;
    transcoder transcoder_{text_encoding::utf8};
    std::string octets_; // what is not transcoded yet
    bool begun_ = false;
    bool ended_ = false;
    bool had_mark_ = false;
    bool failed_ = false;
};

} // namespace dsplan::ldif
