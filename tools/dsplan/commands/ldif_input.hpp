#pragma once
#include <ldif/policy.hpp>
#include <ldif/reader.hpp>
#include <tools/dsplan/directory/read_records.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/exit_status.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dsplan::commands {

/// How LDIF files are read, as the user asks for it.
struct ldif_input_options {
    ldif::text_encoding encoding = ldif::text_encoding::detect;
    ldif::policies rules = ldif::policies::ldifde();
    std::vector<std::string> policies; ///< "trailing-blanks=reject", instead of what a profile says
    std::string url_root; ///< folder of what "attribute:< file:///..." may name; empty: nothing is followed
    bool incomplete = false;       ///< a file that was cut off is taken
    bool skips_unreadable = false; ///< records of an export, never a change
    bool partial = false;          ///< the export was filtered
    std::shared_ptr<std::set<std::string>> told = std::make_shared<std::set<std::string>>();    ///< warnings
    std::shared_ptr<std::set<std::string>> skipped = std::make_shared<std::set<std::string>>(); ///< records

    /// How `profile`, with what `policies` says, reads a file. A file that is taken although it was cut off
    /// is a warning on `console`, once, which must outlive the result.
    [[nodiscard]] ldif::reader_options reader(ldif::policies profile, console& console) const;
    [[nodiscard]] ldif::reader_options reader(console& console) const { return reader(rules, console); }

    /// The same, without records that cannot be read where the user asks for that; those are warnings.
    [[nodiscard]] ldif::reader_options skipping_reader(console& console) const;

    /// The same for the records of an export.
    [[nodiscard]] reading_options reading(console& console) const;

    /// `status`, or that of findings where a record was left out of what was written.
    [[nodiscard]] exit_status or_skipped(exit_status status) const;
};

/// --encoding NAME, --policy NAME=ACTION, --incomplete, --skip-unreadable, --partial, --url-root FOLDER
void add_input_options(CLI::App& command, ldif_input_options& options);

/// Opens a file; records that cannot be read are left out where the user asks for that.
[[nodiscard]] result<ldif::reader> open_ldif(std::string const& file, ldif_input_options const& options,
                                             console& console);

} // namespace dsplan::commands
