#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/commands/plan_command.hpp>
#include <tools/dsplan/commands/plan_request.hpp>
#include <tools/dsplan/plan/request/request_fields.hpp>

namespace dsplan::commands {
namespace {

void add_replace_trustee(CLI::App& parent, action& chosen) {
    auto const options =
        add_table_command(parent, "replace-trustee", "Plan to replace an account in lists by another one",
                          plan::replace_trustee_table{}, chosen);
    auto& command = *parent.get_subcommand("replace-trustee");
    auto& table = options->table;
    command
        .add_option("--old", table.old_trustee, "Account in the ACEs now: name, DN or SID; it need not exist")
        ->type_name("ACCOUNT");
    command.add_option("--new", table.new_trustee, "Account that takes its place")->type_name("ACCOUNT");
    command.add_option("--from", table.from, "CSV file with the columns old and new, in place of the two")
        ->type_name("FILE.csv")
        ->excludes("--old")
        ->excludes("--new");
    add_objects(command, table.on);
    command.add_flag("--owners", table.owners, "Replace it as owner, too");
    command.add_flag("!--no-audit", table.audit, "Leave auditing ACEs as they are");
    command.add_flag("--keep-old", table.keep_old, "Keep the ACEs of the old account beside the new ones");
    add_reason(command, table.reason, options->common);
    command.footer(plan_footer("Example:\n"
                               "  dsplan plan replace-trustee --old S-1-5-21-1-2-3-4711 --new Helpdesk\n"
                               "    --below DC=contoso,DC=com --base contoso.ldf --out change"));
}

void add_inheritance(CLI::App& parent, action& chosen) {
    auto const options = add_table_command(parent, "inheritance", "Plan to block or allow inheritance",
                                           plan::inheritance_table{}, chosen);
    auto& command = *parent.get_subcommand("inheritance");
    auto& table = options->table;
    add_objects(command, table.on);
    command
        .add_option_function<std::string>(
            "--set",
            [&table](std::string const& word) {
                table.set = word == "allow"        ? plan::inheritance_change::allow
                            : word == "block-drop" ? plan::inheritance_change::block_drop
                                                   : plan::inheritance_change::block_copy;
            },
            "Block and keep the inherited ACEs as own ones, block and drop them, or allow")
        ->transform(one_of({"block-copy", "block-drop", "allow"}))
        ->type_name("block-copy|block-drop|allow")
        ->required();
    command.add_option("--acl", table.list, "The permissions, which is the default, or the auditing list")
        ->transform(one_of({"dacl", "sacl"}))
        ->type_name("dacl|sacl");
    command
        .add_option(
            "--order", table.order,
            "With block-copy: keep the order of the ACEs, or sort denials first; auto stops where the "
            "two differ in meaning")
        ->transform(one_of({"auto", "keep", "canonical"}))
        ->type_name("auto|keep|canonical");
    command.add_flag("--drop-copies", table.drop_copies,
                     "With allow: remove own ACEs that the containers above give as well");
    add_reason(command, table.reason, options->common);
    command.footer(plan_footer("Example:\n"
                               "  dsplan plan inheritance --set block-copy --on OU=Vault,DC=contoso,DC=com\n"
                               "    --base contoso.ldf --out change"));
}

void add_owner(CLI::App& parent, action& chosen) {
    auto const options =
        add_table_command(parent, "owner", "Plan to change the owner", plan::owner_table{}, chosen);
    auto& command = *parent.get_subcommand("owner");
    command.add_option("--to", options->table.owner, "New owner: name, DN or SID")
        ->type_name("ACCOUNT")
        ->required();
    command.add_option("--group", options->table.group, "New primary group of the descriptor")
        ->type_name("ACCOUNT");
    add_objects(command, options->table.on);
    add_reason(command, options->table.reason, options->common);
    command.footer(plan_footer("Example:\n"
                               "  dsplan plan owner --to \"Domain Admins\" --on OU=Sales,DC=contoso,DC=com\n"
                               "    --base contoso.ldf --out change"));
}

void add_audit(CLI::App& parent, action& chosen) {
    auto const options = add_table_command(parent, "audit", "Plan to audit the use of rights, or no longer",
                                           plan::audit_table{}, chosen);
    auto& command = *parent.get_subcommand("audit");
    auto& table = options->table;
    command.add_option("--who", table.who, "Account whose use of the rights is audited: name, DN or SID")
        ->type_name("ACCOUNT")
        ->required();
    add_objects(command, table.on);
    add_list(command, "--right", table.rights, "RIGHT", "As dsplan rights lists them; may be given again")
        ->required();
    command
        .add_option("--applies-to", table.applies_to,
                    "\"descendant user objects\", as dsplan applies-to lists them")
        ->type_name("OBJECTS");
    command.add_flag("--failure", table.on_failure, "Audit what is refused, too");
    command.add_flag("!--no-success", table.on_success, "Do not audit what is allowed; goes with --failure");
    command.add_flag("--remove", table.remove, "Stop auditing it");
    add_reason(command, table.reason, options->common);
    command.footer(plan_footer("Example:\n"
                               "  dsplan plan audit --who Everyone --right \"change permissions\"\n"
                               "    --on DC=contoso,DC=com --base contoso.ldf --out change"));
}

void add_restore(CLI::App& parent, action& chosen) {
    auto const options =
        add_table_command(parent, "restore", "Plan to put descriptors back", plan::restore_table{}, chosen);
    auto& command = *parent.get_subcommand("restore");
    auto& table = options->table;
    add_objects(command, table.on);
    auto* const as =
        command
            .add_option("--as", table.as,
                        "What to restore: class-default, inherited-only, or a descriptor as SDDL")
            ->type_name("SDDL");
    command.add_option("--from", table.from, "Export that holds the objects as they were")
        ->type_name("EXPORT.ldf")
        ->excludes(as);
    add_list(command, "--part", table.parts, "dacl|owner|sacl|members",
             "What to put back; the DACL alone without it; may be given again")
        ->transform(one_of({"dacl", "owner", "sacl", "members"}));
    add_reason(command, table.reason, options->common);
    command.footer(plan_footer("Example:\n"
                               "  dsplan plan restore --from last-week.ldf --on OU=Sales,DC=contoso,DC=com\n"
                               "    --base contoso.ldf --out change"));
}

void add_aces(CLI::App& command, std::string const& name, std::vector<plan::state_ace>& to,
              std::string const& description) {
    command
        .add_option_function<std::vector<std::string>>(
            name,
            [&to](std::vector<std::string> const& texts) {
                for (auto const& each : texts)
                    to.emplace_back().ace = each;
            },
            description)
        ->type_name("ACE")
        ->expected(1)
        ->take_all();
}

void add_state(CLI::App& parent, action& chosen) {
    auto const options = add_table_command(parent, "state", "Plan for an object to hold exactly these ACEs",
                                           plan::state_table{}, chosen);
    auto& command = *parent.get_subcommand("state");
    auto& table = options->table;
    add_objects(command, table.on);
    add_aces(command, "--ace", table.aces, "ACE to hold, as SDDL; may be given again");
    add_aces(command, "--tolerate", table.tolerate,
             "ACE that may stay, with all that say no more than it; may be given again");
    command
        .add_option("--mode", table.mode, "Remove every other explicit ACE, which is the default, or none")
        ->transform(one_of({"exactly", "at-least"}))
        ->type_name("exactly|at-least");
    command
        .add_option("--defaults", table.defaults, "Keep what the class gives a new object, or drop it, too")
        ->transform(one_of({"keep", "drop"}))
        ->type_name("keep|drop");
    add_reason(command, table.reason, options->common);
    command.footer(
        plan_footer("Example:\n"
                    "  dsplan plan state --ace \"(A;CI;LCRPLORC;;;AU)\" --on OU=Sales,DC=contoso,DC=com\n"
                    "    --base contoso.ldf --out change"));
}

void add_clean(CLI::App& parent, action& chosen) {
    auto const options = add_table_command(
        parent, "clean", "Find ACEs that nobody needs, and plan to remove them", plan::clean_table{}, chosen);
    auto& command = *parent.get_subcommand("clean");
    auto& table = options->table;
    add_objects(command, table.on);
    add_list(command, "--what", table.what, "orphans|duplicates|subsumed|copies|order",
             "ACEs of accounts that are gone, ACEs that others say already, lists out of order; may be given "
             "again")
        ->transform(one_of(std::vector<std::string>(plan::clean_words.begin(), plan::clean_words.end())))
        ->required();
    command.add_flag("!--remove", table.report_only, "Remove what is found; without it, it is reported");
    command.add_flag(
        "--export-is-complete", table.export_is_complete,
        "The export holds every account of its domains; without it no account is taken to be gone");
    add_reason(command, table.reason, options->common);
    command.footer(
        plan_footer("Example:\n"
                    "  dsplan plan clean --what duplicates --what subsumed --below DC=contoso,DC=com\n"
                    "    --base contoso.ldf"));
}

} // namespace

void add_plan_edits(CLI::App& parent, action& chosen) {
    add_replace_trustee(parent, chosen);
    add_inheritance(parent, chosen);
    add_owner(parent, chosen);
    add_audit(parent, chosen);
    add_restore(parent, chosen);
    add_state(parent, chosen);
    add_clean(parent, chosen);
}

} // namespace dsplan::commands
