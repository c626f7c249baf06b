#pragma once
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Command files that call dsacls, as the words that dsacls gets. Nothing is run: what only a run would tell
/// is an error.
namespace dsplan::plan {

/// Who takes a line apart before dsacls sees it.
enum class command_shell : std::uint8_t { cmd, powershell };

/// An argument of a command, without the quotation marks of the shell.
struct script_word {
    std::string text;
    request_place place;
};

/// One call of dsacls.
struct script_call {
    request_place place;
    std::vector<script_word> words; ///< after the program
};

/// A command that is not dsacls, which nobody plans.
struct other_command {
    request_place place;
    std::string name;
};

/// Variables by their names, any case.
struct ignoring_case_order {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const { return compare_ignoring_case(a, b) < 0; }
};
using script_variables = std::map<std::string, std::string, ignoring_case_order>;

/// What is wrong, and where.
struct placed_failure {
    request_place place;
    failure why; ///< names the place
};

struct dsacls_script {
    std::vector<script_call> calls;
    std::vector<other_command> others;
    std::vector<placed_failure> errors;
};

/// Reads the calls of dsacls in a file; `file` is its name in messages, `variables` are those that the
/// environment would bring. Errors: a call inside a loop or a block, a variable that is not known, quotation
/// marks that mean something else in that shell.
[[nodiscard]] dsacls_script read_script(std::string_view text, std::string_view file, command_shell shell,
                                        script_variables variables);

/// Those of each shell.
[[nodiscard]] dsacls_script read_cmd_script(std::string_view text, std::string_view file,
                                            script_variables variables);
[[nodiscard]] dsacls_script read_powershell_script(std::string_view text, std::string_view file,
                                                   script_variables variables);

/// True for "dsacls", "DSACLS.EXE", "C:\Windows\System32\dsacls.exe".
[[nodiscard]] bool is_dsacls(std::string_view program);

/// True where the text names dsacls as a word of its own.
[[nodiscard]] bool mentions_dsacls(std::string_view text);

/// "script.cmd:4:8: what".
[[nodiscard]] placed_failure at(request_place const& place, std::string_view what, std::string detail = {});

} // namespace dsplan::plan
