#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/render/recipes.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace dsplan::render {
namespace {

std::string parameter_line(plan::recipe_parameter const& of, std::size_t width) {
    std::string kind;
    switch (of.kind) {
    case plan::parameter_kind::account:
        kind = "account";
        break;
    case plan::parameter_kind::object:
        kind = of.classes.empty() ? std::string("object")
                                  : fmt::format("object of class {}", fmt::join(of.classes, ", "));
        break;
    case plan::parameter_kind::object_class:
        kind = "class";
        break;
    case plan::parameter_kind::choice:
        kind = fmt::format("{}", fmt::join(of.values, " or "));
        break;
    case plan::parameter_kind::text:
        kind = "text";
        break;
    }
    auto const given = !of.fallback           ? "must be given"
                       : of.fallback->empty() ? std::string("may be left out")
                                              : fmt::format("{} without it", *of.fallback);
    return fmt::format("  {:<{}}  {}; {}\n", of.name, width, kind, given) +
           (of.text.empty() ? std::string() : fmt::format("  {:<{}}  {}\n", "", width, of.text));
}

std::string_view kind_word(plan::parameter_kind kind) {
    switch (kind) {
    case plan::parameter_kind::account:
        return "account";
    case plan::parameter_kind::object:
        return "object";
    case plan::parameter_kind::object_class:
        return "class";
    case plan::parameter_kind::choice:
        return "choice";
    case plan::parameter_kind::text:
        break;
    }
    return "text";
}

nlohmann::ordered_json parameter_json(plan::recipe_parameter const& of) {
    return {
        {"name", of.name},
        {"kind", kind_word(of.kind)},
        {"text", of.text},
        {"classes", of.classes},
        {"values", of.values},
        {"default", of.fallback ? nlohmann::ordered_json(*of.fallback) : nlohmann::ordered_json(nullptr)}};
}

nlohmann::ordered_json check_json(plan::recipe_check const& of) {
    return {{"check", of.check}, {"stops", of.stops}, {"names", of.names},  {"of", of.of},
            {"least", of.least}, {"when", of.when},   {"advice", of.advice}};
}

nlohmann::ordered_json recipe_json(plan::recipe_file const& recipe) {
    auto parameters = nlohmann::ordered_json::array();
    for (auto const& each : recipe.parameters)
        parameters.push_back(parameter_json(each));
    auto checks = nlohmann::ordered_json::array();
    for (auto const& each : recipe.checks)
        checks.push_back(check_json(each));
    return {{"name", recipe.name},         {"title", recipe.title}, {"confidence", recipe.confidence},
            {"sources", recipe.sources},   {"notes", recipe.notes}, {"parameters", std::move(parameters)},
            {"checks", std::move(checks)}, {"toml", recipe.toml}};
}

// The tables of the request as they stand in the file.
std::string tables_of(std::string_view toml) {
    std::string made;
    bool is_table = false;
    while (!toml.empty()) {
        auto const end = std::min(toml.find('\n'), toml.size());
        auto const line = toml.substr(0, end);
        toml.remove_prefix(std::min(end + 1, toml.size()));
        if (line.starts_with('['))
            is_table = line.starts_with("[[") && !line.starts_with("[[requires]]") &&
                       !line.starts_with("[[finding]]");
        if (is_table)
            made += line.empty() ? std::string("\n") : fmt::format("  {}\n", line);
    }
    return made;
}

std::string section(std::string_view head, std::string const& content) {
    return content.empty() ? std::string() : fmt::format("\n{}\n{}", head, content);
}

std::string checks_of(plan::recipe_file const& recipe) {
    std::string made;
    for (auto const& each : recipe.checks) {
        auto const of = each.of.empty() ? std::string() : " of " + each.of;
        auto const names =
            each.names.empty() ? std::string() : fmt::format(": {}", fmt::join(each.names, ", "));
        auto const least = each.least == 0 ? std::string() : fmt::format(": {}", each.least);
        made +=
            fmt::format("  {}{}{}{}{}\n", each.check, of, names, least, each.stops ? "; stops the plan" : "");
    }
    return made;
}

std::string lines_of(std::vector<std::string> const& texts) {
    std::string made;
    for (auto const& each : texts)
        made += fmt::format("  {}\n", each);
    return made;
}

} // namespace

nlohmann::ordered_json recipes_json(std::vector<plan::recipe_file> const& recipes) {
    auto rows = nlohmann::ordered_json::array();
    for (auto const& each : recipes)
        rows.push_back(recipe_json(each));
    return json_document("recipes", {{"recipes", std::move(rows)}});
}

std::string recipe_list(std::vector<plan::recipe_file> const& recipes) {
    std::size_t width = 0;
    for (auto const& each : recipes)
        width = std::max(width, each.name.size());
    std::string made;
    for (auto const& each : recipes)
        made += printable(fmt::format("{:<{}}  {}", each.name, width, each.title)) + "\n";
    return made;
}

std::string recipe_page(plan::recipe_file const& recipe) {
    std::size_t width = 0;
    for (auto const& each : recipe.parameters)
        width = std::max(width, each.name.size());
    std::string parameters;
    for (auto const& each : recipe.parameters)
        parameters += parameter_line(each, width);
    auto const text =
        fmt::format("{}: {}\n", recipe.name, recipe.title) + section("Parameters", parameters) +
        section("Asks for", tables_of(recipe.toml)) + section("Checks", checks_of(recipe)) +
        section("Not proven, and to be known", lines_of(recipe.notes)) +
        section(fmt::format("Source ({})", recipe.confidence.empty() ? "none named" : recipe.confidence),
                lines_of(recipe.sources));
    std::string made;
    for (std::size_t start = 0; start < text.size();) {
        auto const end = text.find('\n', start);
        made += printable(std::string_view(text).substr(start, end - start)) + "\n";
        start = end + 1;
    }
    return made;
}

} // namespace dsplan::render
