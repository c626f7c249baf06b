#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/plan/recipes/recipe_file.hpp>
#include <tools/dsplan/plan/request/toml_request.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace dsplan::plan {
namespace {

constexpr std::array<std::string_view, 5> kind_words{"account", "object", "class", "choice", "text"};

struct recipe_reading {
    recipe_file made{};
    std::vector<failure> errors{};

    void fail(toml::node const& where, std::string_view what, std::string detail = {}) {
        auto const& at = where.source().begin;
        errors.push_back(
            {fmt::format("{}:{}:{}: {}", printable(made.file), at.line, at.column, what), std::move(detail)});
    }
};

// The keys of one table of a recipe.
class key_reader {
public:
    key_reader(recipe_reading& state, toml::table const& table, std::string name)
        : state_(state)
        , table_(table)
        , name_(std::move(name)) {}

    void text(std::string_view key, std::string& to, bool is_required = false) {
        known_.emplace_back(key);
        auto const* const value = table_.get(key);
        if (value == nullptr) {
            if (is_required)
                state_.fail(table_, fmt::format("{} needs the key '{}'", name_, key));
        } else if (auto const* const read = value->as_string()) {
            to = read->get();
        } else {
            state_.fail(*value, fmt::format("expected text for '{}', found {}", key, kind_of(*value)));
        }
    }

    // One text or a list of them.
    void texts(std::string_view key, std::vector<std::string>& to) {
        known_.emplace_back(key);
        auto const* const value = table_.get(key);
        if (value == nullptr)
            return;
        if (auto const* const one = value->as_string()) {
            to.push_back(one->get());
            return;
        }
        auto const* const list = value->as_array();
        if (list == nullptr)
            return state_.fail(*value, fmt::format("expected text or a list of texts for '{}', found {}", key,
                                                   kind_of(*value)));
        for (auto const& each : *list)
            if (auto const* const read = each.as_string())
                to.push_back(read->get());
            else
                state_.fail(each, fmt::format("expected text in '{}', found {}", key, kind_of(each)));
    }

    void number(std::string_view key, std::int64_t& to) {
        known_.emplace_back(key);
        auto const* const value = table_.get(key);
        if (value == nullptr)
            return;
        if (auto const* const read = value->as_integer())
            to = read->get();
        else
            state_.fail(*value, fmt::format("expected a number for '{}', found {}", key, kind_of(*value)));
    }

    void finish() {
        for (auto const& [key, value] : table_) {
            if (std::find(known_.begin(), known_.end(), key.str()) != known_.end())
                continue;
            nearest_names near(key.str());
            for (auto const& each : known_)
                near.consider(each);
            auto const meant = near.take();
            state_.fail(value, fmt::format("{} has no key '{}'", name_, printable(key.str())),
                        meant.empty() ? fmt::format("  its keys are {}\n", fmt::join(known_, ", "))
                                      : fmt::format("  did you mean {}?\n", meant.front()));
        }
    }

private:
    recipe_reading& state_;
    toml::table const& table_;
    std::string name_;
    std::vector<std::string> known_;
};

void read_head(recipe_reading& state, toml::table const& tree) {
    auto const* const head = tree.get_as<toml::table>("recipe");
    if (head == nullptr)
        return state.fail(tree, "a recipe needs the table [recipe]",
                          "  with name, title, source and confidence\n");
    key_reader keys(state, *head, "[recipe]");
    auto& made = state.made;
    keys.text("name", made.name, true);
    keys.text("title", made.title, true);
    keys.texts("source", made.sources);
    keys.text("confidence", made.confidence);
    keys.texts("note", made.notes);
    keys.finish();
    bool const is_plain = std::all_of(made.name.begin(), made.name.end(), [](char letter) {
        return letter == '-' || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
    });
    if (!is_plain || made.name.empty())
        state.fail(*head, fmt::format("expected a name of small letters, digits and hyphens, found '{}'",
                                      printable(made.name)));
}

void read_parameter(recipe_reading& state, std::string_view name, toml::table const& table) {
    auto& made = state.made.parameters.emplace_back();
    made.name = name;
    std::string kind;
    std::string classes;
    std::string fallback;
    key_reader keys(state, table, fmt::format("[parameter.{}]", printable(name)));
    keys.text("kind", kind, true);
    keys.text("text", made.text);
    keys.texts("class", made.classes);
    keys.texts("values", made.values);
    keys.text("default", fallback);
    keys.finish();
    if (table.contains("default"))
        made.fallback = fallback;
    auto const found = std::find(kind_words.begin(), kind_words.end(), kind);
    if (found == kind_words.end())
        return state.fail(table, fmt::format("expected {} for 'kind', found '{}'",
                                             fmt::join(kind_words, ", "), printable(kind)));
    made.kind = static_cast<parameter_kind>(found - kind_words.begin());
    if (made.kind == parameter_kind::choice && made.values.empty())
        state.fail(table, "a choice needs the key 'values'");
}

void read_parameters(recipe_reading& state, toml::table const& tree) {
    auto const* const all = tree.get("parameter");
    if (all == nullptr)
        return;
    auto const* const table = all->as_table();
    if (table == nullptr)
        return state.fail(*all, "expected tables [parameter.NAME], found " + kind_of(*all));
    for (auto const& [name, value] : *table)
        if (auto const* const one = value.as_table())
            read_parameter(state, name.str(), *one);
        else
            state.fail(value, fmt::format("expected the table [parameter.{}], found {}",
                                          printable(name.str()), kind_of(value)));
}

void read_check(recipe_reading& state, toml::table const& table, bool stops) {
    recipe_check made;
    made.stops = stops;
    key_reader keys(state, table, stops ? "[[requires]]" : "[[finding]]");
    keys.text("check", made.check, true);
    keys.texts("names", made.names);
    keys.text("of", made.of);
    keys.number("least", made.least);
    keys.text("when", made.when);
    keys.text("advice", made.advice);
    keys.finish();
    auto const& known = check_names();
    if (std::find(known.begin(), known.end(), made.check) == known.end())
        state.fail(table, fmt::format("there is no check '{}'", printable(made.check)),
                   fmt::format("  checks are {}\n", fmt::join(known, ", ")));
    state.made.checks.push_back(std::move(made));
}

void read_checks(recipe_reading& state, toml::table const& tree, std::string_view key, bool stops) {
    auto const* const all = tree.get(key);
    if (all == nullptr)
        return;
    auto const* const list = all->as_array();
    if (list == nullptr || !list->is_array_of_tables())
        return state.fail(*all, fmt::format("expected tables [[{}]], found {}", key, kind_of(*all)));
    for (auto const& each : *list)
        read_check(state, *each.as_table(), stops);
}

// ---- names of parameters in texts

template <class Use>
void for_each_name(std::string_view text, Use const& use) {
    for (auto start = text.find("${"); start != std::string_view::npos; start = text.find("${", start + 2)) {
        auto const end = text.find('}', start);
        if (end != std::string_view::npos)
            use(text.substr(start + 2, end - start - 2));
    }
}

void check_names_in(recipe_reading& state, toml::node const& node) {
    if (auto const* const text = node.as_string())
        for_each_name(text->get(), [&](std::string_view name) {
            auto const& known = state.made.parameters;
            if (std::none_of(known.begin(), known.end(),
                             [name](auto const& each) { return each.name == name; }))
                state.fail(node, fmt::format("there is no parameter '{}'", printable(name)),
                           fmt::format("  write a table [parameter.{}]\n", printable(name)));
        });
    if (auto const* const list = node.as_array())
        for (auto const& each : *list)
            check_names_in(state, each);
    if (auto const* const table = node.as_table())
        for (auto const& [key, value] : *table)
            check_names_in(state, value);
}

// ---- values in their places

struct filling {
    recipe_values_given const& values;
};

std::string_view lone_name(std::string_view text) {
    return text.starts_with("${") && text.find('}') == text.size() - 1 ? text.substr(2, text.size() - 3)
                                                                       : std::string_view();
}

void fill_node(filling const& state, toml::node& node);

void fill_table(filling const& state, toml::table& table) {
    for (auto& [key, value] : table) {
        auto const* const text = value.as_string();
        auto const name = text == nullptr ? std::string_view() : lone_name(text->get());
        auto const found = name.empty() ? state.values.end() : state.values.find(name);
        if (found != state.values.end() && found->second.size() > 1) {
            toml::array list;
            for (auto const& each : found->second)
                list.push_back(each);
            table.insert_or_assign(key.str(), std::move(list));
        } else {
            fill_node(state, value);
        }
    }
}

void fill_node(filling const& state, toml::node& node) {
    if (auto* const text = node.as_string())
        *text = filled(text->get(), state.values);
    else if (auto* const list = node.as_array())
        for (auto& each : *list)
            fill_node(state, each);
    else if (auto* const table = node.as_table())
        fill_table(state, *table);
}

// Leaves out the tables whose condition does not hold.
void keep_what_holds(recipe_values_given const& values, toml::array& tables) {
    for (auto each = tables.begin(); each != tables.end();) {
        auto* const table = each->as_table();
        auto const* const condition = table == nullptr ? nullptr : table->get_as<std::string>("when");
        if (condition != nullptr && !condition_holds(condition->get(), values)) {
            each = tables.erase(each);
            continue;
        }
        if (condition != nullptr)
            table->erase("when");
        ++each;
    }
}

} // namespace

tl::expected<recipe_file, std::vector<failure>> read_recipe(std::string_view toml, std::string_view file) {
    auto const parsed = toml::parse(toml);
    if (!parsed)
        return tl::unexpected(std::vector{syntax_failure(parsed.error(), file)});
    recipe_reading state;
    state.made.file = file;
    state.made.toml = toml;
    auto const& tree = parsed.table();
    read_head(state, tree);
    read_parameters(state, tree);
    read_checks(state, tree, "requires", true);
    read_checks(state, tree, "finding", false);
    for (auto const& [key, value] : tree)
        if (key.str() != "recipe" && key.str() != "parameter")
            check_names_in(state, value);
    if (!state.errors.empty())
        return tl::unexpected(std::move(state.errors));
    return std::move(state.made);
}

std::string filled(std::string_view text, recipe_values_given const& values) {
    std::string made;
    while (!text.empty()) {
        auto const start = text.find("${");
        auto const end = start == std::string_view::npos ? start : text.find('}', start);
        if (end == std::string_view::npos)
            return made.append(text);
        made.append(text.substr(0, start));
        auto const found = values.find(text.substr(start + 2, end - start - 2));
        if (found != values.end() && !found->second.empty())
            made += found->second.front();
        text.remove_prefix(end + 1);
    }
    return made;
}

bool condition_holds(std::string_view condition, recipe_values_given const& values) {
    if (condition.empty())
        return true;
    auto const trimmed = [](std::string_view text) {
        auto const start = std::min(text.find_first_not_of(' '), text.size());
        return text.substr(start, text.find_last_not_of(' ') + 1 - start);
    };
    bool const is_unequal = condition.find("!=") != std::string_view::npos;
    auto const sign = condition.find(is_unequal ? "!=" : "==");
    if (sign == std::string_view::npos)
        return false;
    auto const value = filled(trimmed(condition.substr(0, sign)), values);
    return (value == trimmed(condition.substr(sign + 2))) != is_unequal;
}

tl::expected<change_request, std::vector<failure>> fill(recipe_file const& recipe,
                                                        recipe_values_given const& values) {
    auto parsed = toml::parse(recipe.toml);
    if (!parsed)
        return tl::unexpected(std::vector{syntax_failure(parsed.error(), recipe.file)});
    auto& tree = parsed.table();
    for (std::string_view const key : {"recipe", "parameter", "requires", "finding"})
        tree.erase(key);
    for (auto each = tree.begin(); each != tree.end();) {
        auto* const tables = each->second.as_array();
        if (tables != nullptr)
            keep_what_holds(values, *tables);
        each = tables != nullptr && tables->empty() ? tree.erase(each) : std::next(each);
    }
    fill_table({values}, tree);
    auto made = read_tree(tree, recipe.file);
    if (made && made->title.empty())
        made->title = recipe.title;
    return made;
}

} // namespace dsplan::plan
