#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/plan_command.hpp>
#include <tools/dsplan/commands/plan_request.hpp>
#include <tools/dsplan/commands/recipe_directory.hpp>

#include <fmt/format.h>

#include <utility>

namespace dsplan::commands {
namespace {

struct filled_recipe_command {
    request_command common;
    std::string name;
    std::string directory;
    std::vector<std::string> values; ///< NAME=VALUE
};

result<plan::recipe_values_given> given_values(std::vector<std::string> const& values) {
    plan::recipe_values_given made;
    for (auto const& each : values) {
        auto const sign = each.find('=');
        if (sign == std::string::npos || sign == 0)
            return tl::unexpected(
                failure{fmt::format("expected NAME=VALUE for --set, found '{}'", printable(each)), {}});
        made[each.substr(0, sign)].push_back(each.substr(sign + 1));
    }
    return made;
}

std::vector<plan::finding> notes_of(plan::recipe_file const& recipe) {
    std::vector<plan::finding> made;
    for (auto const& note : recipe.notes)
        made.push_back({"recipe-note", plan::severity::note, printable(note), {}, {}});
    if (recipe.confidence != "documented")
        made.push_back({"recipe-confidence",
                        plan::severity::unknown,
                        recipe.confidence.empty()
                            ? fmt::format("the recipe {} names no source for what it grants", recipe.name)
                            : fmt::format("the recipe {} says of what it grants: {}", recipe.name,
                                          printable(recipe.confidence)),
                        {},
                        "compare it with what your systems need"});
    return made;
}

request_or_errors make_request(filled_recipe_command const& options, exported_directory const& from) {
    auto const given = given_values(options.values);
    if (!given)
        return tl::unexpected(std::vector{given.error()});
    return fill_recipe(options.name, options.directory, *given, from);
}

std::string at_place(plan::request_place const& place, std::string const& what) {
    return plan::place_text(place) + ": " + what;
}

} // namespace

request_or_errors fill_recipe(std::string const& name, std::string const& directory,
                              plan::recipe_values_given const& given, exported_directory const& from) {
    auto const recipe = find_recipe(name, directory);
    if (!recipe)
        return tl::unexpected(recipe.error());
    plan::request_context const context{from.exported, from.around, from.members, from.known()};
    auto const values = plan::resolve_values(*recipe, given, context);
    if (!values)
        return tl::unexpected(values.error());
    auto request = plan::fill(*recipe, *values);
    if (!request)
        return tl::unexpected(request.error());
    auto findings = notes_of(*recipe);
    for (auto& each : plan::check(*recipe, *values, context))
        findings.push_back(std::move(each));
    return plan::prepared_request{*std::move(request), std::move(findings)};
}

request_or_errors with_recipes_filled(plan::change_request request, std::string const& directory,
                                      exported_directory const& from) {
    plan::prepared_request made{std::move(request), {}};
    std::vector<failure> errors;
    for (auto const& use : std::exchange(made.request.recipes, {})) {
        auto filled = fill_recipe(use.name, directory, use.with, from);
        if (!filled) {
            for (auto const& each : filled.error())
                errors.push_back({at_place(use.place, each.what), each.detail});
            continue;
        }
        auto& tables = filled->request.tables;
        made.request.tables.insert(made.request.tables.end(), tables.begin(), tables.end());
        made.findings.insert(made.findings.end(), filled->findings.begin(), filled->findings.end());
    }
    if (!errors.empty())
        return tl::unexpected(std::move(errors));
    return made;
}

void add_plan_recipe(CLI::App& parent, action& chosen) {
    auto const options = std::make_shared<filled_recipe_command>();
    options->common.name = "recipe";
    auto* const command = parent.add_subcommand("recipe", "Plan a usual task with values of your own");
    command->add_option("RECIPE", options->name, "Name of the recipe, as dsplan recipe list names it")
        ->required();
    add_list(*command, "--set", options->values, "NAME=VALUE", "Value of a parameter; may be given again");
    add_recipes_option(*command, options->directory);
    add_directory_and_output(*command, options->common);
    add_write_request(*command, options->common);
    command->footer(plan_footer("Example:\n"
                                "  dsplan plan recipe helpdesk-password --set group=Helpdesk\n"
                                "    --set unit=OU=Sales,DC=contoso,DC=com --base contoso.ldf --out change\n"
                                "\n"
                                "dsplan recipe show RECIPE lists its parameters."));
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return plan_made(
                options->common,
                [options](exported_directory const& from) { return make_request(*options, from); }, {},
                console);
        };
    });
}

} // namespace dsplan::commands
