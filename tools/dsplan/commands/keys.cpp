#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/key_survey.hpp>
#include <tools/dsplan/render/keys.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct keys_options {
    directory_options directory;
    std::string who;
    std::string format = "text";
};

constexpr char const* keys_footer =
    "Examples:\n"
    "  dsplan keys --base keys.ldf --base users.ldf\n"
    "  dsplan keys --base contoso.ldf --who anna --format json\n"
    "\n"
    "Looked for: hashes that do not fit, weak and duplicate keys, a key that names another account, keys of "
    "privileged\n"
    "accounts, keys of users whose source is Active Directory, devices that the export does not hold.\n"
    "\n"
    "Exit status: 0 no findings, 1 findings, 2 error.";

exit_status run_keys(keys_options const& options, console& console) {
    auto const from = load_for_names(options.directory, console);
    if (!from)
        return report(console, from.error());
    directory::entry const* only = nullptr;
    if (!options.who.empty()) {
        auto const named = find_account(**from, options.who);
        if (!named)
            return report(console, named.error());
        only = *named;
    }
    auto const survey =
        directory::survey_keys((*from)->exported, (*from)->members, [only](directory::entry const& each) {
            return only == nullptr || only == &each;
        });
    answer_formats const answer{.title = "Keys of accounts",
                                .text = [&] { return render::keys_text(survey); },
                                .json =
                                    [&] {
                                        return render::keys_json(survey);
                                    }};
    console.out << answer.in(options.format);
    return std::any_of(survey.keys.begin(), survey.keys.end(),
                       [](auto const& key) { return !key.faults.empty(); })
               ? exit_status::findings
               : exit_status::success;
}

} // namespace

void add_keys(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<keys_options>();
    auto* const command = application.add_subcommand(
        "keys",
        "Show the keys of accounts (msDS-KeyCredentialLink) in an export, and what is wrong with them");
    options->directory.add_to(*command);
    add_account_option(*command, "--who", options->who, "Show the keys of this account only");
    add_format_option(*command, options->format);
    command->footer(keys_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return run_keys(*options, console);
        };
    });
}

} // namespace dsplan::commands
