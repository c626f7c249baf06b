#pragma once
#include <ldif/apply.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <ldif/writer.hpp>
#include <tools/dsplan/console.hpp>
#include <tools/dsplan/failure.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

/// What the subcommands of `dsplan ldif` share.
namespace dsplan::commands {

/// How files are read.
struct ldif_input_options {
    ldif::text_encoding encoding = ldif::text_encoding::detect;
    ldif::policies rules = ldif::policies::ldifde();
};

/// --encoding NAME
void add_encoding_option(CLI::App& command, ldif_input_options& options);

/// -o FILE
void add_output_option(CLI::App& command, std::string& file);

/// --fold COLUMN
void add_fold_option(CLI::App& command, std::size_t& column);

/// --for ldifde|rfc2849
void add_profile_option(CLI::App& command, ldif::writer_profile& profile, std::string const& what);

[[nodiscard]] result<ldif::reader> open_ldif(std::string const& file, ldif_input_options const& options);

/// All records of a change file; its first error where it has one. Findings of the policies go to
/// `console.err` as warnings.
[[nodiscard]] result<std::vector<ldif::record>>
read_change_file(std::string const& file, ldif_input_options const& options, console& console);

/// A refused change with the file and line it stands in.
[[nodiscard]] failure refusal(ldif::apply_error const& error, std::string const& file);

/// A line on a terminal that tells how far reading is; nothing elsewhere.
class ldif_progress {
public:
    /// `total` octets will be read in all.
    ldif_progress(console& console, std::uint64_t total) : console_(console), total_(total) {}
    ldif_progress(ldif_progress const&) = delete;
    ldif_progress& operator=(ldif_progress const&) = delete;
    ~ldif_progress();

    /// Called with the octets read of the current file; a smaller number begins another file.
    void operator()(std::uint64_t position);

private:
    console& console_;
    std::uint64_t total_;
    std::uint64_t finished_ = 0;
    std::uint64_t last_ = 0;
    unsigned shown_ = 101;
};

/// The size of a file, 0 where it has none.
[[nodiscard]] std::uint64_t size_of_file(std::string const& file);

} // namespace dsplan::commands
