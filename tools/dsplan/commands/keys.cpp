#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/key_survey.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/render/keys.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct keys_options {
    std::vector<std::string> base;
    ldif_input_options input;
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

std::string candidates(std::vector<directory::entry const*> const& found) {
    std::string lines = "  name it by its DN or SID:\n";
    for (auto const* const each : found)
        lines += fmt::format("  {}\n", printable(each->dn));
    return lines;
}

result<directory::entry const*> account_named(directory::snapshot const& exported, std::string const& name) {
    auto const around = directory::read_forest(exported).value_or(directory::forest{});
    auto const matched = directory::find_principals(exported, around, name);
    if (matched.found.size() == 1)
        return matched.found.front();
    std::string hint;
    if (!matched.found.empty())
        hint = candidates(matched.found);
    else if (!matched.nearest_names.empty())
        hint = fmt::format("  did you mean {}?\n",
                           printable(fmt::format("{}", fmt::join(matched.nearest_names, " or "))));
    return tl::unexpected(failure{fmt::format("expected --who to name one account, found {} called '{}'",
                                              matched.found.size(), printable(name)),
                                  std::move(hint)});
}

exit_status run_keys(keys_options const& options, console& console) {
    auto const exported =
        load_exports(options.base, options.input, console, directory::unreadable_descriptor::keep);
    if (!exported)
        return report(console, exported.error());
    directory::entry const* only = nullptr;
    if (!options.who.empty()) {
        auto const named = account_named(*exported, options.who);
        if (!named)
            return report(console, named.error());
        only = *named;
    }
    directory::membership const members(*exported);
    auto const survey = directory::survey_keys(*exported, members, [only](directory::entry const& each) {
        return only == nullptr || only == &each;
    });
    console.out << (options.format == "json" ? render::keys_json(survey) : render::keys_text(survey));
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
    add_base_option(*command, options->base);
    add_export_input_options(*command, options->input);
    command->add_option("--who", options->who, "Show the keys of this account only: name, DN, SID")
        ->type_name("ACCOUNT");
    command->add_option("--format", options->format, "What to write: text if not given")
        ->transform(CLI::IsMember({"text", "json"}, CLI::ignore_case).description(""))
        ->type_name("text|json");
    command->footer(keys_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return run_keys(*options, console);
        };
    });
}

} // namespace dsplan::commands
