#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/imported_changes.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/effect/base_objects.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/render/effect_html.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace dsplan::commands {
namespace {

struct effect_options {
    directory_options directory;
    std::vector<std::string> changes;
    std::string format = "text";
    bool all = false;
    bool without_task = false;
    bool key_admins_protected = false;
};

render::page_provenance provenance_of(effect_options const& options) {
    return page_sources({{"change", options.changes},
                         {"base", options.directory.exports},
                         {"schema", options.directory.schema_exports}});
}

exit_status run_effect(effect_options const& options, console& console) {
    auto const changes = read_changes(options.changes, options.directory.input.reading(console));
    if (!changes)
        return report(console, changes.error());
    bool const asks_for_parents = !options.directory.input.partial;
    effect::base_objects objects(changes->records, {.requires_parents = asks_for_parents});
    auto const from = load(options.directory, console,
                           [&objects](ldif::record const& of_export) { objects.take(of_export); });
    if (!from)
        return report(console, from.error());
    auto const context = (*from)->context();
    effect::change_application applied((*from)->exported, std::move(objects).release());
    for (auto const& change : changes->records)
        (void)applied.apply(change); // what is refused stands in the summary
    auto const projected = effect::project(context, (*from)->members, applied,
                                           {.runs_protection_task = !options.without_task,
                                            .rules = {.key_admins = options.key_admins_protected},
                                            .requires_parents = asks_for_parents});
    if (!projected)
        return report(console, projected.error());
    auto const predicted = effect::compare(context, *projected);
    render::effect_style style;
    if (!(*from)->around.domains.empty())
        style.sids = (*from)->around.sids_for((*from)->around.domains.front());
    style.shows_all = options.all;
    if (options.all)
        style.names_at_most = SIZE_MAX;
    answer_formats const answer{
        .title = "Effect of the change",
        .text = [&] { return render::effect_text(predicted, style); },
        .json = [&] { return json_text(json_document("effect", render::effect_json(predicted, style))); },
        .page =
            [&] {
                return render::effect_page(predicted, style, provenance_of(options));
            }};
    console.out << answer.in(options.format);
    return predicted.summary.refused.empty() ? exit_status::success : exit_status::findings;
}

} // namespace

void add_effect(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<effect_options>();
    auto* const subcommand = application.add_subcommand(
        "effect", "Show who gains and loses what by a change, and where it does not arrive");
    subcommand
        ->add_option("CHANGES", options->changes,
                     "LDIF files of change records, in the order of their import")
        ->type_name("CHANGES.ldf")
        ->required();
    options->directory.add_to(*subcommand);
    add_format_option(*subcommand, options->format);
    subcommand->add_flag("--all", options->all, "Name every object and account, right by right");
    subcommand->add_flag(
        "--without-protection-task", options->without_task,
        "The server has no task that copies AdminSDHolder's descriptor to protected accounts");
    add_key_admins_option(*subcommand, options->key_admins_protected);
    subcommand->footer("Example:\n"
                       "  dsplan effect change/01-permissions.ldf change/02-members.ldf --base contoso.ldf\n"
                       "\n"
                       "Exit status: 0 shown, 1 shown, but the directory would refuse records, 2 error.");
    subcommand->callback([options, &chosen] {
        chosen = [options](console& console) {
            auto const status =
                with_temporary_files([&]() -> result<exit_status> { return run_effect(*options, console); });
            return status ? *status : report(console, status.error());
        };
    });
}

} // namespace dsplan::commands
