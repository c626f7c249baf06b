#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/plan_command.hpp>
#include <tools/dsplan/commands/plan_request.hpp>
#include <tools/dsplan/commands/recipe_directory.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/request/read_toml.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace dsplan::commands {
namespace {

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
        auto const text = read_text_file(to_path(file), largest_request);
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
        all.recipes.insert(all.recipes.end(), read->recipes.begin(), read->recipes.end());
    }
    if (!errors.empty())
        return tl::unexpected(std::move(errors));
    return all;
}

struct request_files {
    request_command common;
    std::vector<std::string> files;
    std::string recipes; ///< directory with recipes of one's own
};

exit_status plan_files(request_files const& options, console& console) {
    auto const request = read_requests(options.files);
    if (!request)
        return report_all(console, request.error());
    auto const make = [&](exported_directory const& from) {
        return with_recipes_filled(*request, options.recipes, from);
    };
    return plan_made(options.common, make, options.files, console);
}

void add_request(CLI::App& parent, action& chosen) {
    auto const options = std::make_shared<request_files>();
    options->common.name = "request";
    auto* const command =
        parent.add_subcommand("request", "Plan what files ask for: permissions and members, in TOML");
    command->add_option("files", options->files, "The request; several files are one request")
        ->type_name("FILE.toml")
        ->required();
    add_recipes_option(*command, options->recipes);
    add_directory_and_output(*command, options->common);
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
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return plan_files(*options, console);
        };
    });
}

// ----- one change on the command line

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
        ->transform(one_of({"allow", "deny"}))
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
    command
        .add_option("--from", table.from,
                    "File of accounts: one a line, or CSV with a column member, sid, dn, upn or "
                    "samAccountName")
        ->type_name("FILE");
    command
        .add_option("--mode", table.mode,
                    "What the accounts of the file are for: add, which is the default, remove, or "
                    "the whole list")
        ->transform(one_of({"add", "remove", "exactly"}))
        ->type_name("add|remove|exactly");
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
    add_plan_edits(parent, chosen);
    add_plan_dsacls(parent, chosen);
    add_plan_recipe(parent, chosen);
}

} // namespace dsplan::commands
