#include <ldif/policy.hpp>
#include <tools/dsplan/commands/call_mistakes.hpp>
#include <tools/dsplan/commands/completion_words.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/plan/recipes/recipe_file.hpp>
#include <tools/dsplan/review/rules.hpp>
#include <tools/dsplan/words/right_list.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace dsplan::commands {
namespace {

// "text|json" and "TEXT:{sddl,base64}" are values; "CHANGES.ldf|DIR" names two kinds of them.
std::vector<candidate> values_in(std::string_view type) {
    char separator = '|';
    if (auto const open = type.find('{'); open != std::string_view::npos) {
        type = type.substr(open + 1, type.find('}') - open - 1);
        separator = ',';
    } else if (type.find('|') == std::string_view::npos ||
               type.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ. ") != std::string_view::npos) {
        return {};
    }
    std::vector<candidate> values;
    for (std::size_t start = 0; start <= type.size();) {
        auto const end = std::min(type.find(separator, start), type.size());
        values.push_back({std::string(type.substr(start, end - start)), {}});
        start = end + 1;
    }
    return values;
}

std::vector<candidate> rule_names() {
    std::vector<candidate> names;
    for (auto const& rule : review::rules())
        names.push_back({std::string(rule.name), std::string(rule.what)});
    return names;
}

std::vector<candidate> right_names() {
    std::vector<candidate> names;
    for (auto const& listed : words::list_rights(directory::schema::built_in(), {}))
        names.push_back({listed.named.text, listed.kind});
    return names;
}

std::vector<candidate> policy_settings() {
    std::vector<candidate> settings;
    for (std::size_t index = 0; index < ldif::policy_count; ++index)
        for (std::string const action : {"accept", "warn", "reject"})
            settings.push_back(
                {std::string(ldif::to_string(static_cast<ldif::policy>(index))) + '=' + action, {}});
    return settings;
}

std::vector<candidate> encodings() {
    return values_in("auto|utf-8|utf-16le|utf-16be|latin1|windows-1252");
}

std::vector<candidate> recipe_names() {
    std::vector<candidate> names;
    for (auto const& recipe : plan::embedded_recipes())
        names.push_back({recipe.name, recipe.title});
    return names;
}

// Values that the option, or the positional argument, itself does not list.
struct known_values {
    std::string_view option;
    std::vector<candidate> (*values)();
};
constexpr std::array tables{
    known_values{"rule", rule_names},    known_values{"skip", rule_names},
    known_values{"right", right_names},  known_values{"policy", policy_settings},
    known_values{"encoding", encodings}, known_values{"RECIPE", recipe_names},
};

std::vector<candidate> values_of(CLI::Option const& option) {
    for (auto const& table : tables)
        if (option.check_lname(std::string(table.option)) || option.get_name(true) == table.option)
            return table.values();
    return values_in(option.get_type_name());
}

bool takes_value(CLI::Option const& option) {
    return option.get_items_expected_max() > 0;
}

// The option of that spelling, or null.
CLI::Option const* option_spelled(CLI::App const& command, std::string const& word) {
    return word.size() > 1 && word.front() == '-' ? command.get_option_no_throw(word) : nullptr;
}

std::string first_line(std::string const& text) {
    return text.substr(0, text.find('\n'));
}

std::vector<candidate> options_of(CLI::App const& command) {
    std::vector<candidate> options;
    for (CLI::Option const* const option : command.get_options())
        if (!option->get_lnames().empty() || !option->get_snames().empty())
            options.push_back({shown_name(*option), first_line(option->get_description())});
    if (command.get_option_no_throw("--format") != nullptr)
        for (std::string const format : {"json", "html", "markdown"})
            options.push_back({"--" + format, "Short for --format " + format});
    return options;
}

std::vector<candidate> subcommands_and_values(CLI::App const& command) {
    std::vector<candidate> found;
    for (CLI::App const* const below : subcommands_of(command))
        found.push_back({below->get_name(), first_line(below->get_description())});
    for (CLI::Option const* const option : command.get_options())
        if (option->get_positional())
            for (auto& value : values_of(*option))
                found.push_back(std::move(value));
    return found;
}

std::vector<candidate> all_that_may_follow(CLI::App const& application,
                                           std::vector<std::string> const& words) {
    std::vector<std::string> const before(words.begin(), std::prev(words.end()));
    auto const named = find_command(application, before);
    auto const* const option = before.empty() ? nullptr : option_spelled(*named.command, before.back());
    if (option != nullptr && takes_value(*option))
        return values_of(*option);
    if (words.back().starts_with('-'))
        return options_of(*named.command);
    return named.words == before.size() ? subcommands_and_values(*named.command) : std::vector<candidate>();
}

} // namespace

std::string shown_name(CLI::Option const& option) {
    return option.get_lnames().empty() ? "-" + option.get_snames().front()
                                       : "--" + option.get_lnames().front();
}

std::vector<candidate> complete(CLI::App const& application, std::vector<std::string> words) {
    if (words.size() > 1 && words.front() == "help")
        words.erase(words.begin());
    if (words.empty())
        words.emplace_back();
    auto found = all_that_may_follow(application, words);
    std::erase_if(found, [&](candidate const& each) { return !each.word.starts_with(words.back()); });
    return found;
}

} // namespace dsplan::commands
