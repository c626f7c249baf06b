#pragma once
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <ldif/writer.hpp>
#include <tools/dsplan/commands/ldif_input.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

/// What the subcommands of `dsplan ldif` share.
namespace dsplan::commands {

/// -o FILE
void add_output_option(CLI::App& command, std::string& file);

/// --fold COLUMN
void add_fold_option(CLI::App& command, std::size_t& column);

/// --for ldifde|rfc2849
void add_profile_option(CLI::App& command, ldif::writer_profile& profile, std::string const& what);

/// CHANGES
void add_changes_argument(CLI::App& command, std::string& file);

/// What the attributeSchema objects of `files`, or where none is named of the exports, say about attributes.
/// An error where `files` hold none.
[[nodiscard]] result<ldif::attribute_schema> read_schema(std::vector<std::string> const& files,
                                                         std::vector<std::string> const& exports,
                                                         ldif_input_options const& options, console& console);

class ldif_progress;

/// A change file to be read record by record, as often as wanted; a pipe is read once and kept. `progress` is
/// told how far each reading is. What policies find goes to `console.err` as warnings the first time. The
/// arguments must outlive the result.
[[nodiscard]] ldif::change_file open_changes(std::string const& file, ldif_input_options const& options,
                                             console& console, ldif_progress& progress);

/// A refused change with the file and line it stands in.
[[nodiscard]] failure refusal(ldif::apply_error const& error, std::string const& file);

/// Warnings of which the first twenty of a kind are shown.
class few_warnings {
public:
    explicit few_warnings(console& console) : console_(console) {}

    /// With `detail` below it, whole lines.
    void tell(std::string const& kind, std::string_view what, std::string_view detail);

    /// Says how many more there are of each kind.
    void sum_up();

private:
    console& console_;
    std::map<std::string, std::uint64_t> counts_; // by kind
};

/// A line on a terminal that tells how far reading is and how fast; nothing elsewhere.
class ldif_progress {
public:
    /// `total` octets will be read in all.
    ldif_progress(console& console, std::uint64_t total) : console_(console), total_(total) {}
    ldif_progress(ldif_progress const&) = delete;
    ldif_progress& operator=(ldif_progress const&) = delete;
    ~ldif_progress();

    /// Called with the octets read of the current file; a smaller number begins another one, or the same
    /// again.
    void operator()(std::uint64_t position);

    /// Takes the line away until the next call, so that others can be written.
    void hide();

private:
    console& console_;
    std::uint64_t total_;
    std::uint64_t finished_ = 0;
    std::uint64_t last_ = 0;
    static constexpr unsigned nothing = 101;
    unsigned shown_ = nothing; // percent
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// The size of a file, 0 where it has none.
[[nodiscard]] std::uint64_t size_of_file(std::string const& file);
[[nodiscard]] std::uint64_t size_of_files(std::vector<std::string> const& files);

} // namespace dsplan::commands
