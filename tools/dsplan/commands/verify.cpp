#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ground/input_file.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/verify.hpp>
#include <tools/dsplan/render/read_plan.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct verify_options {
    std::string plan;
    std::vector<std::string> after;
};

constexpr char const* verify_footer = "Example:\n"
                                      "  dsplan verify --plan change --after contoso-after.ldf\n"
                                      "\n"
                                      "Exit status: 0 every step is done, 1 a step is not done or different, "
                                      "2 error, or the export lacks an object.";

constexpr std::size_t largest_plan = std::size_t{1} << 30;

std::string_view state_text(plan::step_state state) {
    switch (state) {
    case plan::step_state::done:
        return "✓ done       ";
    case plan::step_state::not_done:
        return "✗ not done   ";
    case plan::step_state::different:
        return "! different  ";
    case plan::step_state::unknown:
        return "? unknown    ";
    }
    return "";
}

exit_status status_of(std::vector<plan::verified_step> const& steps) {
    auto const any = [&](plan::step_state state) {
        return std::any_of(steps.begin(), steps.end(), [&](auto const& step) { return step.state == state; });
    };
    if (any(plan::step_state::unknown))
        return exit_status::error;
    return any(plan::step_state::not_done) || any(plan::step_state::different) ? exit_status::findings
                                                                               : exit_status::success;
}

exit_status verify(verify_options const& options, console& console) {
    auto const text = read_whole_file(to_path(options.plan) / "plan.json", largest_plan);
    if (!text)
        return report(console, text.error());
    auto const planned = render::read_plan_json(*text);
    if (!planned)
        return report(console, planned.error());
    auto const after = load_exports(options.after, console);
    if (!after)
        return report(console, after.error());
    auto const steps = plan::verify(*planned, *after);
    for (plan::verified_step const& step : steps) {
        console.out << "  " << state_text(step.state) << printable(step.what) << '\n';
        for (std::string const& detail : step.details)
            console.out << "      " << printable(detail) << '\n';
    }
    auto const done = std::count_if(steps.begin(), steps.end(),
                                    [](auto const& step) { return step.state == plan::step_state::done; });
    if (steps.empty())
        console.out << "The plan has no steps: nothing to verify.\n";
    else
        console.out << fmt::format("{} of {} steps done.\n", done, steps.size());
    return status_of(steps);
}

} // namespace

void add_verify(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<verify_options>();
    auto* const command = application.add_subcommand(
        "verify", "Hold a plan against a later export: what is done, not done, different");
    command->add_option("--plan", options->plan, "Directory that dsplan plan wrote")
        ->type_name("DIR")
        ->required();
    command
        ->add_option("--after", options->after,
                     "LDIF export of the directory after the import; may be given again")
        ->type_name("EXPORT.ldf")
        ->required()
        ->expected(1)
        ->take_all();
    command->footer(verify_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return verify(*options, console);
        };
    });
}

} // namespace dsplan::commands
