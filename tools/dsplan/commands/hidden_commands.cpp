#include <tools/dsplan/commands/call_mistakes.hpp>
#include <tools/dsplan/commands/completion_words.hpp>
#include <tools/dsplan/commands/hidden_commands.hpp>
#include <tools/dsplan/commands/manual_page.hpp>

#include <CLI/CLI.hpp>

#include <ostream>

namespace dsplan::commands {
namespace {

void print_candidates(CLI::App const& application, std::vector<std::string> words, console& console) {
    // Windows PowerShell drops an empty word: its script gives two quotation marks instead.
    if (!words.empty() && words.back() == "\"\"")
        words.back().clear();
    for (auto const& [word, meaning] : complete(application, std::move(words)))
        console.out << word << (meaning.empty() ? "" : "\t") << meaning << '\n';
}

void print_commands(CLI::App const& command, std::string const& path, console& console) {
    console.out << path << '\n';
    for (CLI::App const* const below : subcommands_of(command))
        print_commands(*below, path + ' ' + below->get_name(), console);
}

} // namespace

std::optional<exit_status> run_hidden_command(CLI::App const& application,
                                              std::vector<std::string> const& arguments, console& console) {
    if (arguments.empty())
        return std::nullopt;
    std::vector<std::string> const words(arguments.begin() + 1, arguments.end());
    if (arguments.front() == "__complete") {
        print_candidates(application, words, console);
    } else if (arguments.front() == "__commands") {
        print_commands(application, application.get_name(), console);
    } else if (arguments.front() == "__manual") {
        auto const named = find_command(application, words);
        console.out << manual_page(*named.command, named.path);
    } else {
        return std::nullopt;
    }
    return exit_status::success;
}

} // namespace dsplan::commands
