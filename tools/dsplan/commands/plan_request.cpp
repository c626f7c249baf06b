#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/plan_output.hpp>
#include <tools/dsplan/commands/plan_request.hpp>
#include <tools/dsplan/ground/input_file.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>
#include <tools/dsplan/plan/request/plan_request.hpp>
#include <tools/dsplan/plan/request/read_toml.hpp>
#include <tools/dsplan/plan/request/write_toml.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct request_command {
    std::string name;
    directory_options directory;
    plan_output output;
    std::string written_request; ///< file for the request as TOML
};

exit_status report_all(console& console, std::vector<failure> const& errors) {
    for (auto const& each : errors)
        report(console, each);
    return exit_status::error;
}

result<void> write_request(request_command const& options, plan::change_request const& request,
                           console& console) {
    if (options.written_request.empty())
        return {};
    auto file = output_file::open(to_path(options.written_request), console);
    if (!file)
        return tl::unexpected(std::move(file).error());
    file->write(plan::write_toml(request));
    return file->commit();
}

exit_status run(request_command const& options, plan::change_request const& request,
                std::vector<std::string> inputs, console& console) {
    if (auto const checked = options.output.check(console); !checked)
        return report(console, checked.error());
    auto const from = load(options.directory, console);
    if (!from)
        return report(console, from.error());
    auto drawn = plan::plan_request((*from)->exported, request, (*from)->known());
    if (!drawn)
        return report_all(console, drawn.error());
    if (auto const written = write_request(options, request, console); !written)
        return report(console, written.error());
    drawn->words.job = options.name;
    for (auto const* const files : {&options.directory.exports, &options.directory.schema_exports})
        inputs.insert(inputs.end(), files->begin(), files->end());
    return options.output.finish(*std::move(drawn), (*from)->exported, (*from)->known(), inputs, console);
}

exit_status run_guarded(request_command const& options, plan::change_request const& request,
                        std::vector<std::string> inputs, console& console) {
    auto const status = with_temporary_files(
        [&]() -> result<exit_status> { return run(options, request, std::move(inputs), console); });
    return status ? *status : report(console, status.error());
}

// ----- files

void append_names(plan::change_request& to, plan::change_request const& more, std::string const& file,
                  std::vector<failure>& errors) {
    for (auto const& each : more.names) {
        auto const known = std::find_if(to.names.begin(), to.names.end(),
                                        [&each](auto const& other) { return other.first == each.first; });
        if (known == to.names.end())
            to.names.push_back(each);
        else if (known->second != each.second)
            errors.push_back({fmt::format("{}: expected one meaning of the name '{}' in all files, found "
                                          "another one",
                                          printable(file), printable(each.first)),
                              "  rename it in one of the files\n"});
    }
}

void append_text(std::string& to, std::string const& more) {
    if (!more.empty())
        to += (to.empty() ? "" : "; ") + more;
}

tl::expected<plan::change_request, std::vector<failure>>
read_requests(std::vector<std::string> const& files) {
    constexpr std::size_t largest_request = std::size_t(16) << 20U;
    plan::change_request all;
    std::vector<failure> errors;
    for (auto const& file : files) {
        auto const text = read_whole_file(to_path(file), largest_request);
        if (!text) {
            errors.push_back(text.error());
            continue;
        }
        auto read = plan::read_toml(*text, file);
        if (!read) {
            errors.insert(errors.end(), read.error().begin(), read.error().end());
            continue;
        }
        append_names(all, *read, file, errors);
        append_text(all.title, read->title);
        append_text(all.ticket, read->ticket);
        append_text(all.requested_by, read->requested_by);
        all.tables.insert(all.tables.end(), read->tables.begin(), read->tables.end());
    }
    if (!errors.empty())
        return tl::unexpected(std::move(errors));
    return all;
}

exit_status plan_files(request_command const& options, std::vector<std::string> const& files,
                       console& console) {
    auto const request = read_requests(files);
    return request ? run_guarded(options, *request, files, console) : report_all(console, request.error());
}

void add_directory_and_output(CLI::App& command, request_command& options) {
    options.directory.add_to(command);
    options.output.add_to(command);
}

void add_request(CLI::App& parent, action& chosen) {
    auto const options = std::make_shared<request_command>();
    auto const files = std::make_shared<std::vector<std::string>>();
    options->name = "request";
    auto* const command =
        parent.add_subcommand("request", "Plan what files ask for: permissions and members, in TOML");
    command->add_option("files", *files, "The request; several files are one request")
        ->type_name("FILE.toml")
        ->required();
    add_directory_and_output(*command, *options);
    command->footer(plan_footer("Example:\n"
                                "  dsplan plan request helpdesk.toml --base contoso.ldf --out change\n"
                                "\n"
                                "helpdesk.toml:\n"
                                "  format = 1\n"
                                "  [[grant]]\n"
                                "  to = \"Helpdesk\"\n"
                                "  on = \"OU=Sales,DC=contoso,DC=com\"\n"
                                "  applies-to = \"descendant user objects\"\n"
                                "  rights = [\"Reset Password\", \"read+write lockoutTime\"]"));
    command->callback([options, files, &chosen] {
        chosen = [options, files](console& console) {
            return plan_files(*options, *files, console);
        };
    });
}

// ----- one change on the command line

template <class Table>
struct table_command {
    request_command common;
    Table table;
};

template <class Table>
std::shared_ptr<table_command<Table>> add_table_command(CLI::App& parent, std::string const& name,
                                                        std::string const& description, Table table,
                                                        action& chosen) {
    auto const options = std::make_shared<table_command<Table>>();
    options->common.name = name;
    options->table = std::move(table);
    auto* const command = parent.add_subcommand(name, description);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            plan::change_request request;
            request.tables.push_back({{}, options->table});
            return run_guarded(options->common, request, {}, console);
        };
    });
    return options;
}

CLI::Option* add_list(CLI::App& command, std::string const& name, std::vector<std::string>& to,
                      std::string const& type, std::string const& description) {
    return command.add_option(name, to, description)->type_name(type)->expected(1)->take_all();
}

void add_reason(CLI::App& command, std::string& reason, request_command& common) {
    command.add_option("--reason", reason, "Why, for the review")->type_name("TEXT");
    add_directory_and_output(command, common);
    command
        .add_option("--write-request", common.written_request,
                    "File for the request as TOML, as plan request takes it")
        ->type_name("FILE.toml");
}

void add_objects(CLI::App& command, plan::object_choice& on) {
    add_list(command, "--on", on.names, "OBJECT", "Object whose list changes; may be given again");
    auto* const below =
        command.add_option("--below", on.below, "Objects of the export below this one")->type_name("OBJECT");
    command.add_option("--class", on.class_name, "Of those below, the objects of this class")
        ->type_name("CLASS")
        ->needs(below);
}

void add_rights(CLI::App& command, plan::permission_table& table) {
    add_list(
        command, "--right", table.rights, "RIGHT",
        "\"Reset Password\", \"read+write lockoutTime\", as dsplan rights lists them; may be given again");
    command.add_option("--ace", table.ace, "One ACE as SDDL, instead of rights")
        ->type_name("ACE")
        ->excludes("--right");
    command
        .add_option("--applies-to", table.applies_to,
                    "\"descendant user objects\", as dsplan applies-to lists them")
        ->type_name("OBJECTS");
}

void add_grant(CLI::App& parent, plan::permission_verb verb, action& chosen) {
    bool const denies = verb == plan::permission_verb::deny;
    std::string const name = denies ? "deny" : "grant";
    plan::permission_table table;
    table.verb = verb;
    auto const options = add_table_command(
        parent, name, denies ? "Plan to deny rights" : "Plan to grant rights", std::move(table), chosen);
    auto& command = *parent.get_subcommand(name);
    command.add_option("--to", options->table.trustee, "Account that the rights are for: name, DN or SID")
        ->type_name("ACCOUNT")
        ->required();
    add_objects(command, options->table.on);
    add_rights(command, options->table);
    command.add_flag("--also-explicit", options->table.also_explicit,
                     "Add an ACE though an inherited one says it already");
    add_reason(command, options->table.reason, options->common);
    command.footer(plan_footer(fmt::format(
        "Example:\n"
        "  dsplan plan {} --to Helpdesk --right \"Reset Password\" --on OU=Sales,DC=contoso,DC=com\n"
        "    --applies-to \"descendant user objects\" --base contoso.ldf --out change",
        name)));
}

void add_revoke(CLI::App& parent, action& chosen) {
    plan::permission_table table;
    table.verb = plan::permission_verb::revoke;
    auto const options =
        add_table_command(parent, "revoke", "Plan to take rights away", std::move(table), chosen);
    auto& command = *parent.get_subcommand("revoke");
    command.add_option("--from", options->table.trustee, "Account that has the rights: name, DN or SID")
        ->type_name("ACCOUNT")
        ->required();
    add_objects(command, options->table.on);
    add_rights(command, options->table);
    command
        .add_option("--sign", options->table.sign, "Take what allows, which is the default, or what denies")
        ->check(CLI::IsMember({"allow", "deny"}).description(""))
        ->type_name("allow|deny");
    command
        .add_flag("--every-ace", options->table.all, "Take every explicit ACE of the account with this sign")
        ->excludes("--right")
        ->excludes("--ace");
    command.add_flag("--expand", options->table.expand,
                     "Grant the other attributes of a property set one by one where one of it is taken");
    command.add_flag("--missing-is-ok", options->table.missing_is_ok,
                     "Nothing to take is a note, and does not stop the plan");
    add_reason(command, options->table.reason, options->common);
    command.footer(plan_footer("Example:\n"
                               "  dsplan plan revoke --from Helpdesk --right \"read+write lockoutTime\"\n"
                               "    --on OU=Sales,DC=contoso,DC=com --base contoso.ldf --out change"));
}

void add_members(CLI::App& parent, action& chosen) {
    auto const options = add_table_command(parent, "members", "Plan to add and remove members of a group",
                                           plan::members_table{}, chosen);
    auto& command = *parent.get_subcommand("members");
    auto& table = options->table;
    command.add_option("--group", table.group, "The group: name, DN or SID")->type_name("GROUP")->required();
    add_list(command, "--add", table.add, "ACCOUNT", "Member to add; may be given again");
    add_list(command, "--remove", table.remove, "ACCOUNT", "Member to remove; may be given again");
    command
        .add_option_function<std::vector<std::string>>(
            "--exactly", [&table](std::vector<std::string> const& names) { table.exactly = names; },
            "Member of the whole list; every other one is removed; may be given again")
        ->type_name("ACCOUNT")
        ->expected(1)
        ->take_all();
    command.add_flag("--missing-is-ok", table.missing_is_ok,
                     "A member to remove that is not there is a note, and does not stop the plan");
    add_reason(command, table.reason, options->common);
    command.footer(plan_footer("Example:\n"
                               "  dsplan plan members --group Helpdesk --add abecker --remove klund --base "
                               "contoso.ldf --out change"));
}

} // namespace

void add_plan_requests(CLI::App& parent, action& chosen) {
    add_request(parent, chosen);
    add_grant(parent, plan::permission_verb::grant, chosen);
    add_grant(parent, plan::permission_verb::deny, chosen);
    add_revoke(parent, chosen);
    add_members(parent, chosen);
}

} // namespace dsplan::commands
