#include <sddl/detail/sid_text.hpp>
#include <sddl/number.hpp>

#include <limits>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::uint64_t largest_authority = 0xFFFF'FFFF'FFFF;
constexpr std::uint64_t largest_sub_authority = std::numeric_limits<std::uint32_t>::max();

// Walks over "S-1-5-32-544" part by part.
class sid_reader {
public:
    sid_reader(std::string_view text, std::vector<parse_error>& warnings)
        : text_(text)
        , warnings_(warnings) {}

    result<sid> read();

private:
    [[nodiscard]] tl::unexpected<parse_error> unexpected(std::string expected, std::size_t begin) const;
    void warn(std::size_t begin, std::size_t end, std::string expected, std::string found);
    void skip_blanks();
    bool take_dash();
    result<void> read_revision();
    result<std::uint64_t> read_part(std::string_view what, std::uint64_t largest);

    std::string_view text_;
    std::vector<parse_error>& warnings_;
    std::size_t place_ = 0;
    unsigned base_ = 0; // 16 once the revision was hexadecimal
};

tl::unexpected<parse_error> sid_reader::unexpected(std::string expected, std::size_t begin) const {
    auto const found =
        begin == text_.size() ? std::string("the end of the SID") : quoted(text_.substr(begin));
    return unexpected_at(begin, text_.size(), std::move(expected), found);
}

void sid_reader::warn(std::size_t begin, std::size_t end, std::string expected, std::string found) {
    warnings_.push_back({.begin = begin,
                         .end = end,
                         .expected = std::move(expected),
                         .found = std::move(found),
                         .context = {},
                         .hint = {}});
}

void sid_reader::skip_blanks() {
    auto const begin = place_;
    while (place_ < text_.size() && is_blank(text_[place_]))
        ++place_;
    if (place_ != begin)
        warn(begin, place_, "no blanks in a SID", quoted(text_.substr(begin, place_ - begin)));
}

bool sid_reader::take_dash() {
    if (place_ == text_.size() || text_[place_] != '-')
        return false;
    ++place_;
    return true;
}

result<void> sid_reader::read_revision() {
    auto const begin = place_;
    auto const revision = read_number(text_.substr(place_), 0, 0xFF);
    if (revision.consumed == 0 || revision.value != 1)
        return unexpected("the SID revision 1", begin);
    place_ += revision.consumed;
    if (revision.base == 16) {
        base_ = 16;
        warn(begin, place_, "the SID revision 1 in decimal (every part of this SID is read as hexadecimal)",
             quoted(text_.substr(begin, place_ - begin)));
    }
    return success();
}

result<std::uint64_t> sid_reader::read_part(std::string_view what, std::uint64_t largest) {
    auto const end_of_part = place_;
    skip_blanks();
    if (place_ == text_.size() && place_ != end_of_part)
        return unexpected_at(end_of_part, place_, "no blank after a SID", quoted(text_.substr(end_of_part)));
    if (!take_dash())
        return unexpected("'-' and " + std::string(what), place_);
    skip_blanks();
    auto const begin = place_;
    auto const part = read_number(text_.substr(place_), base_, largest);
    if (part.consumed == 0)
        return unexpected(std::string(what), begin);
    place_ += part.consumed;
    auto const written = text_.substr(begin, part.consumed);
    if (part.saturated && largest == largest_authority)
        return unexpected_at(begin, place_, "an identifier authority of at most 48 bits", quoted(written));
    if (part.saturated)
        warn(begin, place_, std::string(what) + " up to " + std::to_string(largest), quoted(written));
    else if (part.has_minus || part.has_plus)
        warn(begin, place_, std::string(what) + " without a sign", quoted(written));
    else if (part.value > largest_sub_authority && part.base != 16)
        warn(begin, place_, std::string(what) + " above 4294967295 in hexadecimal", quoted(written));
    return part.value;
}

result<sid> sid_reader::read() {
    if (text_.size() < 2 || capital(text_[0]) != 'S' || text_[1] != '-')
        return unexpected("a SID such as S-1-5-32-544", 0);
    place_ = 2;
    skip_blanks();
    if (auto const revision = read_revision(); !revision)
        return tl::unexpected(revision.error());
    auto const authority = read_part("an identifier authority", largest_authority);
    if (!authority)
        return tl::unexpected(authority.error());
    auto read = make_sid(*authority, {});
    do {
        if (read.sub_authority_count == sid::max_sub_authorities)
            return unexpected("at most 15 sub-authorities", place_);
        auto const part = read_part("a sub-authority", largest_sub_authority);
        if (!part)
            return tl::unexpected(part.error());
        read.sub_authorities[read.sub_authority_count++] = static_cast<std::uint32_t>(*part);
    } while (place_ != text_.size());
    return read;
}

} // namespace

result<sid> parse_sid_text(std::string_view text, std::vector<parse_error>& warnings) {
    return sid_reader(text, warnings).read();
}

} // namespace dsplan::sddl
