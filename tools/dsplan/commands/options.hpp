#pragma once
#include <tools/dsplan/commands/ldif_input.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/exit_status.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

/// What several subcommands share: options of the same meaning and what is done with them.
namespace dsplan::commands {

/// --base EXPORT.ldf; may be given again.
CLI::Option* add_base_option(CLI::App& command, std::vector<std::string>& files);

/// --schema SCHEMA.ldf; may be given again.
CLI::Option* add_schema_option(CLI::App& command, std::vector<std::string>& files);

/// What they hold, and nothing where there are none.
[[nodiscard]] result<std::optional<directory::schema>>
load_schema(std::vector<std::string> const& files, ldif_input_options const& input, console& console);

/// The same in `loaded`, or the built-in schema.
[[nodiscard]] result<directory::schema const*> schema_of(std::vector<std::string> const& files,
                                                         ldif_input_options const& input, console& console,
                                                         std::optional<directory::schema>& loaded);

/// --format text|markdown|html|json
CLI::Option* add_format_option(CLI::App& command, std::string& format);

/// What an answer looks like in each format. Without one of its own, Markdown and a page hold the text.
struct answer_formats {
    std::string title; ///< plain text
    std::function<std::string()> text;
    std::function<std::string()> json;
    std::function<std::string()> page{};
    std::function<std::string()> markdown{};

    [[nodiscard]] std::string in(std::string_view format) const;
};

/// --color auto|always|never
void add_color_option(CLI::App& command, color_choice& choice);

/// --key-admins-protected: documents disagree whether they are.
void add_key_admins_option(CLI::App& command, bool& is_protected);

/// Loads the exports, with progress on a terminal and read as `input` says.
[[nodiscard]] result<directory::snapshot> load_exports(std::vector<std::string> const& files,
                                                       ldif_input_options const& input, console& console,
                                                       directory::load_options options);

/// The same with all that is in them. `watch`, if there is one, is given every record.
[[nodiscard]] result<directory::snapshot>
load_exports(std::vector<std::string> const& files, ldif_input_options const& input, console& console,
             directory::unreadable_descriptor descriptors = directory::unreadable_descriptor::fail,
             std::function<void(ldif::record const&)> watch = {});

/// Prints the failure to `console.err`.
exit_status report(console& console, failure const& what);

} // namespace dsplan::commands
