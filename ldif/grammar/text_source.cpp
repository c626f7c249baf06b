#include <ldif/grammar/text_source.hpp>

#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace dsplan::ldif {
namespace {

parse_error unreadable(std::filesystem::path const& file, std::string found, std::string hint = {}) {
    parse_error error;
    error.file = file.string();
    error.expected = "an LDIF file that can be read";
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

bool is_utf16(text_encoding encoding) {
    return encoding == text_encoding::utf16_little_endian || encoding == text_encoding::utf16_big_endian;
}

} // namespace

result<text_source> text_source::open(std::filesystem::path const& file, text_encoding encoding, bool maps) {
    std::error_code problem;
    auto const status = std::filesystem::status(file, problem);
    if (status.type() == std::filesystem::file_type::not_found)
        return tl::unexpected(unreadable(file, "no such file", "check the spelling and the folder"));
    if (status.type() == std::filesystem::file_type::directory)
        return tl::unexpected(unreadable(file, "a directory", "name one file in it"));
    if (problem)
        return tl::unexpected(unreadable(file, problem.message()));
    if (maps && status.type() == std::filesystem::file_type::regular)
        return map(file, encoding);
    auto input = std::make_unique<std::ifstream>();
    input->rdbuf()->pubsetbuf(nullptr, 0);
    input->open(file, std::ios::binary);
    if (!*input)
        return tl::unexpected(unreadable(file, "a file that may not be opened", "check its permissions"));
    text_source source(*input, encoding);
    source.owned_ = std::move(input);
    return source;
}

result<text_source> text_source::map(std::filesystem::path const& file, text_encoding encoding) {
    namespace bi = boost::interprocess;
    std::error_code problem;
    if (std::filesystem::file_size(file, problem) == 0)
        return text_source(std::string_view(""), encoding);
    try {
        auto const region =
            std::make_shared<bi::mapped_region>(bi::file_mapping(file.c_str(), bi::read_only), bi::read_only);
        region->advise(bi::mapped_region::advice_sequential);
        text_source source({static_cast<char const*>(region->get_address()), region->get_size()}, encoding);
        source.mapping_ = region;
        return source;
    } catch (bi::interprocess_exception const& refused) {
        return tl::unexpected(unreadable(file, refused.what(), "check its permissions"));
    }
}

text_source::text_source(std::istream& input, text_encoding encoding) : input_(&input), encoding_(encoding) {}

text_source::text_source(std::string_view text, text_encoding encoding) : memory_(text), encoding_(encoding) {
    begin();
}

std::size_t text_source::fill(std::string& octets, std::size_t size) {
    std::size_t const start = octets.size();
    if (input_ == nullptr) {
        auto const part = memory_.substr(0, size);
        octets += part;
        memory_.remove_prefix(part.size());
        return part.size();
    }
    octets.resize(start + size);
    input_->read(octets.data() + start, static_cast<std::streamsize>(size));
    auto const count = static_cast<std::size_t>(std::max<std::streamsize>(0, input_->gcount()));
    failed_ = failed_ || input_->bad();
    octets.resize(start + count);
    return count;
}

// Looks at the first octets for a byte order mark.
void text_source::begin() {
    begun_ = true;
    if (input_ != nullptr)
        while (octets_.size() < 4 && fill(octets_, 4 - octets_.size()) != 0) {
        }
    auto const found = detect_encoding(input_ == nullptr ? memory_ : std::string_view(octets_));
    bool const applies = encoding_ == text_encoding::detect || encoding_ == found.encoding;
    if (encoding_ == text_encoding::detect)
        encoding_ = found.encoding;
    transcoder_ = transcoder(encoding_);
    had_mark_ = applies && found.mark_size != 0;
    if (!had_mark_)
        return;
    if (input_ == nullptr)
        memory_.remove_prefix(found.mark_size);
    else
        octets_.erase(0, found.mark_size);
}

std::string_view text_source::whole() const {
    bool const as_it_is = input_ == nullptr && encoding_ == text_encoding::utf8;
    return as_it_is ? memory_ : std::string_view();
}

bool text_source::read(std::string& text, std::size_t size) {
    if (!begun_)
        begin();
    if (ended_)
        return false;
    if (encoding_ == text_encoding::utf8) {
        text += octets_;
        std::size_t const early = octets_.size();
        octets_.clear();
        ended_ = fill(text, size) == 0;
        return early != 0 || !ended_;
    }
    std::size_t const before = text.size();
    std::size_t const wanted = std::max<std::size_t>(4, size / (is_utf16(encoding_) ? 1 : 2));
    ended_ = fill(octets_, wanted) == 0;
    transcoder_.append(text, octets_);
    octets_.clear();
    if (ended_)
        transcoder_.finish(text);
    return text.size() != before || !ended_;
}

} // namespace dsplan::ldif
