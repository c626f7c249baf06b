#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <cstddef>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

/// What the subcommands about single descriptors share.
namespace dsplan::commands {

struct domain_options {
    std::string domain;
    std::string forest_root;
};

/// --domain-sid S-1-5-21-…, --root-domain-sid S-1-5-21-…
void add_domain_options(CLI::App& command, domain_options& options);

/// The SIDs; without --root-domain-sid aliases of the forest's root domain stay unknown.
[[nodiscard]] result<sddl::domain_sids> read_domains(domain_options const& options);

/// Text that PowerShell wrote may be UTF-16, or UTF-8 with a mark: as UTF-8 without one. No descriptor's
/// octets start like either.
[[nodiscard]] std::string without_byte_order_mark(std::string input);

/// A file of text as UTF-8 without a mark, whichever of these it was written in.
[[nodiscard]] result<std::string> read_text_file(std::filesystem::path const& file, std::size_t limit);

/// Standard input to be read line by line, as UTF-8 without a mark. The console must outlive it.
class text_input {
public:
    explicit text_input(console& console);

    /// False at the end; without the carriage return at the end of a line.
    [[nodiscard]] bool next(std::string& line);

private:
    std::istringstream converted_; // of what begins with a mark
    std::istream* from_;
};

/// --for directory|file|…: what the descriptor guards.
void add_kind_option(CLI::App& command, std::string& kind);

/// `text` without the line ends after it.
[[nodiscard]] std::string_view without_line_ends(std::string_view text);

/// The octets of a file, or of standard input for "-"; a text in UTF-8 and without the line end behind it.
[[nodiscard]] result<std::string> read_input(std::string const& file, bool is_text, console& console);

} // namespace dsplan::commands
