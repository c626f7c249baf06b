#include <tools/dsplan/commands/command_files.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/commands/substitutions.hpp>
#include <tools/dsplan/effect/base_objects.hpp>
#include <tools/dsplan/effect/concerned_objects.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>
#include <tools/dsplan/render/artifacts.hpp>
#include <tools/dsplan/render/plan_folder.hpp>
#include <tools/dsplan/render/review_html.hpp>
#include <tools/dsplan/render/review_json.hpp>
#include <tools/dsplan/render/review_markdown.hpp>
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/render/verification.hpp>
#include <tools/dsplan/review/review_changes.hpp>
#include <tools/dsplan/review/review_plan.hpp>
#include <tools/dsplan/review/source_records.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <system_error>

namespace dsplan::commands {
namespace {

struct review_options {
    std::vector<std::string> changes;
    directory_options directory;
    domain_options domains;
    substitution_options substitutions;
    std::vector<std::string> only;
    std::vector<std::string> skipped;
    std::string format = "text";
    std::string fail_on = "note";
    std::string output;
    bool lists_rules = false;
    bool shows_all = false;
};

constexpr char const* review_footer =
    "Examples:\n"
    "  dsplan review change/01-permissions.ldf --base contoso.ldf\n"
    "  dsplan review changes.ldf --format html -o review.html\n"
    "  dsplan review changes.ldf --skip whole-descriptor --fail-on danger\n"
    "  dsplan review change --base contoso.ldf\n"
    "  dsplan review delegate.cmd --base contoso.ldf\n"
    "\n"
    "With --base: what was there before, who gains and loses what, what would fail on import, and ACEs of "
    "the base\n"
    "that the change would overwrite, and ways to tier 0 that it opens or closes (--skip control-paths "
    "leaves these\n"
    "out). --rules lists what is looked for.\n"
    "\n"
    "The folder of a plan is compared with its SHA256SUMS and plan.json too, and one digest of the set is "
    "printed\n"
    "for the paper form.\n"
    "\n"
    "Exit status: 0 nothing found, 1 findings (of the severity of --fail-on, or worse) or a plan folder that "
    "is not\n"
    "as it was written, 2 error.";

failure unknown_rule(std::string const& name) {
    nearest_names near(name);
    for (auto const& each : review::rules())
        near.consider(std::string(each.name));
    std::string hint;
    for (auto const& each : near.take())
        hint += fmt::format("  did you mean {}?\n", each);
    return {fmt::format("expected the name of a rule, found '{}'", printable(name)),
            hint + "  dsplan review --rules lists them\n"};
}

// Names are read without regard to case.
CLI::Validator in_lower_case() {
    return {[](std::string& name) {
                name = CLI::detail::to_lower(name);
                return std::string();
            },
            ""};
}

result<std::function<bool(review::rule const&)>> wanted_rules(review_options const& options) {
    for (auto const* const names : {&options.only, &options.skipped})
        for (auto const& name : *names)
            if (std::none_of(review::rules().begin(), review::rules().end(),
                             [&name](review::rule const& each) { return is_named(each, name); }))
                return tl::unexpected(unknown_rule(name));
    return [&options](review::rule const& each) {
        auto const names = [&each](std::vector<std::string> const& list) {
            return std::any_of(list.begin(), list.end(),
                               [&each](std::string const& name) { return is_named(each, name); });
        };
        return (options.only.empty() || names(options.only)) && !names(options.skipped);
    };
}

using plan_folder = std::optional<render::plan_folder>;

render::page_provenance provenance_of(review_options const& options, plan_folder const& folder) {
    auto const& directory = options.directory;
    if (!folder)
        return page_sources(
            {{"change", options.changes}, {"base", directory.exports}, {"schema", directory.schema_exports}});
    auto made = page_sources({{"base", directory.exports}, {"schema", directory.schema_exports}});
    made.sources.insert(made.sources.begin(),
                        {{"set of files", {"SHA256SUMS", std::nullopt, folder->set_digest}},
                         {"plan", {"plan.json", std::nullopt, folder->plan_digest}}});
    return made;
}

void write_in_format(review::review const& shown, plan_folder const& folder, review_options const& options,
                     render::text_sink const& sink) {
    auto const& format = options.format;
    auto const frame = folder ? std::optional(render::folder_frame(*folder, shown.has_base)) : std::nullopt;
    auto const* const around = frame ? &*frame : nullptr;
    if (format == "json")
        return render::write_review_json(shown, sink, folder ? &*folder : nullptr);
    if (format == "markdown")
        return render::write_review_markdown(shown, sink, around);
    if (format == "html")
        return render::write_review_html(shown, sink, provenance_of(options, folder), around);
    if (folder)
        sink(render::folder_text(*folder) + "\n");
    render::write_review_text(shown, sink, options.shows_all);
}

result<void> write_review(review::review const& shown, plan_folder const& folder,
                          review_options const& options, console& console) {
    auto file = output_file::open(to_path(options.output), console);
    if (!file)
        return tl::unexpected(std::move(file).error());
    write_in_format(shown, folder, options, [&file](std::string_view text) { file->write(text); });
    return file->commit();
}

bool has_finding(review::review const& shown, std::string const& fail_on) {
    auto const least = review::severity_named(fail_on).value_or(review::severity::note);
    return std::any_of(shown.findings.begin(), shown.findings.end(), [least](review::finding const& each) {
        return each.broken->level >= least && each.broken->name != "control-path-closes";
    });
}

std::vector<std::filesystem::path> to_paths(std::vector<std::string> const& names) {
    std::vector<std::filesystem::path> paths;
    for (auto const& name : names)
        paths.push_back(to_path(name));
    return paths;
}

result<review::review> review_without_base(review_options const& options, review::review_request request,
                                           console& console) {
    std::optional<directory::schema> own_schema;
    auto const known =
        schema_of(options.directory.schema_exports, options.directory.input, console, own_schema);
    if (!known)
        return tl::unexpected(known.error());
    words::name_context const names{.known = **known,
                                    .sids = request.names.sids,
                                    .planned_group = request.names.planned_group,
                                    .planned_group_dn = request.names.planned_group_dn};
    return review::review_changes({.changes = request.changes,
                                   .names = names,
                                   .is_wanted = request.is_wanted,
                                   .input = request.input,
                                   .drawn = request.drawn});
}

sddl::domain_sids sids_for(review::review_request const& request, exported_directory const& from) {
    auto const& given = request.names.sids;
    return given.domain || from.around.domains.empty() ? given
                                                       : from.around.sids_for(from.around.domains.front());
}

// Calls of dsacls change the lists that the base has.
result<review::review> review_command_files(review_options const& options,
                                            review::review_request const& request, console& console) {
    if (options.directory.exports.empty())
        return tl::unexpected(failure{
            fmt::format("expected --base with an export beside {}: what calls of dsacls do depends on "
                        "the lists that are there",
                        printable(options.changes.front())),
            {}});
    auto const from = load(options.directory, console);
    if (!from)
        return tl::unexpected(from.error());
    std::vector<commanded_changes> scripts;
    std::vector<review::change_source> sources;
    for (auto const& file : options.changes) {
        auto read = changes_of_commands(file, **from);
        if (!read)
            return tl::unexpected(std::move(read).error());
        for (auto const& remark : read->remarks)
            print_warning(console, remark);
        scripts.push_back(*std::move(read));
    }
    for (std::size_t index = 0; index < scripts.size(); ++index) {
        auto const name = shown(to_path(options.changes[index]));
        for (auto const& other : scripts[index].others)
            sources.push_back({name, review::unknown_command{other.name, other.place.line}});
        if (scripts[index].others.empty() && scripts[index].lines.empty())
            sources.push_back({name, std::string_view()}); // it only shows lists
        auto line = scripts[index].lines.begin();
        for (auto const& domain : scripts[index].drawn.domains)
            for (auto const& change : domain.permissions)
                sources.push_back({name, review::commanded_permissions{change, *line++}});
    }
    review::base_directory const base{(*from)->context(), (*from)->members,
                                      [&from](std::span<ldif::record const> changes) {
                                          return effect::concerned_objects((*from)->exported, changes);
                                      }};
    return review::review_changes({.changes = sources,
                                   .names = {.known = (*from)->known(),
                                             .sids = sids_for(request, **from),
                                             .exported = &(*from)->exported},
                                   .base = &base,
                                   .is_wanted = request.is_wanted});
}

result<review::review> review_with_base(review_options const& options, review::review_request const& request,
                                        console& console) {
    effect::base_objects objects(review::readable_records(request.changes, request.input),
                                 {.requires_parents = !options.directory.input.partial});
    auto const from = load(options.directory, console,
                           [&objects](ldif::record const& of_export) { objects.take(of_export); });
    if (!from)
        return tl::unexpected(from.error());
    review::base_directory const base{(*from)->context(), (*from)->members,
                                      [&objects](std::span<ldif::record const>) {
                                          return std::move(objects).release();
                                      }};
    words::name_context const names{.known = (*from)->known(),
                                    .sids = sids_for(request, **from),
                                    .exported = &(*from)->exported,
                                    .planned_group = request.names.planned_group,
                                    .planned_group_dn = request.names.planned_group_dn};
    return review::review_changes({.changes = request.changes,
                                   .names = names,
                                   .base = &base,
                                   .is_wanted = request.is_wanted,
                                   .input = request.input,
                                   .is_partial = options.directory.input.partial,
                                   .drawn = request.drawn});
}

// A plan is reviewed as the folder that it was written to, whose files belong together.
result<plan_folder> folder_named(review_options const& options) {
    std::error_code unknown;
    auto const is_folder = [&](std::string const& name) {
        return std::filesystem::is_directory(to_path(name), unknown);
    };
    if (std::none_of(options.changes.begin(), options.changes.end(), is_folder))
        return plan_folder{};
    if (options.changes.size() > 1)
        return tl::unexpected(failure{"expected change files or one plan folder, found a folder among others",
                                      "  review the folder in a run of its own\n"});
    auto read = render::read_plan_folder(to_path(options.changes.front()));
    if (!read)
        return tl::unexpected(std::move(read).error());
    return plan_folder(*std::move(read));
}

// The folder of plan.json beside the change files, if all are its files and as they were written.
plan_folder folder_beside(review_options const& options) {
    std::error_code unknown;
    auto const paths = to_paths(options.changes);
    auto const folder = paths.front().parent_path();
    if (!std::filesystem::is_regular_file(folder / "plan.json", unknown))
        return {};
    auto read = render::read_plan_folder(folder);
    if (!read || !read->is_as_written())
        return {};
    bool const are_of_it = std::all_of(paths.begin(), paths.end(), [&](std::filesystem::path const& path) {
        return path.parent_path() == folder &&
               std::any_of(read->changes.begin(), read->changes.end(),
                           [&](auto const& each) { return to_path(each.path) == path.filename(); });
    });
    return are_of_it ? plan_folder(*std::move(read)) : plan_folder();
}

bool has_command_files(review_options const& options) {
    return std::any_of(options.changes.begin(), options.changes.end(), is_command_file);
}

// A command runs where it stands, and a file is imported: the order of both is nobody's to know.
result<void> check_kinds(review_options const& options) {
    if (!has_command_files(options) ||
        std::all_of(options.changes.begin(), options.changes.end(), is_command_file))
        return {};
    return tl::unexpected(failure{"expected LDIF files or command files, found both",
                                  "  review each kind in a run of its own\n"});
}

// With -c, what ldifde would import; `texts` holds it.
result<std::vector<review::change_source>> sources_of(review_options const& options,
                                                      plan_folder const& folder,
                                                      std::deque<std::string>& texts, console& console) {
    auto const by = substitutions_of(options.substitutions);
    if (!by)
        return tl::unexpected(by.error());
    if (folder)
        return render::sources_to_review(folder->planned, folder->changes);
    if (auto const checked = check_kinds(options); !checked)
        return tl::unexpected(checked.error());
    std::vector<review::change_source> changes;
    for (auto const& path : to_paths(options.changes)) {
        if (by->empty()) {
            changes.push_back({shown(path), path});
            continue;
        }
        auto text =
            expanded_file(path, *by, options.directory.input.reader(review::rules_for_changes(), console));
        if (!text)
            return tl::unexpected(std::move(text).error());
        changes.push_back({shown(path), std::string_view(texts.emplace_back(*std::move(text)))});
    }
    return changes;
}

result<review::review> make_review(review_options const& options, plan_folder const& folder,
                                   console& console) {
    auto const wanted = wanted_rules(options);
    if (!wanted)
        return tl::unexpected(wanted.error());
    auto const sids = read_domains(options.domains);
    if (!sids)
        return tl::unexpected(sids.error());
    words::name_context names{.known = directory::schema::built_in(), .sids = *sids};
    if (folder) {
        review::name_planned_group(names, folder->planned);
        if (!names.sids.domain)
            names.sids = folder->planned.sids();
    }
    std::deque<std::string> texts;
    auto const changes = sources_of(options, folder, texts, console);
    if (!changes)
        return tl::unexpected(changes.error());
    auto const beside = folder ? plan_folder() : folder_beside(options);
    auto const& drawn = folder ? folder : beside;
    review::review_request const request{
        .changes = *changes,
        .names = names,
        .is_wanted = *wanted,
        .input = options.directory.input.reader(review::rules_for_changes(), console),
        .drawn = drawn ? &drawn->planned : nullptr};
    if (!drawn && has_command_files(options))
        return with_temporary_files([&] { return review_command_files(options, request, console); });
    return options.directory.exports.empty()
               ? review_without_base(options, request, console)
               : with_temporary_files([&] { return review_with_base(options, request, console); });
}

exit_status run_review(review_options const& options, console& console) {
    if (options.lists_rules) {
        console.out << render::rules_text();
        return exit_status::success;
    }
    if (options.changes.empty())
        return report(console, {"expected a change file, found none", "  see dsplan review --help\n"});
    auto folder = folder_named(options);
    if (!folder)
        return report(console, folder.error());
    if (*folder)
        render::note_other_exports(**folder, to_paths(options.directory.exports));
    auto const made = make_review(options, *folder, console);
    if (!made)
        return report(console, made.error());
    if (auto written = write_review(*made, *folder, options, console); !written)
        return report(console, written.error());
    bool const is_changed = *folder && !(*folder)->is_as_written();
    return is_changed || has_finding(*made, options.fail_on) ? exit_status::findings : exit_status::success;
}

void add_rule_options(CLI::App& command, review_options& options) {
    command.add_flag("--rules", options.lists_rules, "List what is looked for, and do nothing else");
    command.add_option("--rule", options.only, "Look for this only; may be given again")
        ->transform(in_lower_case())
        ->type_name("NAME")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    command.add_option("--skip", options.skipped, "Do not look for this; may be given again")
        ->transform(in_lower_case())
        ->type_name("NAME")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    command
        .add_option("--fail-on", options.fail_on,
                    "The least severity of a finding that ends with status 1; note if not given")
        ->transform(one_of({"note", "warning", "danger"}))
        ->type_name("note|warning|danger");
}

} // namespace

void add_review(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<review_options>();
    auto* const command = application.add_subcommand(
        "review", "Read a change LDIF as a person would: what it does, and what is risky");
    command
        ->add_option(
            "CHANGES", options->changes,
            "LDIF files of changes, in the order of their import; or command files that call dsacls (.cmd, "
            ".bat, .ps1), in the order in which they run; or the folder that dsplan plan wrote")
        ->type_name("CHANGES.ldf|FILE.cmd|DIR");
    options->directory.add_to(*command)->required(false);
    add_domain_options(*command, options->domains);
    options->substitutions.add_to(*command);
    add_format_option(*command, options->format);
    command->add_flag(
        "--all", options->shows_all,
        "Text: list every gain and loss, right by right and class by class, and the ACEs that stay");
    add_output_option(*command, options->output);
    add_rule_options(*command, *options);
    command->footer(review_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return run_review(*options, console);
        };
    });
}

} // namespace dsplan::commands
