#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/ldif.hpp>

#include <CLI/CLI.hpp>

namespace dsplan::commands {

void add_ldif(CLI::App& application, action& chosen) {
    auto* const group =
        application.add_subcommand("ldif", "Check, format, apply, compare, undo, expand, show, search and "
                                           "mask LDIF files, offline and in bounded memory");
    group->require_subcommand(1);
    group->footer("Example:\n"
                  "  dsplan ldif check change.ldf --for ldifde --base contoso.ldf\n"
                  "\n"
                  "Each of them has its own --help.");
    add_ldif_check(*group, chosen);
    add_ldif_format(*group, chosen);
    add_ldif_apply(*group, chosen);
    add_ldif_diff(*group, chosen);
    add_ldif_invert(*group, chosen);
    add_ldif_expand(*group, chosen);
    add_ldif_show(*group, chosen);
    add_ldif_search(*group, chosen);
    add_ldif_mask(*group, chosen);
}

} // namespace dsplan::commands
