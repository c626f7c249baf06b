#include <ldif/grammar/block_reader.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <cstring>

namespace dsplan::ldif {
namespace {

constexpr std::size_t piece_size = std::size_t{256} << 10;
constexpr std::size_t largest_limit = std::size_t{2} << 30; // physical_line counts in 32 bits

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

bool begins_record(std::string_view text) {
    return text.starts_with('#') || equals_keyword(text.substr(0, 3), "dn:");
}

} // namespace

block_reader::block_reader(text_source source, std::size_t maximum_size)
    : source_(std::move(source))
    , maximum_size_(std::min(maximum_size, largest_limit)) {
    auto const whole = source_.whole();
    if (whole.data() == nullptr)
        return;
    exhausted_ = true;
    data_ = whole.data();
    end_ = whole.size();
}

// Drops what lies before the block and reads on; the offsets of the block's lines stay right.
bool block_reader::refill() {
    if (exhausted_)
        return false;
    buffer_.erase(0, begin_);
    position_ -= begin_;
    dropped_ += begin_;
    begin_ = 0;
    std::size_t const wanted = std::max(piece_size, buffer_.size());
    buffer_.reserve(buffer_.size() + wanted + 4);
    exhausted_ = !source_.read(buffer_, wanted);
    data_ = buffer_.data();
    end_ = buffer_.size();
    return !exhausted_;
}

std::string_view block_reader::beginning() {
    if (position_ == end_)
        (void)refill();
    return {data_ + position_, std::min<std::size_t>(end_ - position_, 4096)};
}

// Finds the line at `position_` without consuming it; false at the end of the text.
bool block_reader::find_line(found_line& line) {
    std::size_t scanned = 0;
    for (;;) {
        std::size_t const from = position_ + scanned;
        auto const* const at = end_ == from ? nullptr : std::memchr(data_ + from, '\n', end_ - from);
        scanned = end_ - position_;
        if (at != nullptr) {
            line.begin = position_;
            line.size = static_cast<std::size_t>(static_cast<char const*>(at) - data_) - position_;
            line.is_ended = true;
            return true;
        }
        if (scanned > maximum_size_ || !refill()) {
            line = {position_, scanned, false};
            return scanned != 0;
        }
    }
}

void block_reader::consume(found_line const& line) {
    position_ = line.begin + line.size + (line.is_ended ? 1 : 0);
    ++line_;
}

// Whether a line of blanks, which is consumed already, ends the block.
bool block_reader::separates(found_line const& line) {
    if (data_[line.begin] == '\t')
        return true;
    found_line next;
    if (!find_line(next))
        return true;
    std::string_view text{data_ + next.begin, next.size};
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    return is_blank(text) || begins_record(text);
}

bool block_reader::is_too_large(found_line const& line) const {
    return line.begin + line.size - begin_ > maximum_size_;
}

// Goes on after the next empty line, dropping text as it comes.
block_too_large block_reader::skip(found_line const& line) {
    block_too_large const problem{line_, line.size > maximum_size_};
    found_line skipped = line;
    bool is_rest_of_line = false;
    for (;;) {
        bool const empty = !is_rest_of_line && skipped.is_ended &&
                           (skipped.size == 0 || (skipped.size == 1 && data_[skipped.begin] == '\r'));
        is_rest_of_line = !skipped.is_ended;
        if (skipped.is_ended)
            consume(skipped);
        else
            position_ = end_;
        begin_ = position_;
        if (empty || !find_line(skipped))
            return problem;
    }
}

tl::expected<block const*, block_too_large> block_reader::next() {
    block_.lines.clear();
    block_.blank_separator = 0;
    block_.is_last_line_ended = true;
    block_.is_at_end = false;
    begin_ = position_;
    found_line line;
    while (find_line(line)) {
        if (is_too_large(line))
            return tl::unexpected(skip(line));
        std::size_t size = line.size;
        if (size != 0 && data_[line.begin + size - 1] == '\r')
            --size;
        char const first = size == 0 ? '\0' : data_[line.begin];
        bool const blank = (first == ' ' || first == '\t') && is_blank({data_ + line.begin, size});
        std::size_t const offset = line.begin - begin_;
        std::uint64_t const number = line_;
        consume(line);
        line.begin = begin_ + offset;
        // At the end of a file that was cut off a blank may be where a value goes on.
        bool const may_go_on = blank && !line.is_ended && !block_.lines.empty();
        if (size == 0 || (blank && !may_go_on && separates({begin_ + offset, size, line.is_ended}))) {
            if (block_.lines.empty()) {
                begin_ = position_;
                continue;
            }
            block_.blank_separator = size == 0 ? 0 : number;
            block_.text = {data_ + begin_, offset};
            return &block_;
        }
        if (block_.lines.empty())
            block_.first_line = number;
        block_.lines.push_back({static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(size)});
        block_.is_last_line_ended = line.is_ended;
    }
    block_.text = {data_ + begin_, position_ - begin_};
    block_.is_at_end = true;
    return block_.lines.empty() ? nullptr : &block_;
}

} // namespace dsplan::ldif
