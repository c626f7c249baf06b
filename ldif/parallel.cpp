#include <ldif/grammar/reader_state.hpp>
#include <ldif/parallel.hpp>

#include <algorithm>
#include <fstream>
#include <future>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::ldif {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20;

// A record whose views stay valid beside others of its piece.
struct kept_record {
    record_view view;
    std::vector<control_view> controls;
    std::vector<attribute_value_view> attributes;
    std::vector<modification_view> modifications;
    std::vector<std::string_view> values;

    void keep(record_view const& source) {
        view = source;
        controls.assign(source.controls.begin(), source.controls.end());
        attributes.assign(source.attributes.begin(), source.attributes.end());
        modifications.assign(source.modifications.begin(), source.modifications.end());
        values.clear();
        for (auto const& it : source.modifications)
            values.insert(values.end(), it.values.begin(), it.values.end());
        std::string_view const* position = values.data();
        for (auto& it : modifications) {
            it.values = {position, it.values.size()};
            position += it.values.size();
        }
        view.controls = controls;
        view.attributes = attributes;
        view.modifications = modifications;
        view.text_before = {};
    }
};

// Text between two empty lines with what was read from it.
struct piece {
    std::string text;
    record_parser::value_memory values; // handed to the parser and back
    std::vector<kept_record> records;
    std::size_t count = 0;
    std::uint64_t lines = 0;
    std::optional<parse_error> error;
    bool is_first = false;
};

template <class Use>
void parse(piece& it, std::string const& name, reader_options const& options, bool keeps, Use use) {
    reader_state state(text_source(it.text, text_encoding::utf8), name, options);
    if (keeps)
        state.parser.keep_values(std::move(it.values), it.text.size());
    if (!it.is_first)
        state.parser.continue_file();
    it.error.reset();
    for (;;) {
        auto const next = state.next();
        if (!next)
            it.error = next.error();
        if (!next || *next == nullptr)
            break;
        use(**next);
    }
    it.lines = state.blocks.lines_read();
    if (keeps)
        it.values = state.parser.take_values();
}

void parse_and_keep(piece& it, std::string const& name, reader_options const& options) {
    it.count = 0;
    parse(it, name, options, true, [&it](record_view const& record) {
        if (it.count == it.records.size())
            it.records.emplace_back();
        it.records[it.count++].keep(record);
    });
}

// Cuts a file behind empty lines.
class file_cutter {
public:
    explicit file_cutter(std::filesystem::path const& file) : input_(file, std::ios::binary) {}

    // False at the end of the file.
    bool next(piece& target) {
        target.is_first = std::exchange(is_first_, false);
        target.text.swap(rest_);
        rest_.clear();
        for (std::size_t wanted = piece_size;; wanted *= 2) {
            bool const more = fill(target.text, wanted);
            std::size_t const cut = more ? behind_empty_line(target.text) : target.text.size();
            if (cut == 0 && more)
                continue;
            rest_.assign(target.text, cut);
            target.text.resize(cut);
            return cut != 0;
        }
    }
    [[nodiscard]] bool failed() const { return input_.bad(); }

private:
    bool fill(std::string& text, std::size_t wanted) {
        std::size_t const before = text.size();
        if (before >= wanted)
            return true;
        text.resize(wanted);
        input_.read(text.data() + before, static_cast<std::streamsize>(wanted - before));
        text.resize(before + static_cast<std::size_t>(std::max<std::streamsize>(0, input_.gcount())));
        return !input_.eof() && !input_.fail();
    }
    static std::size_t behind_empty_line(std::string const& text) {
        auto const lf = text.rfind("\n\n");
        auto const crlf = text.rfind("\n\r\n");
        std::size_t const cut =
            std::max(lf == std::string::npos ? 0 : lf + 2, crlf == std::string::npos ? 0 : crlf + 3);
        return cut;
    }

    std::ifstream input_;
    std::string rest_;
    bool is_first_ = true;
};

parse_error moved(parse_error error, std::uint64_t lines) {
    if (error.line != 0)
        error.line += lines;
    return error;
}

result<void> read_with_one(reader input, std::function<void(record_view const&)> const& use) {
    for (;;) {
        auto const next = input.next_view();
        if (!next)
            return tl::unexpected(next.error());
        if (*next == nullptr)
            return {};
        use(**next);
    }
}

bool is_utf8(std::filesystem::path const& file, text_encoding encoding) {
    std::ifstream input(file, std::ios::binary);
    char beginning[3] = {};
    input.read(beginning, sizeof beginning);
    auto const found = detect_encoding({beginning, static_cast<std::size_t>(input.gcount())});
    return (encoding == text_encoding::detect || encoding == text_encoding::utf8) && found.mark_size == 0;
}

// One round: the first piece is used while it is read, the others are read meanwhile.
result<void> use_round(std::vector<piece>& pieces, std::size_t count, std::string const& name,
                       reader_options const& options, std::uint64_t& lines,
                       std::function<void(record_view const&)> const& use) {
    std::vector<std::future<void>> others;
    for (std::size_t i = 1; i < count; ++i)
        others.push_back(
            std::async(std::launch::async, [&, i] { parse_and_keep(pieces[i], name, options); }));
    parse(pieces[0], name, options, false, [&](record_view view) {
        view.line += lines;
        use(view);
    });
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0)
            others[i - 1].get();
        for (std::size_t k = 0; i != 0 && k < pieces[i].count; ++k) {
            pieces[i].records[k].view.line += lines;
            use(pieces[i].records[k].view);
        }
        if (pieces[i].error)
            return tl::unexpected(moved(*pieces[i].error, lines));
        lines += pieces[i].lines;
    }
    return {};
}

} // namespace

result<void> for_each_record(std::filesystem::path const& file, reader_options const& options,
                             unsigned threads, std::function<void(record_view const&)> const& use) {
    auto opened = reader::open(file, options);
    if (!opened)
        return tl::unexpected(std::move(opened.error()));
    bool const is_file = std::filesystem::is_regular_file(file); // a pipe can be read only once
    if (threads < 2 || !is_file || !is_utf8(file, options.encoding))
        return read_with_one(std::move(*opened), use);
    file_cutter cutter(file);
    std::vector<piece> pieces(threads);
    std::uint64_t lines = 0;
    for (bool more = true; more;) {
        std::size_t count = 0;
        while (count < threads && (more = cutter.next(pieces[count])))
            ++count;
        if (count == 0)
            break;
        if (auto done = use_round(pieces, count, file.string(), options, lines, use); !done)
            return done;
    }
    if (!cutter.failed())
        return {};
    return tl::unexpected(file_error(file.string(), "an LDIF file that can be read", "an input error", ""));
}

} // namespace dsplan::ldif
