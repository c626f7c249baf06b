#include <ldif/grammar/block_reader.hpp>
#include <ldif/grammar/record_parser.hpp>
#include <ldif/grammar/text_source.hpp>
#include <ldif/reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::ldif {

struct reader::state {
    state(text_source source, std::string called, reader_options chosen)
        : options(std::move(chosen))
        , name(std::move(called))
        , blocks(std::move(source), options.maximum_record_size)
        , parser(name, options) {}

    reader_options options;
    std::string name;
    block_reader blocks;
    record_parser parser;
    std::string text_before;
    record current;
    result<void> begin_block(block const& lines);
    result<bool> next_block();
    void keep_text();

    bool has_block = false;
    bool begun = false;
    bool has_record = false; // the text before it may be dropped
};

namespace {

parse_error error_of(std::string file, std::string expected, std::string found, std::string hint) {
    parse_error error;
    error.file = std::move(file);
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

std::string binary_hint(std::string_view beginning) {
    using namespace std::string_view_literals;
    if (beginning.starts_with("\x1f\x8b"sv) || beginning.starts_with("PK\x03\x04"sv))
        return "the file is packed: unpack it first";
    auto const zeros = std::count(beginning.begin(), beginning.end(), '\0');
    if (static_cast<std::size_t>(zeros) * 3 > beginning.size())
        return "it may be UTF-16 without a byte order mark: say --encoding utf-16le";
    return "give the text file that ldifde, ldapsearch or ldbsearch wrote";
}

// Control characters in the first line: no text, whatever follows.
bool is_binary(std::string_view beginning) {
    auto const first_line = beginning.substr(0, beginning.find('\n'));
    return std::any_of(first_line.begin(), first_line.end(),
                       [](char c) { return c >= 0 && c < 0x20 && c != '\t' && c != '\r'; });
}

parse_error too_large(std::string file, block_too_large const& problem, std::size_t limit) {
    auto error =
        error_of(std::move(file),
                 fmt::format("{} of at most {} octets", problem.is_line ? "a line" : "a record", limit),
                 "a longer one", "split it, or raise the limit");
    error.line = problem.line;
    error.can_continue = true;
    return error;
}

} // namespace

// The first block tells whether a byte order mark stood before it.
result<void> reader::state::begin_block(block const& lines) {
    parser.begin(lines);
    if (std::exchange(begun, true))
        return {};
    auto const& source = blocks.source();
    parser.plain_is_unicode = source.had_mark() || source.encoding() != text_encoding::utf8;
    if (!source.had_mark())
        return {};
    return parser.judge(policy::byte_order_mark,
                        parser.error_at(0, 0, 1, "no byte order mark", "one before the text", ""));
}

// False at the end of the input.
result<bool> reader::state::next_block() {
    auto const next = blocks.next();
    has_block = next && *next != nullptr;
    if (!next)
        return tl::unexpected(too_large(name, next.error(), options.maximum_record_size));
    if (has_block)
        return begin_block(**next).map([] { return true; });
    if (blocks.source().failed())
        return tl::unexpected(error_of(name, "an LDIF file that can be read", "an input error", ""));
    return false;
}

// Lines that belong to no record stay for whoever writes the file again.
void reader::state::keep_text() {
    auto const text = parser.taken_text();
    text_before += text;
    text_before += text.ends_with("\r\n") ? "\r\n" : "\n";
}

reader::reader(std::unique_ptr<state> made) : state_(std::move(made)) {}
reader::reader(reader&&) noexcept = default;
reader& reader::operator=(reader&&) noexcept = default;
reader::~reader() = default;

result<reader> reader::open(std::filesystem::path const& file, reader_options options) {
    auto source = text_source::open(file, options.encoding);
    if (!source)
        return tl::unexpected(std::move(source.error()));
    bool const may_be_empty = options.rules[policy::empty_file] != policy_action::reject;
    reader opened(std::make_unique<state>(std::move(*source), file.string(), std::move(options)));
    auto const beginning = opened.state_->blocks.beginning();
    if (beginning.empty() && opened.state_->blocks.source().failed())
        return tl::unexpected(error_of(file.string(), "an LDIF file that can be read", "an input error", ""));
    if (beginning.empty() && !may_be_empty)
        return tl::unexpected(error_of(file.string(), "LDIF records", "an empty file",
                                       "the export wrote nothing: look at its messages"));
    if (is_binary(beginning))
        return tl::unexpected(error_of(file.string(), "LDIF text", "a binary file", binary_hint(beginning)));
    return opened;
}

reader reader::from_text(std::string_view text, std::string name, reader_options options) {
    text_source source(text, options.encoding);
    return reader(std::make_unique<state>(std::move(source), std::move(name), std::move(options)));
}

reader reader::from_stream(std::istream& input, std::string name, reader_options options) {
    text_source source(input, options.encoding);
    return reader(std::make_unique<state>(std::move(source), std::move(name), std::move(options)));
}

result<record_view const*> reader::next_view() {
    auto& it = *state_;
    it.parser.findings.clear();
    if (std::exchange(it.has_record, false))
        it.text_before.clear();
    for (;;) {
        if (!it.has_block || !it.parser.has_more()) {
            auto const more = it.next_block();
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                return nullptr;
        }
        auto const parsed = it.parser.next();
        if (!parsed) {
            it.parser.recover();
            return tl::unexpected(parsed.error());
        }
        if (*parsed == nullptr) {
            it.keep_text();
            continue;
        }
        it.has_record = true;
        (*parsed)->text_before = it.text_before;
        return *parsed;
    }
}

result<record const*> reader::next() {
    auto const view = next_view();
    if (!view)
        return tl::unexpected(view.error());
    if (*view == nullptr)
        return nullptr;
    assign(state_->current, **view);
    return &state_->current;
}

std::span<finding const> reader::findings() const {
    return state_->parser.findings;
}

std::string_view reader::text_behind() const {
    return state_->text_before;
}

std::uint64_t reader::position() const {
    return state_->blocks.consumed();
}

} // namespace dsplan::ldif
