#include <ldif/grammar/reader_state.hpp>
#include <ldif/reader.hpp>

#include <algorithm>

namespace dsplan::ldif {

struct reader::state : reader_state {
    using reader_state::reader_state;
    record current;
};

namespace {

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
    if (is_binary(beginning))
        return tl::unexpected(
            file_error(file.string(), "LDIF text", "a binary file", binary_hint(beginning)));
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
    return state_->next();
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
