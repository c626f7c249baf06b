#include <tools/dsplan/commands/spellings.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace dsplan::commands {
namespace {

constexpr char const* format_option = "--format";
constexpr std::array<std::string_view, 3> short_forms{"--json", "--html", "--markdown"};

bool has(CLI::App const& command, std::string const& option) {
    return command.get_option_no_throw(option) != nullptr;
}

} // namespace

std::vector<std::string> with_own_spellings(CLI::App const& command,
                                            std::vector<std::string> const& arguments) {
    std::vector<std::string> words;
    auto word = arguments.begin();
    for (; word != arguments.end() && *word != "--"; ++word)
        if (has(command, format_option) && !has(command, *word) &&
            std::find(short_forms.begin(), short_forms.end(), *word) != short_forms.end())
            words.insert(words.end(), {format_option, word->substr(2)});
        else
            words.push_back(*word);
    words.insert(words.end(), word, arguments.end());
    return words;
}

} // namespace dsplan::commands
