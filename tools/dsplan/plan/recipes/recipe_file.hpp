#pragma once
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/finding.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>
#include <tools/dsplan/plan/request/resolve.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Recipes as data: a request with parameters and checks, in TOML. README.md beside it says how to write one.
namespace dsplan::plan {

enum class parameter_kind : std::uint8_t { account, object, object_class, choice, text };

/// `[parameter.NAME]`
struct recipe_parameter {
    std::string name;
    parameter_kind kind = parameter_kind::text;
    std::string text;                    ///< what it is for
    std::vector<std::string> classes;    ///< of an object; none: any
    std::vector<std::string> values;     ///< of a choice
    std::optional<std::string> fallback; ///< without it a value must be given

    friend bool operator==(recipe_parameter const&, recipe_parameter const&) = default;
};

/// `[[requires]]`, which stops the plan, and `[[finding]]`, which warns.
struct recipe_check {
    std::string check; ///< of `check_names`
    bool stops = false;
    std::vector<std::string> names; ///< of the schema
    std::string of;                 ///< the account, group or object; "${group}"
    std::int64_t least = 0;
    std::string when; ///< "${unlock} == yes"; empty: always
    std::string advice;

    friend bool operator==(recipe_check const&, recipe_check const&) = default;
};

struct recipe_file {
    std::string name;
    std::string title;
    std::string confidence;           ///< "documented", "seen in the field", "inferred"
    std::vector<std::string> sources; ///< documents that say so
    std::vector<std::string> notes;   ///< what is not proven; sentences
    std::vector<recipe_parameter> parameters;
    std::vector<recipe_check> checks;
    std::string file; ///< its name in messages
    std::string toml; ///< all of it

    friend bool operator==(recipe_file const&, recipe_file const&) = default;
};

/// The checks that a recipe may name.
[[nodiscard]] std::vector<std::string_view> const& check_names();

/// Reads a recipe; its tables are read with the values of its parameters, by `fill`. Errors: all of the file,
/// each with its place.
[[nodiscard]] tl::expected<recipe_file, std::vector<failure>> read_recipe(std::string_view toml,
                                                                          std::string_view file);

/// The recipes of the program, by name.
[[nodiscard]] std::vector<recipe_file> const& embedded_recipes();

/// Values by the names of parameters; several of one become a list where they stand alone.
using recipe_values_given = std::map<std::string, std::vector<std::string>, std::less<>>;

/// The values of all parameters: objects as their DNs, defaults where nothing is given. Errors: a value that
/// is missing, one that means nothing, one for no parameter.
[[nodiscard]] tl::expected<recipe_values_given, std::vector<failure>>
resolve_values(recipe_file const& recipe, recipe_values_given const& given, request_context const& context);

/// The request of a recipe with the values in it.
[[nodiscard]] tl::expected<change_request, std::vector<failure>> fill(recipe_file const& recipe,
                                                                      recipe_values_given const& values);

/// What the checks of a recipe find.
[[nodiscard]] std::vector<finding> check(recipe_file const& recipe, recipe_values_given const& values,
                                         request_context const& context);

/// True where "${unlock} == yes" holds, and for an empty condition.
[[nodiscard]] bool condition_holds(std::string_view condition, recipe_values_given const& values);

/// Text with values in place of "${name}".
[[nodiscard]] std::string filled(std::string_view text, recipe_values_given const& values);

} // namespace dsplan::plan
