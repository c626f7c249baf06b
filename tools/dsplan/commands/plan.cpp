#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/recipes/whfb/whfb_key_sync.hpp>
#include <tools/dsplan/render/artifacts.hpp>
#include <tools/dsplan/render/plan_json.hpp>
#include <tools/dsplan/render/plan_mark.hpp>
#include <tools/dsplan/render/plan_text.hpp>
#include <tools/dsplan/review/review_plan.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct whfb_options {
    std::vector<std::string> base;
    plan::whfb_request request;
    std::string out;
    std::string include;
    bool force = false;
    bool all = false;
    color_choice color = color_choice::automatic;
};

constexpr char const* whfb_footer =
    "Example:\n"
    "  dsplan plan whfb --base contoso.ldf --connector MSOL_4f2c --out change\n"
    "\n"
    "Files in DIR: 01-permissions.cmd and .ldf (one of the two is enough), 02-members.ldf, rollback.ldf and "
    ".cmd,\n"
    "permissions-before.sddl and -after.sddl, review.html and .md, plan.json, SHA256SUMS; 00-group.ldf where "
    "the group\n"
    "does not exist yet. Several domains have a folder each.\n"
    "\n"
    "Exit status: 0 planned or nothing to do, 1 a finding stops the plan, 2 error; nothing is written but "
    "with 0.";

void list_files(console& console, std::string const& directory, std::vector<artifact> const& files) {
    std::string names;
    for (artifact const& file : files)
        names += (names.empty() ? directory + "/" : "  ") + file.path;
    console.out << "Wrote " << printable(names) << '\n';
}

result<std::vector<input_digest>> digests_of(std::vector<std::string> const& files) {
    std::vector<input_digest> made;
    for (std::string const& file : files) {
        auto digest = digest_of_input(to_path(file));
        if (!digest)
            return tl::unexpected(digest.error());
        made.push_back(std::move(*digest));
    }
    return made;
}

// Everything is computed before the first file appears.
result<std::vector<artifact>> files_of(plan::plan const& drawn, directory::snapshot const& exported) {
    auto description = render::plan_json(drawn);
    auto changes = render::change_files(drawn, render::plan_digest(description));
    auto const reviewed = review::review_plan(drawn, exported, render::sources_to_review(drawn, changes));
    if (!reviewed)
        return tl::unexpected(reviewed.error());
    return render::plan_artifacts(drawn, *reviewed, std::move(description), std::move(changes));
}

exit_status plan_whfb(whfb_options const& options, console& console) {
    auto const out = to_path(options.out);
    if (!options.out.empty())
        if (auto const checked = check_output_directory(out, options.force); !checked)
            return report(console, checked.error());
    auto const exported = load_exports(options.base, console);
    if (!exported)
        return report(console, exported.error());
    auto drawn = plan::plan_whfb_key_sync(*exported, options.request);
    if (!drawn)
        return report(console, drawn.error());

    console.out << render::plan_text(
        *drawn, {.color = wants_color(console, options.color), .all = options.all, .width = console.width});
    if (drawn->stopped)
        return exit_status::findings;
    if (options.out.empty())
        return exit_status::success;
    auto inputs = digests_of(options.base);
    if (!inputs)
        return report(console, inputs.error());
    drawn->inputs = std::move(*inputs);
    auto const files = files_of(*drawn, *exported);
    if (!files)
        return report(console, files.error());
    if (auto const written = write_output_directory(out, *files, options.force); !written)
        return report(console, written.error());
    list_files(console, options.out, *files);
    console.out << fmt::format("Digest of the set, for the paper form (SHA-256 of SHA256SUMS): {}\n",
                               render::set_digest(files->back().content));
    return exit_status::success;
}

} // namespace

void add_plan(CLI::App& application, action& chosen) {
    auto* const plan =
        application.add_subcommand("plan", "Plan a change from an export and write the files to import");
    plan->require_subcommand(1);
    plan->footer("Example:\n"
                 "  dsplan plan whfb --base contoso.ldf --connector MSOL_4f2c --out change\n"
                 "\n"
                 "Each of them has its own --help.");

    auto const options = std::make_shared<whfb_options>();
    auto* const whfb = plan->add_subcommand(
        "whfb",
        "Plan what Windows Hello for Business key synchronization needs: the permission of a group to write\n"
        "msDS-KeyCredentialLink on users, and the membership of the connector account in that group");
    add_base_option(*whfb, options->base);
    whfb->add_option(
            "--connector", options->request.connector,
            "AD DS connector account of the synchronization service: name, DN, SID or user principal name")
        ->type_name("ACCOUNT")
        ->required();
    whfb->add_option("--out", options->out, "Directory for the files; without it the plan is only shown")
        ->type_name("DIR");
    whfb->add_option(
            "--group", options->request.group,
            "Group that holds the permission: name, DN or SID; KeyCredential Admins if not given, and with a "
            "Windows Server 2016 or later domain controller the group that has it by default")
        ->type_name("GROUP");
    whfb->add_option("--domain", options->request.domain,
                     "The one domain to plan for, by DNS name or DN; all of the export if not given")
        ->type_name("DOMAIN");
    whfb->add_option_function<std::string>(
            "--trust",
            [options](std::string const& value) {
                options->request.trust =
                    value == "key" ? plan::trust_type::key : plan::trust_type::certificate;
            },
            "Trust type to plan for; the export decides if not given")
        ->check(CLI::IsMember({"key", "certificate"}).description(""))
        ->type_name("key|certificate");
    whfb->add_option("--include", options->include, "Another class of accounts to grant on")
        ->check(CLI::IsMember({"inetOrgPerson"}, CLI::ignore_case).description(""))
        ->type_name("inetOrgPerson");
    whfb->add_flag(
        "--default-aces", options->request.default_aces,
        "Plan the default permission of Key Admins where a domain with a Windows Server 2016 domain "
        "controller lacks it");
    whfb->add_flag("--create-group", options->request.create_group,
                   "Plan the group where the export does not hold it");
    whfb->add_flag(
        "--by-hand", options->request.by_hand,
        "Grant the permission to --group, on user objects alone, though the default group of Windows "
        "Server 2016 has it");
    whfb->add_flag("--keep-off-controllers", options->request.keep_off_controllers,
                   "Deny the connector account the attribute on domain controllers, with an ACE on OU=Domain "
                   "Controllers");
    whfb->add_flag("--admin-sd-holder", options->request.admin_sd_holder,
                   "Grant on protected accounts too; read the finding about its risk first");
    whfb->add_flag("--force", options->force, "Replace the files of an earlier plan in DIR");
    whfb->add_flag("--all", options->all, "Show unchanged ACEs and all evidence");
    add_key_admins_option(*whfb, options->request.key_admins_protected);
    add_color_option(*whfb, options->color);
    whfb->footer(whfb_footer);
    whfb->callback([options, &chosen] {
        options->request.include_inet_org_person = !options->include.empty();
        chosen = [options](console& console) {
            return plan_whfb(*options, console);
        };
    });
}

} // namespace dsplan::commands
