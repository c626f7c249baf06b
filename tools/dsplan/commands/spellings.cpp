#include <tools/dsplan/commands/spellings.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <optional>

namespace dsplan::commands {
namespace {

constexpr char const* format_option = "--format";

bool has(CLI::App const& command, std::string const& option) {
    return command.get_option_no_throw(option) != nullptr;
}

// "json" of "--json" where the command says it by --format.
std::optional<std::string> short_form(CLI::App const& command, std::string const& word) {
    bool const is_one =
        (word == "--json" || word == "--html") && !has(command, word) && has(command, format_option);
    return is_one ? std::optional(word.substr(2)) : std::nullopt;
}

// "json" of "JSON" where the command has flags instead; text is what it writes without any.
std::optional<std::string> flag_or_text(CLI::App const& command, std::string value) {
    std::transform(value.begin(), value.end(), value.begin(), to_lower);
    bool const is_one = value == "text" ? has(command, "--json") : has(command, "--" + value);
    return is_one ? std::optional(value) : std::nullopt;
}

} // namespace

std::vector<std::string> with_own_spellings(CLI::App const& command,
                                            std::vector<std::string> const& arguments) {
    std::vector<std::string> words;
    bool const has_format = has(command, format_option);
    auto word = arguments.begin();
    auto const append_flag = [&](std::string const& value) {
        if (value != "text")
            words.push_back("--" + value);
    };
    for (; word != arguments.end() && *word != "--"; ++word) {
        auto const next = std::next(word);
        constexpr std::size_t joined = 9; // of "--format="
        if (auto const value = short_form(command, *word)) {
            words.insert(words.end(), {format_option, *value});
            continue;
        }
        bool const is_apart = !has_format && *word == format_option && next != arguments.end();
        bool const is_joined = !has_format && word->starts_with("--format=");
        auto const flag = is_apart    ? flag_or_text(command, *next)
                          : is_joined ? flag_or_text(command, word->substr(joined))
                                      : std::nullopt;
        if (!flag)
            words.push_back(*word);
        else
            append_flag(*flag);
        if (flag && is_apart)
            word = next;
    }
    words.insert(words.end(), word, arguments.end());
    return words;
}

} // namespace dsplan::commands
