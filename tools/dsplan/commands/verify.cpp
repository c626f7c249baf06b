#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/verify.hpp>
#include <tools/dsplan/render/plan_folder.hpp>
#include <tools/dsplan/render/verification.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>

namespace dsplan::commands {
namespace {

struct verify_options {
    std::string plan;
    std::vector<std::string> after;
    std::vector<std::string> before;
    std::vector<std::string> schema;
    ldif_input_options input;
    std::string format = "text";
};

constexpr char const* verify_footer =
    "Examples:\n"
    "  dsplan verify --plan change --before contoso-fresh.ldf\n"
    "  dsplan verify --plan change --after contoso-after.ldf\n"
    "\n"
    "The files of DIR are compared with SHA256SUMS and with plan.json first.\n"
    "\n"
    "Exit status: 0 every step is done, or nothing changed since the plan was made; 1 a file of DIR is not "
    "as\n"
    "written, a step is not done, or something differs; 2 error, or the export lacks what would say it.";

template <class List>
exit_status status_of(List const& list) {
    auto const any = [&](plan::step_state state) {
        return std::any_of(list.begin(), list.end(), [&](auto const& each) { return each.state == state; });
    };
    if (any(plan::step_state::unknown))
        return exit_status::error;
    return any(plan::step_state::not_done) || any(plan::step_state::different) ? exit_status::findings
                                                                               : exit_status::success;
}

// What the export lacks of objects besides the steps is named, and no error.
exit_status status_besides(std::vector<plan::compared_object> const& objects) {
    return std::any_of(objects.begin(), objects.end(),
                       [](auto const& each) { return each.state == plan::step_state::different; })
               ? exit_status::findings
               : exit_status::success;
}

std::vector<std::filesystem::path> paths_of(std::vector<std::string> const& names) {
    std::vector<std::filesystem::path> paths;
    std::transform(names.begin(), names.end(), std::back_inserter(paths),
                   [](std::string const& name) { return to_path(name); });
    return paths;
}

exit_status verify(verify_options const& options, console& console) {
    if (options.after.empty() && options.before.empty())
        return report(console,
                      {"expected --after or --before with an export, found neither",
                       "  --before: is the directory still what the plan was made from; --after: is the "
                       "plan done\n"});
    auto folder = render::read_plan_folder(to_path(options.plan));
    if (!folder)
        return report(console, folder.error());
    std::optional<directory::schema> own_schema;
    auto const known = schema_of(options.schema, options.input, console, own_schema);
    if (!known)
        return report(console, known.error());
    bool const is_before = !options.before.empty();
    auto const exported = load_exports(is_before ? options.before : options.after, options.input, console);
    if (!exported)
        return report(console, exported.error());
    if (is_before)
        render::note_other_exports(*folder, paths_of(options.before));
    auto const& domains = folder->planned.domains;
    auto const held = is_before ? plan::verification{} : plan::verify(domains, *exported, **known);
    auto const compared =
        is_before ? plan::compare_with_base(domains, *exported) : std::vector<plan::compared_object>{};
    auto const status = std::max({folder->is_as_written() ? exit_status::success : exit_status::findings,
                                  status_of(held.steps), status_besides(held.objects), status_of(compared)});
    answer_formats const answer{
        .title = is_before ? "The export and the plan's base" : "What is done of the plan",
        .text =
            [&] {
                return render::folder_text(*folder) +
                       (is_before ? render::base_comparison_text(compared) : render::verification_text(held));
            },
        .json =
            [&] {
                return render::verification_json(*folder, held, compared, is_before,
                                                 static_cast<int>(status));
            }};
    console.out << answer.in(options.format);
    return status;
}

CLI::Option* add_export_option(CLI::App& command, std::string const& name, std::vector<std::string>& files,
                               std::string const& what) {
    return command.add_option(name, files, what)->type_name("EXPORT.ldf")->expected(1)->take_all();
}

} // namespace

void add_verify(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<verify_options>();
    auto* const command =
        application.add_subcommand("verify", "Check an export against a plan, before or after the import");
    command->add_option("--plan", options->plan, "Directory that dsplan plan wrote")
        ->type_name("DIR")
        ->required();
    auto* const after = add_export_option(
        *command, "--after", options->after,
        "LDIF export from after the import: what is done, not done, different, and what else "
        "changed; may be given again");
    auto* const before =
        add_export_option(
            *command, "--before", options->before,
            "LDIF export from before the import: whether it is still what the plan was made from; may "
            "be given again")
            ->excludes(after);
    auto* const base = add_base_option(*command, options->after)->excludes(before);
    base->description("The same as --after")->excludes(after);
    add_format_option(*command, options->format);
    add_schema_option(*command, options->schema);
    add_input_options(*command, options->input);
    command->footer(verify_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return verify(*options, console);
        };
    });
}

} // namespace dsplan::commands
