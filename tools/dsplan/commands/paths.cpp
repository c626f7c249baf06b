#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/imported_changes.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/effect/base_objects.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>
#include <tools/dsplan/paths/change_places.hpp>
#include <tools/dsplan/paths/path_cuts.hpp>
#include <tools/dsplan/render/paths_html.hpp>
#include <tools/dsplan/render/paths_json.hpp>
#include <tools/dsplan/render/paths_text.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

namespace dsplan::commands {
namespace {

struct paths_options {
    directory_options directory;
    std::vector<std::string> changes;
    std::string from;
    std::string to = "tier0";
    std::string tier_zero;
    std::string format = "text";
    std::string output;
    std::size_t limit = 5;
    std::size_t max_steps = 8;
    bool conditional = false;
    bool disabled = false;
    bool all = false;
    bool cut = false;
    bool key_admins_protected = false;
};

std::string without_blanks(std::string line) {
    auto const begin = line.find_first_not_of(" \t");
    auto const end = line.find_last_not_of(" \t\r");
    return begin == std::string::npos ? std::string() : line.substr(begin, end - begin + 1);
}

// A name may hold the sign: a comment is a line, or follows a blank.
std::string without_comment(std::string const& line) {
    for (auto at = line.find('#'); at != std::string::npos; at = line.find('#', at + 1))
        if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t')
            return without_blanks(line.substr(0, at));
    return without_blanks(line);
}

paths::object_index index_of(exported_directory const& from, directory::entry const& object) {
    return static_cast<paths::object_index>(&object - from.exported.entries().data());
}

void take_line(paths::tier_zero_choice& choice, exported_directory const& from, std::string const& line) {
    bool const removes = line.starts_with('-');
    auto const name = without_blanks(removes ? line.substr(1) : line);
    auto const matched = directory::find_objects(from.exported, from.around, name).found;
    if (matched.size() != 1) {
        std::vector<std::string_view> names;
        for (auto const* const each : matched)
            names.push_back(each->dn);
        choice.unmatched.push_back(
            names.empty() ? line : fmt::format("{}, which could be {}", line, fmt::join(names, " or ")));
        return;
    }
    auto const& found = *matched.front();
    auto const object = index_of(from, found);
    bool const is_container = found.is_a("organizationalUnit") || found.is_a("container");
    (removes ? choice.removed : is_container ? choice.with_contents : choice.added).push_back(object);
}

result<paths::tier_zero_choice> read_tier_zero(std::string const& file, exported_directory const& from) {
    paths::tier_zero_choice choice;
    if (file.empty())
        return choice;
    constexpr std::size_t largest_list = std::size_t{64} << 20;
    auto const text = read_text_file(to_path(file), largest_list);
    if (!text)
        return tl::unexpected(text.error());
    std::istringstream input(*text);
    for (std::string line; std::getline(input, line);) {
        line = without_comment(line);
        if (!line.empty())
            take_line(choice, from, line);
    }
    return choice;
}

bool leads_to_tier_zero(paths_options const& options) {
    return equal_ignoring_case(options.to, "tier0");
}

result<paths::path_question> question_of(paths_options const& options, exported_directory const& from) {
    auto choice = read_tier_zero(options.tier_zero, from);
    if (!choice)
        return tl::unexpected(std::move(choice).error());
    paths::path_question asked{.exported = from.exported,
                               .known = from.known(),
                               .choice = *std::move(choice),
                               .with_conditional = options.conditional,
                               .with_disabled = options.disabled,
                               .steps = options.max_steps};
    if (!from.around.domains.empty())
        asked.sids = from.around.sids_for(from.around.domains.front());
    if (!options.from.empty()) {
        auto const found = find_account(from, options.from);
        if (!found)
            return tl::unexpected(found.error());
        asked.from = index_of(from, **found);
    }
    if (!leads_to_tier_zero(options)) {
        auto const found = find_object(from, options.to);
        if (!found)
            return tl::unexpected(found.error());
        asked.to = index_of(from, **found);
    }
    return asked;
}

void name_what_changes(paths::path_report& report, imported_changes const& change,
                       effect::change_summary const& summary) {
    std::vector<paths::placed_record> placed;
    for (std::size_t index = 0; index < change.records.size(); ++index)
        placed.push_back({&change.records[index], change.files[index]});
    paths::place_changes(report, placed);
    for (auto const& refused : summary.refused)
        report.unknown.push_back(fmt::format("record {} ({}), which the directory would refuse: {}",
                                             refused.number, refused.dn, refused.reason));
    report.unknown.insert(report.unknown.end(), summary.not_followed.begin(), summary.not_followed.end());
}

result<paths::path_report> answer(paths_options const& options, exported_directory const& from,
                                  imported_changes const& change, effect::base_objects objects) {
    auto const asked = question_of(options, from);
    if (!asked)
        return tl::unexpected(asked.error());
    auto const context = from.context();
    effect::change_application applied(from.exported, std::move(objects).release());
    for (auto const& record : change.records)
        (void)applied.apply(record); // what is refused stands in the summary
    effect::prediction_options const how{.rules = {.key_admins = options.key_admins_protected},
                                         .requires_parents = !options.directory.input.partial};
    auto const projected = effect::project(context, from.members, applied, how);
    if (!projected)
        return tl::unexpected(projected.error());
    auto report = options.changes.empty() ? paths::find_paths(*asked, *projected)
                                          : paths::compare_paths(*asked, *projected);
    if (options.cut) {
        auto const with = [&](std::vector<ldif::record> const& more) {
            auto records = change.records;
            records.insert(records.end(), more.begin(), more.end());
            return effect::project(context, from.members, records, how);
        };
        auto const tried =
            paths::find_cuts(report, *asked, *projected, options.all ? SIZE_MAX : options.limit, with);
        if (!tried)
            return tl::unexpected(tried.error());
    }
    if (!options.changes.empty())
        name_what_changes(report, change, applied.summary());
    return report;
}

bool finds_something(paths::path_report const& report, bool is_change) {
    return !report.paths.empty() || (report.from_tier_zero && !is_change) ||
           std::any_of(report.changes.begin(), report.changes.end(), [](paths::changed_path const& each) {
               return each.what != paths::path_change::closes;
           });
}

std::string text_in_format(paths::path_report const& found, render::paths_style const& style,
                           paths_options const& options) {
    auto const& directory = options.directory;
    return answer_formats{.title = "Ways to " + (style.target.empty() ? "tier 0" : style.target),
                          .text = [&] { return render::paths_text(found, style); },
                          .json = [&] { return json_text(render::paths_json(found, style)); },
                          .page =
                              [&] {
                                  return render::paths_html(
                                      found, style,
                                      page_sources({{"change", options.changes},
                                                    {"base", directory.exports},
                                                    {"schema", directory.schema_exports}}));
                              }}
        .in(options.format);
}

exit_status run_paths(paths_options const& options, console& console) {
    auto const change = read_changes(options.changes, options.directory.input.reading(console));
    if (!change)
        return report(console, change.error());
    effect::base_objects objects(change->records, {.requires_parents = !options.directory.input.partial});
    auto const from = load(options.directory, console,
                           [&objects](ldif::record const& of_export) { objects.take(of_export); });
    if (!from)
        return report(console, from.error());
    auto const found = answer(options, **from, *change, std::move(objects));
    if (!found)
        return report(console, found.error());
    render::paths_style style{.from = options.from,
                              .at_most = options.all ? SIZE_MAX : options.limit,
                              .is_change = !options.changes.empty()};
    if (!leads_to_tier_zero(options))
        style.target = options.to;
    auto file = output_file::open(to_path(options.output), console);
    if (!file)
        return report(console, file.error());
    file->write(text_in_format(*found, style, options));
    if (auto written = file->commit(); !written)
        return report(console, written.error());
    return finds_something(*found, !options.changes.empty()) ? exit_status::findings : exit_status::success;
}

CLI::Validator whole_number() {
    return {[](std::string& text) {
                std::size_t value = 0;
                auto const end = text.data() + text.size();
                auto const read = std::from_chars(text.data(), end, value);
                return !text.empty() && read.ec == std::errc() && read.ptr == end
                           ? std::string()
                           : fmt::format("expected a whole number, found '{}'", printable(text));
            },
            ""};
}

} // namespace

void add_paths(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<paths_options>();
    auto* const subcommand = application.add_subcommand(
        "paths", "Show who has a way to tier 0, step by step, and what a change opens");
    options->directory.add_to(*subcommand);
    add_account_option(*subcommand, "--from", options->from, "Only the ways of this account or group");
    add_object_option(*subcommand, "--to", options->to, "Where the ways lead, tier0 if not given");
    subcommand
        ->add_option("--change", options->changes,
                     "Show what these change records open and close, in the order of their import")
        ->type_name("CHANGE.ldf");
    subcommand->add_flag("--conditional", options->conditional,
                         "Show ways, too, that depend on what no export says");
    subcommand->add_flag(
        "--cut", options->cut,
        "Say of each step that is shown how many keep a way without it, which steps most ways "
        "go over, and with --from the fewest steps that close all of its ways");
    subcommand->add_flag("--disabled", options->disabled,
                         "Count disabled accounts among those who have a way");
    subcommand
        ->add_option(
            "--tier0", options->tier_zero,
            "A file that adds to tier 0 or takes out of it: a name, SID or DN a line, -NAME takes out")
        ->type_name("FILE");
    subcommand->add_option("--limit", options->limit, "Show this many ways")
        ->check(whole_number())
        ->type_name("N");
    subcommand->add_option("--max-steps", options->max_steps, "Look for ways of this many steps")
        ->check(whole_number())
        ->type_name("N");
    subcommand->add_flag("--all", options->all, "Show every way");
    add_format_option(*subcommand, options->format);
    add_output_option(*subcommand, options->output);
    add_key_admins_option(*subcommand, options->key_admins_protected);
    subcommand->footer("Example:\n"
                       "  dsplan paths --base contoso.ldf --change change/01-permissions.ldf\n"
                       "\n"
                       "Exit status: 0 no way, 1 some, 2 error. A change that only closes ways gives 0.");
    subcommand->callback([options, &chosen] {
        chosen = [options](console& console) {
            auto const status =
                with_temporary_files([&]() -> result<exit_status> { return run_paths(*options, console); });
            return status ? *status : report(console, status.error());
        };
    });
}

} // namespace dsplan::commands
