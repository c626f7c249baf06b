#include <ldif/grammar/reader_state.hpp>
#include <ldif/reader.hpp>

#include <algorithm>
#include <array>

namespace dsplan::ldif {

struct reader::state : reader_state {
    using reader_state::reader_state;
    record current;
};

namespace {

using namespace std::string_view_literals;

// What a file is that is no LDIF, and what to do.
struct other_format {
    std::string_view mark; ///< it begins with this
    std::string_view name;
    std::string_view hint;
};
constexpr std::string_view unpack = "unpack it first";
constexpr std::string_view export_it = "give the text file that ldifde, ldapsearch or ldbsearch wrote";
constexpr std::array<other_format, 9> other_formats{
    {{"\x1f\x8b"sv, "a packed file", unpack},
     {"PK\x03\x04"sv, "a packed file", unpack},
     {"\x89PNG"sv, "a PNG picture", export_it},
     {"%PDF"sv, "a PDF document", export_it},
     {"MZ\x90"sv, "a Windows program", export_it},
     {"{"sv, "JSON", "give an LDIF export, or the .ldf files of the plan: dsplan reads no JSON here"},
     {"["sv, "JSON", "give an LDIF export: dsplan reads no JSON here"},
     {"<"sv, "XML or HTML", export_it},
     {"Windows Registry Editor"sv, "a registry file", export_it}}};

constexpr std::string_view csv_hint = "this is CSV: export with ldifde instead of csvde or Export-Csv";

// The first line that is no comment.
std::string_view first_line_of(std::string_view text) {
    while (!text.empty()) {
        auto const line = text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
        if (!line.empty() && !line.starts_with('#'))
            return line;
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return {};
}

// Columns in a line without the colon that every line of LDIF has.
bool is_csv(std::string_view line) {
    auto const colon = line.find(':');
    return (line.starts_with('"') || colon == std::string_view::npos) &&
           line.find_first_of(",;\t") != std::string_view::npos;
}

std::string_view binary_hint(std::string_view beginning) {
    auto const zeros = std::count(beginning.begin(), beginning.end(), '\0');
    return static_cast<std::size_t>(zeros) * 3 > beginning.size()
               ? "it may be UTF-16 without a byte order mark: say --encoding utf-16le"
               : export_it;
}

// Control characters in the first line: no text, whatever follows.
bool is_binary(std::string_view beginning) {
    auto const first_line = beginning.substr(0, beginning.find('\n'));
    return std::any_of(first_line.begin(), first_line.end(),
                       [](char c) { return c >= 0 && c < 0x20 && c != '\t' && c != '\r'; });
}

std::optional<other_format> format_of(std::string_view beginning) {
    auto const text = beginning.substr(std::min(beginning.find_first_not_of(" \t\r\n"), beginning.size()));
    auto const* const known = std::find_if(other_formats.begin(), other_formats.end(),
                                           [text](auto const& it) { return text.starts_with(it.mark); });
    if (known != other_formats.end())
        return *known;
    if (is_binary(beginning))
        return other_format{{}, "a binary file", binary_hint(beginning)};
    if (is_csv(first_line_of(beginning)))
        return other_format{{}, "columns", csv_hint};
    return std::nullopt;
}

} // namespace

reader::reader(std::unique_ptr<state> made) : state_(std::move(made)) {}
reader::reader(reader&&) noexcept = default;
reader& reader::operator=(reader&&) noexcept = default;
reader::~reader() = default;

result<reader> reader::open(std::filesystem::path const& file, reader_options options) {
    auto source = text_source::open(file, options.encoding, options.maps_files);
    if (!source)
        return tl::unexpected(std::move(source.error()));
    bool const may_be_empty = options.rules[policy::empty_file] != policy_action::reject;
    reader opened(std::make_unique<state>(std::move(*source), file.string(), std::move(options)));
    auto const beginning = opened.state_->blocks.beginning();
    if (beginning.empty() && opened.state_->blocks.source().failed())
        return tl::unexpected(
            file_error(file.string(), "an LDIF file that can be read", "an input error", ""));
    if (beginning.empty() && !may_be_empty)
        return tl::unexpected(file_error(file.string(), "LDIF records", "an empty file",
                                         "the export wrote nothing: look at its messages"));
    if (auto const found = format_of(beginning))
        return tl::unexpected(
            file_error(file.string(), "LDIF text", std::string(found->name), std::string(found->hint)));
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
    for (;;) {
        auto next = state_->next();
        bool const is_of_record = !next && next.error().can_continue && !next.error().is_incomplete;
        if (!is_of_record || !state_->options.on_unreadable)
            return next;
        state_->options.on_unreadable(next.error());
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

text_encoding reader::encoding() const {
    return state_->blocks.source().encoding();
}

bool reader::had_byte_order_mark() const {
    return state_->blocks.source().had_mark();
}

std::uint64_t reader::position() const {
    return state_->blocks.consumed();
}

} // namespace dsplan::ldif
