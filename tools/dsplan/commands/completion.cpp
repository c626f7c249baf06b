#include <tools/dsplan/commands/commands.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace dsplan::commands {
namespace {

constexpr char const* completion_footer = "Example:\n"
                                          "  dsplan completion bash > /etc/bash_completion.d/dsplan\n"
                                          "\n"
                                          "Exit status: 0, or 2 for a shell that is not known.";

std::vector<CLI::App const*> subcommands_of(CLI::App const& command) {
    return command.get_subcommands([](CLI::App const*) { return true; });
}

// One line of a case statement for each command: what may follow it.
void append_words(std::string& script, CLI::App const& command, std::string const& path) {
    std::vector<std::string> words;
    for (CLI::App const* const below : subcommands_of(command))
        words.push_back(below->get_name());
    for (CLI::Option const* const option : command.get_options())
        for (std::string const& name : option->get_lnames())
            words.push_back("--" + name);
    script += fmt::format("        '{}') words='{}' ;;\n", path, fmt::join(words, " "));
    for (CLI::App const* const below : subcommands_of(command))
        append_words(script, *below, path + ' ' + below->get_name());
}

// The patterns of every subcommand, "'dsplan plan' | 'dsplan plan grant'".
void append_paths(std::string& patterns, CLI::App const& command, std::string const& path) {
    for (CLI::App const* const below : subcommands_of(command)) {
        auto const full = path + ' ' + below->get_name();
        patterns += (patterns.empty() ? "'" : " | '") + full + "'";
        append_paths(patterns, *below, full);
    }
}

// Subcommands come before options and values, so the words up to the first that is neither name the command.
constexpr char const* script_template =
    R"(# bash completion for dsplan: source this file, or put it where bash-completion looks.
_dsplan() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} command=dsplan words= candidate index
    for ((index = 1; index < COMP_CWORD; ++index)); do
        candidate="$command ${{COMP_WORDS[index]}}"
        case $candidate in
        {}) command=$candidate ;;
        *) break ;;
        esac
    done
    case $command in
{}    esac
    if [[ $current == -* || $COMP_CWORD -eq $index ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    fi
    [[ ${{#COMPREPLY[@]}} -gt 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "$current")
}}
complete -o filenames -F _dsplan dsplan
)";

std::string bash_script(CLI::App const& application) {
    std::string patterns;
    append_paths(patterns, application, application.get_name());
    std::string words;
    append_words(words, application, application.get_name());
    return fmt::format(fmt::runtime(script_template), patterns, words);
}

} // namespace

void add_completion(CLI::App& application, action& chosen) {
    auto const shell = std::make_shared<std::string>();
    auto* const command =
        application.add_subcommand("completion", "Print the completion script of a shell to standard output");
    command->add_option("shell", *shell, "The shell: bash")->required()->check(CLI::IsMember({"bash"}));
    command->footer(completion_footer);
    command->callback([shell, &application, &chosen] { // the option writes to `shell` until the parsing ends
        chosen = [&application](console& console) {
            console.out << bash_script(application);
            return exit_status::success;
        };
    });
}

} // namespace dsplan::commands
