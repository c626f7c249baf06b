#include <ldif/grammar/reader_state.hpp>
#include <ldif/printable.hpp>

#include <fmt/format.h>

#include <utility>

namespace dsplan::ldif {

parse_error file_error(std::string file, std::string expected, std::string found, std::string hint) {
    parse_error error;
    error.file = std::move(file);
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

namespace {

parse_error too_large(std::string file, block_too_large const& problem, std::size_t limit) {
    auto error =
        file_error(std::move(file),
                   fmt::format("{} of at most {} octets", problem.is_line ? "a line" : "a record", limit),
                   "a longer one", "no object of a directory is that large: the file is damaged, or no LDIF");
    error.line = problem.line;
    error.can_continue = true;
    return error;
}

} // namespace

// The first block tells whether a byte order mark stood before it.
result<void> reader_state::begin_block(block const& lines) {
    parser.begin(lines);
    if (std::exchange(begun, true))
        return {};
    auto const& source = blocks.source();
    parser.plain_is_unicode = source.had_mark() || source.encoding() != text_encoding::utf8;
    if (!source.had_mark())
        return {};
    if (source.encoding() != text_encoding::utf16_little_endian)
        if (auto judged = parser.judge(
                policy::foreign_encoding,
                parser.error_at(0, 0, 1, "ASCII or UTF-16LE with a byte order mark",
                                source.encoding() == text_encoding::utf8 ? "UTF-8 with a byte order mark"
                                                                         : "big-endian UTF-16",
                                "nothing says that ldifde reads it: dsplan ldif format writes ASCII"));
            !judged)
            return judged;
    return parser.judge(policy::byte_order_mark,
                        parser.error_at(0, 0, 1, "no byte order mark", "one before the text", ""));
}

// False at the end of the input.
result<bool> reader_state::next_block() {
    auto const next = blocks.next();
    has_block = next && *next != nullptr;
    if (!next)
        return tl::unexpected(too_large(name, next.error(), options.maximum_record_size));
    if (has_block)
        return begin_block(**next).map([] { return true; });
    if (blocks.source().failed())
        return tl::unexpected(file_error(name, "an LDIF file that can be read", "an input error", ""));
    return false;
}

// Lines that belong to no record stay for whoever writes the file again.
void reader_state::keep_text() {
    auto const text = parser.taken_text();
    text_before += text;
    text_before += text.ends_with("\r\n") ? "\r\n" : "\n";
}

// An error, or the end of the input where what was cut off may be left out.
result<record_view const*> reader_state::end_inside_record(parse_error why) {
    why.hint +=
        fmt::format("{}--incomplete {}", why.hint.empty() ? "" : "; ",
                    parser.is_whole() ? "takes it as it is" : "reads the file without its last record");
    why.is_incomplete = true;
    if (auto judged = parser.judge(policy::incomplete_record, why); !judged)
        return tl::unexpected(judged.error());
    return nullptr;
}

std::optional<parse_error> reader_state::wrong_total(std::string_view text) {
    auto const wrong = is_part ? std::nullopt : totals.check(text);
    if (!wrong)
        return std::nullopt;
    auto error =
        file_error(name, fmt::format("as many records as '{}' says", printable(wrong->said)),
                   fmt::format("{}", wrong->found),
                   "the file was cut off or edited: export it again; --incomplete reads what there is");
    error.line = parser.first_line() + wrong->lines_before;
    error.source = printable(wrong->said);
    error.can_continue = true;
    error.is_incomplete = true;
    return error;
}

result<record_view const*> reader_state::next() {
    parser.findings.clear();
    if (std::exchange(has_record, false))
        text_before.clear();
    for (;;) {
        if (!has_block || !parser.has_more()) {
            auto const more = next_block();
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                return nullptr;
        }
        auto const parsed = parser.next();
        if (!parsed) {
            totals.count_record();
            parser.recover();
            if (parser.is_at_end_of_file(parsed.error()))
                return end_inside_record(parsed.error());
            return tl::unexpected(parsed.error());
        }
        if (auto why = parser.why_cut_off())
            if (auto const done = end_inside_record(std::move(*why)); !done || !parser.is_whole())
                return done;
        if (*parsed == nullptr) {
            keep_text();
            if (auto why = wrong_total(parser.taken_text()))
                if (auto judged = parser.judge(policy::wrong_total, *why); !judged)
                    return tl::unexpected(judged.error());
            continue;
        }
        totals.count_record();
        has_record = true;
        (*parsed)->text_before = text_before;
        return *parsed;
    }
}

} // namespace dsplan::ldif
