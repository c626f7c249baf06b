#pragma once
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/plan/dsacls/script.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Files that a shell of Windows runs, and the calls of dsacls in them.
namespace dsplan::commands {

/// True for names that end in .cmd, .bat or .ps1.
[[nodiscard]] bool is_command_file(std::string_view name);

/// Who takes the lines of the file apart: PowerShell those of .ps1.
[[nodiscard]] plan::command_shell shell_of(std::string_view file);

/// The calls of a file. Error: it cannot be read; what is wrong with its lines stands in the script.
[[nodiscard]] result<plan::dsacls_script> read_command_file(std::string const& file,
                                                            plan::command_shell shell,
                                                            plan::script_variables const& variables);

/// What the calls of a file do.
struct commanded_changes {
    plan::plan drawn;
    std::vector<std::uint64_t> lines; ///< of the first call for each changed object, in the order of the plan
    std::vector<plan::other_command> others; ///< that are not dsacls
    std::vector<std::string> remarks;        ///< what the calls may do besides; sentences
};

/// Error: a line that cannot be read without running it, or what it does is not known.
[[nodiscard]] result<commanded_changes> changes_of_commands(std::string const& file,
                                                            exported_directory const& from);

} // namespace dsplan::commands
