#include <tools/dsplan/commands/call_mistakes.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace dsplan::commands {
namespace {

bool is_option(std::string const& word) {
    return word.size() > 1 && word.front() == '-';
}

std::string see_help(named_command const& named) {
    return fmt::format("  see {} --help\n", named.path);
}

// "--bse=a.ldf" and "-bse" are compared as "bse".
std::string bare_name(std::string_view option) {
    option = option.substr(0, option.find('='));
    option.remove_prefix(std::min(option.find_first_not_of('-'), option.size()));
    return std::string(option);
}

} // namespace

std::string did_you_mean(nearest_names const& near) {
    auto const names = near.take();
    return names.empty() ? std::string() : fmt::format("  did you mean {}?\n", fmt::join(names, " or "));
}

std::vector<CLI::App const*> subcommands_of(CLI::App const& command) {
    return command.get_subcommands([](CLI::App const* below) { return !below->get_group().empty(); });
}

named_command find_command(CLI::App const& application, std::vector<std::string> const& arguments) {
    named_command named{&application, application.get_name()};
    for (std::string const& word : arguments) {
        auto const below = subcommands_of(*named.command);
        auto const found = std::find_if(below.begin(), below.end(),
                                        [&](CLI::App const* each) { return each->get_name() == word; });
        if (found == below.end())
            break;
        named = {*found, named.path + ' ' + word, named.words + 1};
    }
    return named;
}

std::optional<failure> unknown_subcommand(named_command const& named,
                                          std::vector<std::string> const& arguments) {
    auto const below = subcommands_of(*named.command);
    if (below.empty() || named.words == arguments.size() || is_option(arguments[named.words]))
        return std::nullopt;
    std::string const& typed = arguments[named.words];
    nearest_names near(typed);
    for (CLI::App const* const each : below)
        near.consider(each->get_name());
    return failure{fmt::format("expected a subcommand of {}, found '{}'", named.path, printable(typed)),
                   did_you_mean(near) + see_help(named)};
}

failure unexpected_word(named_command const& named, std::vector<std::string> const& remaining) {
    auto const option = std::find_if(remaining.begin(), remaining.end(), is_option);
    if (option == remaining.end())
        return {
            fmt::format("{} does not know what to do with '{}'", named.path, printable(remaining.front())),
            see_help(named)};
    nearest_names near(bare_name(*option));
    for (CLI::Option const* const each : named.command->get_options())
        for (std::string const& name : each->get_lnames())
            near.consider(name, "--" + name);
    return {fmt::format("{} has no option '{}'", named.path, printable(*option)),
            did_you_mean(near) + see_help(named)};
}

} // namespace dsplan::commands
