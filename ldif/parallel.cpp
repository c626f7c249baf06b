#include <ldif/grammar/reader_state.hpp>
#include <ldif/parallel.hpp>

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace dsplan::ldif {
namespace {

constexpr std::size_t smallest_piece = std::size_t{256} << 10;

// A record whose views stay valid beside others of its piece.
struct kept_record {
    record_view view;
    std::vector<control_view> controls;
    std::vector<attribute_value_view> attributes;
    std::vector<modification_view> modifications;
    std::vector<std::string_view> values;
    std::vector<std::uint32_t> lines;

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
        lines.assign(source.value_lines.begin(), source.value_lines.end());
        view.value_lines = lines;
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

void parse_and_keep(piece& it, std::string const& name, reader_options const& options) {
    it.count = 0;
    reader_state state(text_source(it.text, text_encoding::utf8), name, options);
    state.is_part = true;
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
        if (it.count == it.records.size())
            it.records.emplace_back();
        it.records[it.count++].keep(**next);
    }
    it.lines = state.blocks.lines_read();
    it.values = state.parser.take_values();
}

// Cuts a file behind empty lines.
class file_cutter {
public:
    explicit file_cutter(std::filesystem::path const& file) : input_(file, std::ios::binary) {}

    // False at the end of the file.
    bool next(piece& target) {
        target.is_first = std::exchange(is_first_, false);
        target.text.assign(rest_); // keeps its memory
        rest_.clear();
        for (std::size_t wanted = smallest_piece;; wanted *= 2) {
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
    // 0 where there is none.
    static std::size_t behind_empty_line(std::string_view text) {
        for (auto end = text.rfind('\n'); end != std::string_view::npos && end > 0;
             end = text.rfind('\n', end - 1)) {
            auto const before = text.substr(0, end);
            if (before.ends_with('\n') || before.ends_with("\n\r"))
                return end + 1;
        }
        return 0;
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

// Pieces of a file, read by several threads and handed out in the order of the file. The thread that asks
// reads pieces, too, while the next one in order is not ready.
class piece_queue {
public:
    piece_queue(std::filesystem::path const& file, reader_options const& options, unsigned threads)
        : cutter_(file)
        , name_(file.string())
        , options_(options)
        , pieces_(std::size_t{2} * threads) {
        for (unsigned i = 1; i < threads; ++i)
            workers_.emplace_back([this] {
                while (wait_for_room())
                    (void)produce();
            });
    }
    piece_queue(piece_queue const&) = delete;
    piece_queue& operator=(piece_queue const&) = delete;
    ~piece_queue() {
        {
            std::lock_guard const guard(state_);
            is_stopped_ = true;
        }
        changed_.notify_all();
        for (auto& it : workers_)
            it.join();
    }

    // The next piece, valid until the next call; null at the end of the file.
    piece* next() {
        if (has_used_)
            release();
        for (;;) {
            {
                std::unique_lock guard(state_);
                if (next_used_ == end_)
                    return nullptr;
                if (is_ready(next_used_) || !has_room()) {
                    changed_.wait(guard, [this] { return is_ready(next_used_) || next_used_ == end_; });
                    if (next_used_ == end_)
                        return nullptr;
                    has_used_ = true;
                    return &pieces_[next_used_ % pieces_.size()].content;
                }
            }
            (void)produce();
        }
    }
    [[nodiscard]] bool failed() const { return cutter_.failed(); }

private:
    struct place {
        piece content;
        bool is_ready = false;
    };
    static constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();

    [[nodiscard]] bool is_ready(std::uint64_t number) { return pieces_[number % pieces_.size()].is_ready; }
    [[nodiscard]] bool has_room() const { return end_ == unknown && next_cut_ < next_used_ + pieces_.size(); }

    bool wait_for_room() {
        std::unique_lock guard(state_);
        changed_.wait(guard, [this] { return is_stopped_ || end_ != unknown || has_room(); });
        return !is_stopped_ && end_ == unknown;
    }

    void release() {
        {
            std::lock_guard const guard(state_);
            pieces_[next_used_ % pieces_.size()].is_ready = false;
            ++next_used_;
            has_used_ = false;
        }
        changed_.notify_all();
    }

    // Cuts the next piece, which only one thread does at a time, and reads its records.
    bool produce() {
        std::unique_lock cutting(cut_);
        std::uint64_t number = 0;
        {
            std::lock_guard const guard(state_);
            if (!has_room())
                return false;
            number = next_cut_++;
        }
        auto& made = pieces_[number % pieces_.size()];
        bool const is_piece = cutter_.next(made.content);
        if (!is_piece) {
            std::lock_guard const guard(state_);
            end_ = number;
        }
        cutting.unlock();
        if (is_piece) {
            parse_and_keep(made.content, name_, options_);
            std::lock_guard const guard(state_);
            made.is_ready = true;
        }
        changed_.notify_all();
        return is_piece;
    }

    file_cutter cutter_;
    std::string name_;
    reader_options const& options_;
    std::vector<place> pieces_; // a ring
    std::mutex cut_;
    std::mutex state_;
    std::condition_variable changed_;
    std::uint64_t next_cut_ = 0; // by state_, as all below
    std::uint64_t next_used_ = 0;
    std::uint64_t end_ = unknown; // the number after the last piece
    bool has_used_ = false;
    bool is_stopped_ = false;
    std::vector<std::thread> workers_;
};

} // namespace

result<void> for_each_record(std::filesystem::path const& file, reader_options const& options,
                             unsigned threads, std::function<void(record_view const&)> const& use) {
    auto opened = reader::open(file, options);
    if (!opened)
        return tl::unexpected(std::move(opened.error()));
    bool const is_file = std::filesystem::is_regular_file(file); // a pipe can be read only once
    if (threads < 2 || !is_file || !is_utf8(file, options.encoding))
        return read_with_one(std::move(*opened), use);
    piece_queue pieces(file, options, threads);
    std::uint64_t lines = 0;
    while (piece* const it = pieces.next()) {
        for (std::size_t i = 0; i < it->count; ++i) {
            it->records[i].view.line += lines;
            use(it->records[i].view);
        }
        if (it->error)
            return tl::unexpected(moved(*it->error, lines));
        lines += it->lines;
    }
    if (!pieces.failed())
        return {};
    return tl::unexpected(file_error(file.string(), "an LDIF file that can be read", "an input error", ""));
}

} // namespace dsplan::ldif
