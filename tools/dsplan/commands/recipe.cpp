#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/recipe_directory.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/recipes/import_delegwiz.hpp>
#include <tools/dsplan/render/recipes.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct recipe_options {
    std::string name;
    std::string directory;
    bool as_toml = false;
    std::string out;
    std::string format = "text";
};

exit_status fail(console& console, std::vector<failure> const& errors) {
    for (auto const& each : errors)
        report(console, each);
    return exit_status::error;
}

exit_status run_list(recipe_options const& options, console& console) {
    auto const all = all_recipes(options.directory);
    if (!all)
        return fail(console, all.error());
    answer_formats const answer{.title = "Recipes",
                                .text = [&] { return render::recipe_list(*all); },
                                .json =
                                    [&] {
                                        return json_text(render::recipes_json(*all));
                                    }};
    console.out << answer.in(options.format);
    return exit_status::success;
}

exit_status run_show(recipe_options const& options, console& console) {
    auto const found = find_recipe(options.name, options.directory);
    if (!found)
        return fail(console, found.error());
    answer_formats const answer{.title = "Recipe " + found->name,
                                .text = [&] { return render::recipe_page(*found); },
                                .json =
                                    [&] {
                                        return json_text(render::recipes_json({*found}));
                                    }};
    console.out << (options.as_toml ? found->toml : answer.in(options.format));
    return exit_status::success;
}

// What the files say, as list and show read them.
result<std::vector<plan::recipe_file>> recipes_in(std::vector<artifact> const& files) {
    std::vector<plan::recipe_file> made;
    for (auto const& each : files) {
        auto read = plan::read_recipe(each.content, each.path);
        if (!read)
            return tl::unexpected(read.error().front());
        made.push_back(*std::move(read));
    }
    return made;
}

std::string paths_of(std::vector<artifact> const& files) {
    std::string lines;
    for (auto const& each : files)
        lines += each.path + '\n';
    return lines;
}

exit_status run_import(recipe_options const& options, console& console) {
    constexpr std::size_t largest = std::size_t(16) << 20U;
    auto const text = read_text_file(to_path(options.name), largest);
    if (!text)
        return report(console, text.error());
    auto const files = plan::import_delegwiz(*text, options.name);
    if (!files)
        return fail(console, files.error());
    if (auto const written = write_output_directory(to_path(options.out), *files, false); !written)
        return report(console, written.error());
    auto const made = recipes_in(*files);
    if (!made)
        return report(console, made.error());
    answer_formats const answer{.title = "Recipes made of " + options.name,
                                .text = [&] { return paths_of(*files); },
                                .json =
                                    [&] {
                                        return json_text(render::recipes_json(*made));
                                    }};
    console.out << answer.in(options.format);
    return exit_status::success;
}

using run_recipe = exit_status (*)(recipe_options const& options, console& console);

CLI::App* add_one(CLI::App& parent, action& chosen, std::string const& name, std::string const& description,
                  std::shared_ptr<recipe_options> const& options, run_recipe run) {
    auto* const command = parent.add_subcommand(name, description);
    add_recipes_option(*command, options->directory);
    add_format_option(*command, options->format);
    command->callback([options, run, &chosen] {
        chosen = [options, run](console& console) {
            return run(*options, console);
        };
    });
    return command;
}

void add_import(CLI::App& parent, action& chosen) {
    auto const options = std::make_shared<recipe_options>();
    auto* const command = parent.add_subcommand(
        "import", "Make recipes of the templates that the Delegation of Control wizard reads");
    command->add_option("FILE", options->name, "delegwiz.inf")->required();
    command->add_option("-o,--out", options->out, "Directory for the recipes, a file each")
        ->type_name("DIR")
        ->required();
    add_format_option(*command, options->format);
    command->footer("Example:\n"
                    "  dsplan recipe import delegwiz.inf --out recipes\n"
                    "  dsplan plan recipe reset-passwords --recipes recipes --set group=Helpdesk\n"
                    "    --set unit=OU=Sales,DC=contoso,DC=com --base contoso.ldf --out change");
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return run_import(*options, console);
        };
    });
}

} // namespace

void add_recipe(CLI::App& application, action& chosen) {
    auto* const recipe = application.add_subcommand("recipe", "List and show recipes for usual tasks");
    recipe->require_subcommand(1);
    recipe->footer("Examples:\n"
                   "  dsplan recipe list\n"
                   "  dsplan recipe show helpdesk-password\n"
                   "\n"
                   "dsplan plan recipe RECIPE plans one. Each of them has its own --help.");
    add_one(*recipe, chosen, "list", "List the recipes", std::make_shared<recipe_options>(), run_list);
    auto const options = std::make_shared<recipe_options>();
    auto* const show =
        add_one(*recipe, chosen, "show", "Show what a recipe grants and its parameters", options, run_show);
    show->add_option("RECIPE", options->name, "Name of the recipe")->required();
    show->add_flag("--toml", options->as_toml, "Show the file, to begin one of your own from");
    add_import(*recipe, chosen);
}

} // namespace dsplan::commands
