#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <map>
#include <span>
#include <string>
#include <string_view>

/// What every recipe gives: the options of its subcommand, and a plan. Nothing outside its folder knows more.
namespace dsplan::plan {

/// An option of a recipe's subcommand; without a type it is a flag.
struct recipe_option {
    std::string_view name; ///< "--connector"
    std::string_view type; ///< "ACCOUNT", or the choices: "key|certificate"
    std::string_view description;
    bool is_required = false;
    bool has_choices = false; ///< the words of `type` are all there are
};

/// What the user gave: values by the names of options, "" for a flag.
struct recipe_values {
    std::map<std::string, std::string, std::less<>> given;
    bool key_admins_protected = false; ///< the AdminSDHolder task takes the Key Admins groups too

    [[nodiscard]] bool has(std::string_view name) const { return given.contains(name); }
    [[nodiscard]] std::string text(std::string_view name) const {
        auto const found = given.find(name);
        return found == given.end() ? std::string() : found->second;
    }
};

/// A change that an export alone decides much of: a subcommand of `dsplan plan`.
struct recipe {
    std::string_view name;
    std::string_view description;
    std::string_view footer; ///< of its help
    std::span<recipe_option const> options;
    result<plan> (*draw)(directory::snapshot const& exported, directory::schema const& known,
                         recipe_values const& values);
};

/// All recipes, by name.
[[nodiscard]] std::span<recipe const> all_recipes();

} // namespace dsplan::plan
