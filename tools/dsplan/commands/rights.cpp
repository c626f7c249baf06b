#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/render/rights.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace dsplan::commands {
namespace {

struct rights_options {
    std::string text;
    std::vector<std::string> schema;
    ldif_input_options input;
    std::string format = "text";
};

exit_status run_rights(rights_options const& options, console& console) {
    std::optional<directory::schema> loaded;
    auto const known = schema_of(options.schema, options.input, console, loaded);
    if (!known)
        return report(console, known.error());
    auto const rights = words::list_rights(**known, options.text);
    if (rights.empty()) {
        auto const read = words::parse_rights(options.text, **known);
        if (!read)
            return report(console, read.error());
    }
    answer_formats const answer{.title = "Rights",
                                .text = [&] { return render::rights_text(rights); },
                                .json =
                                    [&] {
                                        return json_text(render::rights_json(rights));
                                    }};
    console.out << answer.in(options.format);
    return exit_status::success;
}

} // namespace

void add_rights(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<rights_options>();
    auto* const subcommand = application.add_subcommand("rights", "List what rights are called");
    subcommand->add_option("NAME", options->text,
                           "Show rights whose names hold this, attributes and classes among them");
    add_schema_option(*subcommand, options->schema);
    add_input_options(*subcommand, options->input);
    add_format_option(*subcommand, options->format);
    subcommand->footer("Examples:\n"
                       "  dsplan rights password\n"
                       "  dsplan rights WriteDacl\n"
                       "\n"
                       "Every name in the list can be typed at --right, and so can letters: 'RPWP;member', "
                       "'CA;Reset Password', '0x30;{GUID}'.\n"
                       "\n"
                       "Exit status: 0 listed, 2 error.");
    subcommand->callback([options, &chosen] {
        chosen = [options](console& console) {
            return run_rights(*options, console);
        };
    });
}

void add_applies_to(CLI::App& application, action& chosen) {
    auto* const subcommand =
        application.add_subcommand("applies-to", "List the ways to say which objects an ACE applies to");
    subcommand->footer("Example:\n"
                       "  dsplan applies-to\n"
                       "\n"
                       "Columns: words of the Windows security editor, ACE flags, inherited object type, "
                       "ActiveDirectorySecurityInheritance, dsacls.\n"
                       "\n"
                       "Exit status: 0 listed.");
    auto const format = std::make_shared<std::string>("text");
    add_format_option(*subcommand, *format);
    subcommand->callback([format, &chosen] {
        chosen = [format](console& console) {
            answer_formats const answer{
                .title = "What an ACE applies to", .text = render::applications_text, .json = [] {
                    return json_text(render::applications_json());
                }};
            console.out << answer.in(*format);
            return exit_status::success;
        };
    });
}

} // namespace dsplan::commands
