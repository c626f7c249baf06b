#pragma once
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/earlier_plans.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/plan_output.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/dsacls/read_dsacls.hpp>
#include <tools/dsplan/plan/recipes/recipe_file.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>
#include <tools/dsplan/plan/request/plan_request.hpp>

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// What the subcommands of `dsplan plan` that plan a request share.
namespace dsplan::commands {

struct request_command {
    std::string name;
    directory_options directory;
    earlier_plans before;
    plan_output output;
    std::string written_request; ///< file for the request as TOML
    plan::change_channel channel = plan::change_channel::automatic;
    std::string dsacls_names = "name"; ///< or "guid"
};

/// Prints every error.
exit_status report_all(console& console, std::vector<failure> const& errors);

using request_or_errors = tl::expected<plan::prepared_request, std::vector<failure>>;

/// Makes the request once the export is there.
using request_maker = std::function<request_or_errors(exported_directory const& from)>;

/// The request of a recipe, and what its checks find; `directory` holds recipes beside those of the program.
[[nodiscard]] request_or_errors fill_recipe(std::string const& name, std::string const& directory,
                                            plan::recipe_values_given const& given,
                                            exported_directory const& from);

/// The request with the tables of its recipes.
[[nodiscard]] request_or_errors with_recipes_filled(plan::change_request request,
                                                    std::string const& directory,
                                                    exported_directory const& from);

/// Plans what is made; `inputs` are the files that it came from.
exit_status plan_made(request_command const& options, request_maker const& make,
                      std::vector<std::string> inputs, console& console);

/// Plans the request; `inputs` are the files that it came from.
exit_status plan_guarded(request_command const& options, plan::change_request const& request,
                         std::vector<std::string> inputs, console& console);

void add_directory_and_output(CLI::App& command, request_command& options);

/// An option that may be given again, one value each.
CLI::Option* add_list(CLI::App& command, std::string const& name, std::vector<std::string>& to,
                      std::string const& type, std::string const& description);

/// --on, --below and --class.
void add_objects(CLI::App& command, plan::object_choice& on);

/// --write-request.
void add_write_request(CLI::App& command, request_command& common);

/// --reason, the options of every plan, and --write-request.
void add_reason(CLI::App& command, std::string& reason, request_command& common);

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
            return plan_guarded(options->common, request, {}, console);
        };
    });
    return options;
}

} // namespace dsplan::commands
