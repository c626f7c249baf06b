#pragma once
#include <ldif/grammar/block_reader.hpp>
#include <ldif/grammar/record_parser.hpp>
#include <ldif/grammar/text_source.hpp>
#include <ldif/reader.hpp>
#include <ldif/search_totals.hpp>

#include <optional>
#include <string>

namespace dsplan::ldif {

/// What a reader is made of.
struct reader_state {
    reader_state(text_source source, std::string called, reader_options chosen)
        : options(std::move(chosen))
        , name(std::move(called))
        , blocks(std::move(source), options.maximum_record_size)
        , parser(name, options) {}
    reader_state(reader_state const&) = delete;
    reader_state& operator=(reader_state const&) = delete;

    [[nodiscard]] result<record_view const*> next();

    reader_options options;
    std::string name;
    block_reader blocks;
    record_parser parser;
    std::string text_before;
    bool is_part = false; ///< of a file that is read in pieces: a search's totals are of the whole

private:
    result<void> begin_block(block const& lines);
    result<bool> next_block();
    void keep_text();
    result<record_view const*> end_inside_record(parse_error why);
    std::optional<parse_error> wrong_total(std::string_view text);

    search_totals totals;
    bool has_block = false;
    bool begun = false;
    bool has_record = false; // the text before it may be dropped
};

/// An error about a whole file.
[[nodiscard]] parse_error file_error(std::string file, std::string expected, std::string found,
                                     std::string hint);

} // namespace dsplan::ldif
