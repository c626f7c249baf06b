#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/plan_output.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/render/artifacts.hpp>
#include <tools/dsplan/render/plan_json.hpp>
#include <tools/dsplan/render/plan_mark.hpp>
#include <tools/dsplan/render/plan_text.hpp>
#include <tools/dsplan/review/review_plan.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <ostream>

namespace dsplan::commands {
namespace {

void list_files(std::ostream& to, std::string const& directory, std::vector<artifact> const& files) {
    std::string names;
    for (artifact const& file : files)
        names += (names.empty() ? directory + "/" : "  ") + file.path;
    to << "Wrote " << printable(names) << '\n';
}

result<std::vector<input_digest>> digests_of(std::vector<std::string> const& files) {
    std::vector<input_digest> made;
    for (std::string const& file : files) {
        auto digest = digest_of_input(to_path(file));
        if (!digest)
            return tl::unexpected(digest.error());
        made.push_back(std::move(*digest));
    }
    return made;
}

// Everything is computed before the first file appears.
result<std::vector<artifact>> files_of(plan::plan const& drawn, directory::snapshot const& exported,
                                       directory::schema const& known) {
    auto description = render::plan_json(drawn);
    auto changes = render::change_files(drawn, render::plan_digest(description));
    auto const reviewed =
        review::review_plan(drawn, exported, known, render::sources_to_review(drawn, changes));
    if (!reviewed)
        return tl::unexpected(reviewed.error());
    return render::plan_artifacts(drawn, *reviewed, std::move(description), std::move(changes));
}

std::string content_of(std::string_view path, std::vector<artifact> const& files) {
    for (artifact const& file : files)
        if (file.path == path)
            return file.content;
    return {};
}

} // namespace

void plan_output::add_to(CLI::App& command) {
    command.add_option("-o,--out", out, "Directory for the files; without it the plan is only shown")
        ->type_name("DIR");
    command.add_flag("--force", force, "Replace the files of an earlier plan in DIR");
    command.add_flag("--all", all, "Show unchanged ACEs and all evidence");
    command.add_flag("--detailed-exitcode", detailed_exit_status,
                     "Exit with 3 where changes are planned, with 0 where there is nothing to do");
    add_format_option(command, format);
    add_color_option(command, color);
}

void plan_output::show(plan::plan const& drawn, directory::schema const& known,
                       std::vector<artifact> const& files, console& console) const {
    // Lines are wrapped to the terminal later: no ACE is cut short.
    bool const is_colored = format == "text" && wants_color(console, color);
    answer_formats const answer{.title = "Plan " + drawn.words.job,
                                .text =
                                    [&] {
                                        return render::plan_text(
                                            drawn,
                                            {.color = is_colored, .all = all, .width = 0, .known = &known});
                                    },
                                .json = [&] { return render::plan_json(drawn); },
                                .page =
                                    [&] {
                                        return content_of("review.html", files);
                                    }};
    console.out << answer.in(format);
}

result<void> plan_output::check(console& console) const {
    if (out.empty())
        return {};
    if (auto checked = check_output_directory(to_path(out), force); !checked)
        return checked;
    for (auto const& left : leftovers_beside(to_path(out)))
        print_warning(console, shown(left) +
                                   " is there already: left by a run that was stopped, or another one is "
                                   "writing; remove it if none is");
    return {};
}

exit_status plan_output::finish(plan::plan drawn, directory::snapshot const& exported,
                                directory::schema const& known, std::vector<std::string> const& inputs,
                                console& console) const {
    // Written before it is printed: a pipe that is closed early must not keep the files from being there.
    bool const writes = !drawn.stopped && !out.empty();
    bool const draws_files = writes || format == "html";
    if (draws_files || format == "json") {
        auto digests = digests_of(inputs);
        if (!digests)
            return report(console, digests.error());
        drawn.inputs = *std::move(digests);
    }
    auto const make = [&]() -> result<std::vector<artifact>> {
        auto files = files_of(drawn, exported, known);
        if (!files || !writes)
            return files;
        return write_output_directory(to_path(out), *files, force).map([&] { return *std::move(files); });
    };
    auto const files = draws_files ? make() : result<std::vector<artifact>>();
    if (!files && format == "html")
        return report(console, files.error());
    show(drawn, known, files.value_or(std::vector<artifact>()), console);
    if (!files)
        return report(console, files.error());
    if (drawn.stopped)
        return exit_status::findings;
    if (writes) {
        auto& told = format == "text" ? console.out : console.err;
        list_files(told, out, *files);
        told << fmt::format("Digest of the set, for the paper form (SHA-256 of SHA256SUMS): {}\n",
                            render::set_digest(files->back().content));
    }
    return detailed_exit_status && drawn.has_changes() ? exit_status::planned : exit_status::success;
}

std::string plan_footer(std::string_view example) {
    return fmt::format(
        "{}\n"
        "\n"
        "Files in DIR: 01-permissions.cmd and .ldf (one of the two is enough), 01-descriptors.ldf for what "
        "dsacls\n"
        "cannot change, 02-members.ldf, rollback.ldf and .cmd, each descriptor before and after as .sddl,\n"
        "review.html and .md, plan.json, SHA256SUMS; 00-group.ldf where a group is created. Several domains "
        "have a\n"
        "folder each.\n"
        "\n"
        "Exit status: 0 planned or nothing to do, 1 a finding stops the plan, 2 error, 3 planned, with\n"
        "--detailed-exitcode; nothing is written with 1 or 2.",
        example);
}

} // namespace dsplan::commands
