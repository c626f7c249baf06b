#pragma once
#include <ldif/expand.hpp>
#include <ldif/reader.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace dsplan::commands {

/// "-c FROM TO" as ldifde takes it, and what the rootDSE says for a FROM or TO such as #defaultNamingContext.
struct substitution_options {
    std::vector<std::string> pairs;    ///< FROM, TO, FROM, TO…
    std::vector<std::string> root_dse; ///< name=value

    /// Adds -c and --root-dse; returns -c.
    CLI::Option* add_to(CLI::App& command);
};

/// Errors: a #name without a value.
[[nodiscard]] result<std::vector<ldif::substitution>> substitutions_of(substitution_options const& options);

/// A record grew beyond what a line may hold.
[[nodiscard]] failure too_long_when_expanded(ldif::record_view const& record, std::string const& file);

/// The whole file in UTF-8 as `ldifde -c` would import it; the lines keep their numbers where none is folded.
[[nodiscard]] result<std::string> expanded_file(std::filesystem::path const& file,
                                                std::vector<ldif::substitution> const& by,
                                                ldif::reader_options const& input);

} // namespace dsplan::commands
