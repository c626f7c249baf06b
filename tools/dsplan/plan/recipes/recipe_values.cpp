#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/plan/recipes/recipe_file.hpp>
#include <tools/dsplan/plan/request/find_names.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace dsplan::plan {
namespace {

struct resolving_values {
    recipe_file const& recipe;
    request_context const& context;
    std::vector<failure> errors{};

    std::nullopt_t fail(std::string_view name, std::string_view what, std::string detail = {}) {
        errors.push_back({fmt::format("--set {}: {}", printable(name), what), std::move(detail)});
        return std::nullopt;
    }
};

using maybe_text = std::optional<std::string>;

maybe_text object_value(resolving_values& state, recipe_parameter const& of, std::string const& value) {
    auto const found = find_objects({.names = {value}, .below = {}, .class_name = {}}, {}, state.context);
    if (!found)
        return state.fail(of.name, found.error().what, found.error().detail);
    auto const& object = *found->front();
    bool const fits =
        of.classes.empty() || std::any_of(of.classes.begin(), of.classes.end(),
                                          [&object](auto const& each) { return object.is_a(each); });
    if (!fits)
        return state.fail(of.name,
                          fmt::format("expected an object of class {}, found {}, which is of class {}",
                                      fmt::join(of.classes, " or "), printable(object.dn),
                                      printable(object.structural_class())));
    return std::string(object.dn);
}

maybe_text choice_value(resolving_values& state, recipe_parameter const& of, std::string const& value) {
    for (auto const& each : of.values)
        if (equal_ignoring_case(each, value))
            return each;
    return state.fail(of.name,
                      fmt::format("expected {}, found '{}'", fmt::join(of.values, " or "), printable(value)));
}

maybe_text class_value(resolving_values& state, recipe_parameter const& of, std::string const& value) {
    if (auto const* const found = state.context.known.find_class(value))
        return found->name;
    return state.fail(of.name, fmt::format("expected a class, found '{}'", printable(value)),
                      "  a forest with its own classes needs --schema\n");
}

maybe_text account_value(resolving_values& state, recipe_parameter const& of, std::string const& value) {
    auto const found = find_account(value, {}, state.context);
    return found ? maybe_text(value) : state.fail(of.name, found.error().what, found.error().detail);
}

maybe_text value_of(resolving_values& state, recipe_parameter const& of, std::string const& value) {
    if (value.empty() && of.fallback && of.fallback->empty())
        return value; // an account that is left out
    switch (of.kind) {
    case parameter_kind::account:
        return account_value(state, of, value);
    case parameter_kind::object:
        return object_value(state, of, value);
    case parameter_kind::object_class:
        return class_value(state, of, value);
    case parameter_kind::choice:
        return choice_value(state, of, value);
    case parameter_kind::text:
        break;
    }
    return value;
}

std::string_view type_of(parameter_kind kind) {
    constexpr std::array<std::string_view, 5> words{"ACCOUNT", "OBJECT", "CLASS", "CHOICE", "TEXT"};
    return words[static_cast<std::size_t>(kind)];
}

void fail_for_missing(resolving_values& state, recipe_parameter const& of) {
    state.errors.push_back(
        {fmt::format("the recipe {} needs a value for '{}': --set {}={}", state.recipe.name,
                     printable(of.name), printable(of.name), type_of(of.kind)),
         of.text.empty() ? std::string() : fmt::format("  {}\n", printable(of.text))});
}

void fail_for_unknown(resolving_values& state, std::string const& name) {
    std::vector<std::string> known;
    nearest_names near(name);
    for (auto const& each : state.recipe.parameters) {
        known.push_back(each.name);
        near.consider(each.name);
    }
    auto const meant = near.take();
    state.errors.push_back(
        {fmt::format("the recipe {} has no parameter '{}'", state.recipe.name, printable(name)),
         meant.empty() ? fmt::format("  its parameters are {}\n", fmt::join(known, ", "))
                       : fmt::format("  did you mean {}?\n", meant.front())});
}

} // namespace

tl::expected<recipe_values_given, std::vector<failure>>
resolve_values(recipe_file const& recipe, recipe_values_given const& given, request_context const& context) {
    resolving_values state{recipe, context};
    recipe_values_given made;
    for (auto const& parameter : recipe.parameters) {
        auto const found = given.find(parameter.name);
        if (found == given.end() && !parameter.fallback) {
            fail_for_missing(state, parameter);
            continue;
        }
        auto const values = found != given.end() ? found->second : std::vector{*parameter.fallback};
        for (auto const& value : values)
            if (auto read = value_of(state, parameter, value))
                made[parameter.name].push_back(*std::move(read));
    }
    for (auto const& set : given)
        if (std::none_of(recipe.parameters.begin(), recipe.parameters.end(),
                         [&set](auto const& each) { return each.name == set.first; }))
            fail_for_unknown(state, set.first);
    if (!state.errors.empty())
        return tl::unexpected(std::move(state.errors));
    return made;
}

} // namespace dsplan::plan
