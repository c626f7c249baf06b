#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/one_of.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

namespace dsplan::commands {
namespace {

constexpr char const* completion_footer =
    "Examples:\n"
    "  dsplan completion bash > /etc/bash_completion.d/dsplan\n"
    "  dsplan completion zsh > /usr/local/share/zsh/site-functions/_dsplan\n"
    "  dsplan completion fish > ~/.config/fish/completions/dsplan.fish\n"
    "  dsplan completion powershell | Out-String | Invoke-Expression\n"
    "\n"
    "The last line belongs in the profile of PowerShell ($PROFILE).\n"
    "\n"
    "Exit status: 0, or 2 for a shell that is not known.";

// Each script asks the program itself what may come next: a word a line, then a tab and what it means.
constexpr std::string_view bash_script =
    R"(# bash completion for dsplan: source this file, or put it where bash-completion looks.
_dsplan() {
    local line=${COMP_LINE:0:COMP_POINT} words
    words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    mapfile -t COMPREPLY < <(dsplan __complete "${words[@]}" 2>/dev/null | cut -f 1)
    if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
        compopt -o filenames 2>/dev/null
    else
        local index
        for index in "${!COMPREPLY[@]}"; do
            COMPREPLY[index]=$(printf '%q' "${COMPREPLY[index]}")
        done
    fi
}
complete -F _dsplan dsplan
)";

constexpr std::string_view zsh_script = R"(#compdef dsplan
# zsh completion for dsplan: put it as _dsplan into a folder of $fpath.
_dsplan() {
    local -a lines found
    local line
    lines=("${(@f)$(dsplan __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    for line in $lines; do
        found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    if (( ${#found} )); then
        _describe dsplan found
    else
        _files
    fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _dsplan "$@"
else
    compdef _dsplan dsplan
fi
)";

constexpr std::string_view fish_script =
    R"(# fish completion for dsplan: put it into ~/.config/fish/completions.
function __dsplan_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (dsplan __complete $words[2..-1] 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c dsplan -f -a '(__dsplan_complete)'
)";

constexpr std::string_view powershell_script = R"(# PowerShell completion for dsplan: add it to $PROFILE.
Register-ArgumentCompleter -Native -CommandName dsplan, dsplan.exe -ScriptBlock {
    param($word, $line, $cursor)
    $words = @($line.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object { $_.Extent.Text.Trim("'", '"') })
    if ($word -eq '') { $words += '""' } # Windows PowerShell drops an empty argument
    & dsplan __complete @words 2>$null | ForEach-Object {
        $value, $meaning = $_ -split "`t", 2
        if (-not $meaning) { $meaning = $value }
        $typed = if ($value -match '[\s;{}()]') { "'$value'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($typed, $value, 'ParameterValue', $meaning)
    }
}
)";

struct shell {
    std::string_view name;
    std::string_view script;
};
constexpr std::array shells{shell{"bash", bash_script}, shell{"zsh", zsh_script}, shell{"fish", fish_script},
                            shell{"powershell", powershell_script}};

std::string_view script_for(std::string_view name) {
    auto const* const found =
        std::find_if(shells.begin(), shells.end(), [&](shell const& each) { return each.name == name; });
    return found == shells.end() ? std::string_view() : found->script;
}

} // namespace

void add_completion(CLI::App& application, action& chosen) {
    auto const name = std::make_shared<std::string>();
    auto* const command =
        application.add_subcommand("completion", "Print the completion script of a shell to standard output");
    command->add_option("SHELL", *name, "The shell that the script is for")
        ->required()
        ->transform(one_of({"bash", "zsh", "fish", "powershell"}))
        ->type_name("bash|zsh|fish|powershell");
    command->footer(completion_footer);
    command->callback([name, &chosen] { // the option writes to `name` until the parsing ends
        chosen = [name](console& console) {
            console.out << script_for(*name);
            return exit_status::success;
        };
    });
}

} // namespace dsplan::commands
