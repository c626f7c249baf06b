#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/render/text_answer.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <utility>

namespace dsplan::commands {

CLI::Option* add_base_option(CLI::App& command, std::vector<std::string>& files) {
    return command
        .add_option("--base", files,
                    "LDIF export of the directory; give it again for more files of the same moment")
        ->type_name("EXPORT.ldf")
        ->expected(1)
        ->take_all();
}

CLI::Option* add_schema_option(CLI::App& command, std::vector<std::string>& files) {
    return command
        .add_option("--schema", files,
                    "LDIF export of CN=Schema and CN=Extended-Rights of your own forest; may be given again; "
                    "a built-in schema without it")
        ->type_name("SCHEMA.ldf")
        ->expected(1)
        ->take_all();
}

result<std::optional<directory::schema>> load_schema(std::vector<std::string> const& files,
                                                     ldif_input_options const& input, console& console) {
    if (files.empty())
        return std::optional<directory::schema>{};
    std::vector<std::filesystem::path> paths;
    std::transform(files.begin(), files.end(), std::back_inserter(paths), to_path);
    ldif_progress progress(console, size_of_files(files));
    auto reading = input.reading(console);
    reading.progress = [&progress](std::uint64_t octets) {
        progress(octets);
    };
    return directory::schema::load(paths, reading).map([](directory::schema&& read) {
        return std::optional(std::move(read));
    });
}

result<directory::schema const*> schema_of(std::vector<std::string> const& files,
                                           ldif_input_options const& input, console& console,
                                           std::optional<directory::schema>& loaded) {
    auto read = load_schema(files, input, console);
    if (!read)
        return tl::unexpected(std::move(read).error());
    loaded = *std::move(read);
    return loaded ? &*loaded : &directory::schema::built_in();
}

CLI::Option* add_format_option(CLI::App& command, std::string& format) {
    return command
        .add_option("--format", format,
                    "What to write: text if not given; --json is short for --format json, and so on")
        ->transform(one_of({"text", "markdown", "html", "json"}))
        ->type_name("text|markdown|html|json");
}

std::string answer_formats::in(std::string_view format) const {
    if (format == "json")
        return json();
    if (format == "html")
        return page ? page() : render::page_of_text(title, text());
    if (format == "markdown")
        return markdown ? markdown() : render::markdown_of_text(title, text());
    return text();
}

void add_key_admins_option(CLI::App& command, bool& is_protected) {
    command.add_flag("--key-admins-protected", is_protected,
                     "Take Key Admins and Enterprise Key Admins, with their members, for protected accounts: "
                     "documents disagree whether AdminSDHolder's task protects them");
}

void add_color_option(CLI::App& command, color_choice& choice) {
    command
        .add_option_function<std::string>(
            "--color",
            [&choice](std::string const& value) {
                choice = value == "always"  ? color_choice::always
                         : value == "never" ? color_choice::never
                                            : color_choice::automatic;
            },
            "Colour in the output; auto is colour on a terminal unless NO_COLOR is set")
        ->transform(one_of({"auto", "always", "never"}))
        ->type_name("auto|always|never");
}

result<directory::snapshot> load_exports(std::vector<std::string> const& files,
                                         ldif_input_options const& input, console& console,
                                         directory::load_options options) {
    std::vector<std::filesystem::path> paths;
    for (std::string const& file : files)
        paths.push_back(to_path(file));
    options.reading = input.reading(console);
    ldif_progress progress(console, size_of_files(files));
    options.reading.progress = [&progress](std::uint64_t octets) {
        progress(octets);
    };
    return directory::snapshot::load(paths, options);
}

result<directory::snapshot> load_exports(std::vector<std::string> const& files,
                                         ldif_input_options const& input, console& console,
                                         directory::unreadable_descriptor descriptors,
                                         std::function<void(ldif::record const&)> watch) {
    directory::load_options options;
    options.descriptors = descriptors;
    options.watch = std::move(watch);
    return load_exports(files, input, console, std::move(options));
}

exit_status report(console& console, failure const& what) {
    print_error(console, what.what);
    console.err << what.detail;
    return exit_status::error;
}

} // namespace dsplan::commands
