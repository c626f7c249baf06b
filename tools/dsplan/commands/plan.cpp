#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/earlier_plans.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/plan_output.hpp>
#include <tools/dsplan/commands/plan_request.hpp>
#include <tools/dsplan/plan/recipes/recipe.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>

namespace dsplan::commands {
namespace {

struct recipe_command {
    std::vector<std::string> base;
    std::vector<std::string> schema;
    ldif_input_options input;
    plan::recipe_values values;
    earlier_plans before;
    plan_output output;
};

exit_status run(plan::recipe const& chosen, recipe_command const& options, console& console) {
    if (auto const checked = options.output.check(console); !checked)
        return report(console, checked.error());
    auto exported = load_exports(options.base, options.input, console);
    if (!exported)
        return report(console, exported.error());
    auto own_schema = load_schema(options.schema, options.input, console);
    if (!own_schema)
        return report(console, own_schema.error());
    std::vector<plan::finding> findings;
    auto const from =
        options.before.carried_out(directory_of(*std::move(exported), *std::move(own_schema)), findings);
    if (!from)
        return report(console, from.error());
    auto drawn = chosen.draw((*from)->exported, (*from)->known(), options.values);
    if (!drawn)
        return report(console, drawn.error());
    drawn->findings.insert(drawn->findings.begin(), findings.begin(), findings.end());
    auto inputs = options.base;
    inputs.insert(inputs.end(), options.schema.begin(), options.schema.end());
    options.before.add_inputs(inputs);
    return options.output.finish(*std::move(drawn), (*from)->exported, (*from)->known(), inputs, console);
}

std::vector<std::string> words_of(std::string_view choices) {
    std::vector<std::string> made(1);
    for (char const letter : choices)
        if (letter == '|')
            made.emplace_back();
        else
            made.back() += letter;
    return made;
}

void add_option(CLI::App& command, plan::recipe_option const& option, plan::recipe_values& values) {
    std::string const name(option.name);
    std::string const description(option.description);
    if (option.type.empty()) {
        command.add_flag_callback(
            name, [&values, name] { values.given[name] = {}; }, description);
        return;
    }
    auto* const added = command.add_option_function<std::string>(
        name, [&values, name](std::string const& value) { values.given[name] = value; }, description);
    added->type_name(std::string(option.type));
    if (option.has_choices)
        added->transform(one_of(words_of(option.type)));
    if (option.is_required)
        added->required();
}

void add_recipe(CLI::App& plan, plan::recipe const& chosen_recipe, action& chosen) {
    auto const options = std::make_shared<recipe_command>();
    auto* const command =
        plan.add_subcommand(std::string(chosen_recipe.name), std::string(chosen_recipe.description));
    add_base_option(*command, options->base)->required();
    add_schema_option(*command, options->schema);
    add_input_options(*command, options->input);
    for (auto const& option : chosen_recipe.options)
        add_option(*command, option, options->values);
    options->before.add_to(*command);
    options->output.add_to(*command);
    add_key_admins_option(*command, options->values.key_admins_protected);
    command->footer(plan_footer(chosen_recipe.footer));
    command->callback([options, &chosen_recipe, &chosen] {
        chosen = [options, &chosen_recipe](console& console) {
            return run(chosen_recipe, *options, console);
        };
    });
}

} // namespace

void add_plan(CLI::App& application, action& chosen) {
    auto* const plan =
        application.add_subcommand("plan", "Plan a change from an export and write the files to import");
    plan->require_subcommand(1);
    plan->footer(
        "Example:\n"
        "  dsplan plan grant --to Helpdesk --right \"Reset Password\" --on OU=Sales,DC=contoso,DC=com\n"
        "    --applies-to \"descendant user objects\" --base contoso.ldf --out change\n"
        "\n"
        "Each of them has its own --help.");
    add_plan_requests(*plan, chosen);
    for (auto const& each : plan::all_recipes())
        add_recipe(*plan, each, chosen);
}

} // namespace dsplan::commands
