#include <sddl/self_relative.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/descriptor_form.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/explain/byte_fields.hpp>
#include <tools/dsplan/explain/explanation.hpp>
#include <tools/dsplan/output_directory.hpp>
#include <tools/dsplan/render/explanation.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <ostream>
#include <system_error>

namespace dsplan::commands {
namespace {

struct explain_options {
    std::string input = "-";
    std::vector<std::string> schema;
    domain_options domains;
    bool shows_bytes = false;
    bool as_json = false;
};

constexpr char const* explain_footer = "Examples:\n"
                                       "  dsplan explain 'O:BAD:PAI(A;CIIO;RPWP;;;AU)'\n"
                                       "  dsplan explain --bytes descriptor.bin\n"
                                       "  dsplan explain --schema schema.ldf - < value.b64\n"
                                       "\n"
                                       "Names of GUIDs come from the schema of Windows Server 2019, or from "
                                       "a schema export; a GUID that neither has\n"
                                       "is 'unknown here'.\n"
                                       "\n"
                                       "Exit status: 0 explained, 2 error.";

// An argument that is the name of a file is that file; every other one is the descriptor itself.
result<std::string> input_of(explain_options const& options, console& console) {
    std::error_code ignored;
    if (options.input == "-" || std::filesystem::is_regular_file(to_path(options.input), ignored))
        return read_input(options.input, false, console);
    return options.input;
}

std::string_view without_line_ends(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

result<directory::schema const*> schema_of(explain_options const& options,
                                           std::optional<directory::schema>& loaded) {
    if (options.schema.empty())
        return &directory::schema::built_in();
    std::vector<std::filesystem::path> files;
    for (auto const& name : options.schema)
        files.push_back(to_path(name));
    auto read = directory::schema::load(files);
    if (!read)
        return tl::unexpected(read.error());
    return &loaded.emplace(std::move(*read));
}

exit_status show_bytes(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids,
                       bool as_json, console& console) {
    auto const bytes = sddl::write_self_relative(descriptor);
    // Read again, so that text too has a layout to show.
    auto const read = sddl::read_self_relative(bytes);
    auto const fields = explain::byte_fields(bytes, read.value(), sids);
    console.out << (as_json ? render::bytes_json(bytes, fields) : render::bytes_text(bytes, fields));
    return exit_status::success;
}

exit_status explain_input(explain_options const& options, console& console) {
    auto const sids = read_domains(options.domains);
    if (!sids)
        return report(console, sids.error());
    auto const input = input_of(options, console);
    if (!input)
        return report(console, input.error());
    auto const form = guess_form(*input);
    auto const read =
        read_form(form == descriptor_form::binary ? *input : without_line_ends(*input), form, *sids, false);
    if (!read)
        return report(console, {fmt::format("column {}: {}", read.error().column, read.error().message),
                                read.error().detail});
    for (auto const& warning : read->warnings)
        print_warning(console, fmt::format("column {}: {}", warning.column, warning.message));
    if (options.shows_bytes)
        return show_bytes(read->value, *sids, options.as_json, console);
    std::optional<directory::schema> loaded;
    auto const known = schema_of(options, loaded);
    if (!known)
        return report(console, known.error());
    auto const explained = explain::explain(read->value, *sids, **known);
    console.out << (options.as_json ? render::explanation_json(explained)
                                    : render::explanation_text(explained));
    return exit_status::success;
}

} // namespace

void add_explain(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<explain_options>();
    auto* const command =
        application.add_subcommand("explain", "Say in words what a security descriptor says");
    command->add_option(
        "DESCRIPTOR", options->input,
        "SDDL, base64 or hexadecimal; a file that holds one, or octets; - for standard input");
    command
        ->add_option("--schema", options->schema,
                     "LDIF export of the schema, for names of GUIDs; may be given again")
        ->type_name("SCHEMA.ldf")
        ->allow_extra_args(false)
        ->take_all();
    add_domain_options(*command, options->domains);
    command->add_flag("--bytes", options->shows_bytes, "Show the binary form octet by octet");
    command->add_flag("--json", options->as_json, "Write JSON");
    command->footer(explain_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return explain_input(*options, console);
        };
    });
}

} // namespace dsplan::commands
