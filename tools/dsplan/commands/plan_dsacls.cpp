#include <tools/dsplan/commands/command_files.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/plan_command.hpp>
#include <tools/dsplan/commands/plan_request.hpp>

#include <fmt/format.h>

namespace dsplan::commands {
namespace {

struct dsacls_command {
    request_command common;
    std::vector<std::string> files;
    std::vector<std::string> lines;  ///< of --line
    std::vector<std::string> values; ///< NAME=VALUE
    std::string shell;
    plan::dsacls_choices choices;
};

using request_or_errors = tl::expected<plan::prepared_request, std::vector<failure>>;

// As --shell says, or as the name of the file does.
plan::command_shell chosen_shell(std::string const& shell, std::string_view file) {
    if (shell.empty())
        return shell_of(file);
    return shell == "powershell" ? plan::command_shell::powershell : plan::command_shell::cmd;
}

result<plan::script_variables> variables_of(std::vector<std::string> const& values) {
    plan::script_variables made;
    for (auto const& each : values) {
        auto const sign = each.find('=');
        if (sign == std::string::npos || sign == 0)
            return tl::unexpected(
                failure{fmt::format("expected NAME=VALUE for --set, found '{}'", printable(each)), {}});
        made[each.substr(0, sign)] = each.substr(sign + 1);
    }
    return made;
}

void append(plan::dsacls_script& to, plan::dsacls_script more) {
    to.calls.insert(to.calls.end(), more.calls.begin(), more.calls.end());
    to.others.insert(to.others.end(), more.others.begin(), more.others.end());
    to.errors.insert(to.errors.end(), more.errors.begin(), more.errors.end());
}

result<plan::dsacls_script> read_scripts(dsacls_command const& options) {
    auto const variables = variables_of(options.values);
    if (!variables)
        return tl::unexpected(variables.error());
    plan::dsacls_script made;
    for (auto const& line : options.lines)
        append(made, plan::read_script(line, {}, chosen_shell(options.shell, {}), *variables));
    for (auto const& file : options.files) {
        auto read = read_command_file(file, chosen_shell(options.shell, file), *variables);
        if (!read)
            return read;
        append(made, *std::move(read));
    }
    return made;
}

request_or_errors make_request(dsacls_command const& options, exported_directory const& from) {
    auto const script = read_scripts(options);
    if (!script)
        return tl::unexpected(std::vector{script.error()});
    auto made =
        plan::read_dsacls(*script, options.choices, {from.exported, from.around, from.members, from.known()});
    if (made && made->request.tables.empty())
        return tl::unexpected(
            std::vector{failure{"expected a call of dsacls that changes something, found none",
                                "  dsplan plan dsacls reads calls of dsacls and nothing else\n"}});
    return made;
}

void add_choices(CLI::App& command, dsacls_command& options) {
    command.add_option("--shell", options.shell, "What takes the lines apart; a .ps1 file is PowerShell's")
        ->transform(one_of({"cmd", "powershell"}))
        ->type_name("cmd|powershell");
    add_list(command, "--set", options.values, "NAME=VALUE", "Value of a variable; may be given again");
    command
        .add_option("--typed-without-i", options.choices.typed_without_i,
                    "What a class without /I means: objects below, as /I:S, or this object")
        ->transform(one_of({"S", "object"}))
        ->type_name("S|object");
    command.add_option("--p-y", options.choices.protection, "What /P:Y does to inherited ACEs")
        ->transform(one_of({"copy", "drop"}))
        ->type_name("copy|drop");
    command.add_option("--caller", options.choices.caller, "Account that /takeOwnership makes the owner")
        ->type_name("ACCOUNT");
    command.add_flag("--as-written", options.choices.as_written,
                     "Plan what the lines say where they probably mean something else");
}

} // namespace

void add_plan_dsacls(CLI::App& parent, action& chosen) {
    auto const options = std::make_shared<dsacls_command>();
    options->common.name = "dsacls";
    auto* const command =
        parent.add_subcommand("dsacls", "Plan what calls of dsacls in command files would change");
    command->add_option("files", options->files, "Files with calls of dsacls, in the order in which they run")
        ->type_name("FILE.cmd");
    add_list(*command, "--line", options->lines, "LINE", "One command line; may be given again");
    add_choices(*command, *options);
    add_directory_and_output(*command, options->common);
    add_write_request(*command, options->common);
    command->footer(
        plan_footer("Example:\n"
                    "  dsplan plan dsacls delegate.cmd --base contoso.ldf --out change\n"
                    "\n"
                    "dsplan runs nothing. A loop, a block or a variable without a value is an error."));
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            if (options->files.empty() && options->lines.empty())
                return report(console, {"expected a file or --line, found neither", {}});
            return plan_made(
                options->common,
                [options](exported_directory const& from) { return make_request(*options, from); },
                options->files, console);
        };
    });
}

} // namespace dsplan::commands
