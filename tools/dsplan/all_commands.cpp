// The subcommands of the program, in the order of its help.
#include <tools/dsplan/command_line.hpp>
#include <tools/dsplan/commands/commands.hpp>

#include <array>
#include <utility>

namespace dsplan {

exit_status run(std::vector<std::string> arguments, console& console) {
    static constexpr std::array all{commands::add_plan,    commands::add_recipe,    commands::add_paths,
                                    commands::add_verify,  commands::add_review,    commands::add_access,
                                    commands::add_who_can, commands::add_keys,      commands::add_effect,
                                    commands::add_inherit, commands::add_convert,   commands::add_explain,
                                    commands::add_diff,    commands::add_rights,    commands::add_applies_to,
                                    commands::add_ldif,    commands::add_completion};
    return run(std::move(arguments), console, all);
}

} // namespace dsplan
