#include <tools/dsplan/commands/spellings.hpp>

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

// Where the command has flags instead, text is what it writes without any.
bool is_flag_or_text(CLI::App const& command, std::string const& value) {
    return value == "text" ? has(command, "--json") : has(command, "--" + value);
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
        } else if (!has_format && *word == format_option && next != arguments.end() &&
                   is_flag_or_text(command, *next)) {
            append_flag(*next);
            word = next;
        } else if (!has_format && word->starts_with("--format=") &&
                   is_flag_or_text(command, word->substr(joined))) {
            append_flag(word->substr(joined));
        } else {
            words.push_back(*word);
        }
    }
    words.insert(words.end(), word, arguments.end());
    return words;
}

} // namespace dsplan::commands
