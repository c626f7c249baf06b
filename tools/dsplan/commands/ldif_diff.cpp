#include <ldif/changes/compare.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct ldif_diff_options {
    std::string before;
    std::string after;
    std::string out;
    std::vector<std::string> schema;
    std::vector<std::string> ignored;
    ldif_input_options input;
    ldif::writer_options writer;
};

constexpr char const* ldif_diff_footer =
    "Example:\n"
    "  dsplan ldif diff monday.ldf tuesday.ldf -o change.ldf\n"
    "\n"
    "Renames are recognised by objectGUID or objectSid. Left out, and named on standard "
    "error, is what no change file can set:\n"
    "constructed and replication attributes, back links, what Active "
    "Directory maintains itself. More than memory\n"
    "holds goes to temporary files (TMPDIR).\n"
    "\n"
    "Exit status: 0 no difference, 1 a difference, or values that cannot be compared, 2 error.";

void sum_up(ldif::compare_summary const& summary, console& console) {
    if (!summary.left_out.empty()) {
        console.err << "Left out:";
        for (auto const& it : summary.left_out)
            console.err << ' ' << printable(it);
        console.err << '\n';
    }
    auto const in_both = summary.renamed + summary.modified + summary.unchanged;
    if (in_both == 0 && (summary.added == 0) != (summary.deleted == 0))
        print_warning(console, summary.added == 0
                                   ? "the later export is empty: the changes delete every object of the "
                                     "earlier one; was it cut off, or the search another one?"
                                   : "the earlier export is empty: the changes add every object of the "
                                     "later one");
    if (summary.remade > 0)
        print_warning(console,
                      fmt::format("{} another objectGUID in the later export: what keeps its name would be "
                                  "deleted and made again, with new SIDs and without passwords; --ignore "
                                  "objectGUID matches objects by their names",
                                  counted(summary.remade, "object has", "objects have")));
    if (summary.added > 0 && summary.deleted > 0 && summary.unmarked > 0)
        print_warning(
            console, fmt::format("{} deleted or added, with neither objectGUID nor objectSid in the exports: "
                                 "a renamed object looks like that too",
                                 counted(summary.unmarked, "object is", "objects are")));
    console.err << fmt::format("{} added, {} deleted, {} renamed, {} modified, {} unchanged.\n",
                               summary.added, summary.deleted, summary.renamed, summary.modified,
                               summary.unchanged);
}

// Where each export stops short, and how much of a difference that hides.
void tell(ldif::partial_values const& it, few_warnings& warnings) {
    auto const* const side = it.is_before && it.is_after ? "both exports hold"
                             : it.is_after               ? "the later export holds"
                                                         : "the earlier export holds";
    auto const left_out = it.left_out == 0
                              ? std::string()
                              : fmt::format("; {} may lie there and {} left out",
                                            counted(it.left_out, "value that differs", "values that differ"),
                                            it.left_out == 1 ? "is" : "are");
    warnings.tell("attributes of which a range was exported, as above",
                  fmt::format("{} a range of {} only: what lies behind it is not compared{}", side,
                              printable(it.description), left_out),
                  fmt::format("  {}\n", printable(it.dn)));
}

// An object that one export lacks may be one whose record there cannot be read.
bool may_be_of_skipped(ldif::record const& change, bool has_before_skipped, bool has_after_skipped) {
    return (change.changetype == ldif::change_type::add && has_before_skipped) ||
           (change.changetype == ldif::change_type::delete_entry && has_after_skipped);
}

exit_status diff(ldif_diff_options const& options, console& console) {
    auto how = options.input;
    how.rules[ldif::policy::invalid_name] = ldif::policy_action::reject; // with its place
    how.rules[ldif::policy::empty_file] =
        ldif::policy_action::accept; // what a search that finds nothing gives
    auto of_after = how;
    of_after.skipped = std::make_shared<std::set<std::string>>();
    auto before = open_ldif(options.before, how, console);
    if (!before)
        return report(console, before.error());
    auto after = open_ldif(options.after, of_after, console);
    if (!after)
        return report(console, after.error());
    auto const schema = read_schema(options.schema, {options.before, options.after}, how, console);
    if (!schema)
        return report(console, schema.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    bool different = false;
    std::size_t withheld = 0;
    std::string text = ldif::file_head(options.writer);
    auto const emit = [&](ldif::record const& change) {
        different = true;
        if (may_be_of_skipped(change, !how.skipped->empty(), !of_after.skipped->empty())) {
            ++withheld;
            return;
        }
        ldif::write(text, change, options.writer);
        output->write(text);
        text.clear();
    };
    result<ldif::compare_summary> summary;
    {
        ldif_progress progress(console, (size_of_file(options.before) + size_of_file(options.after)) * 3);
        few_warnings partial(console);
        auto compared = ldif::compare(*before, *after, emit,
                                      {.ignored = options.ignored,
                                       .schema = &*schema,
                                       .progress = [&](std::uint64_t position) { progress(position); },
                                       .tell_partial =
                                           [&](ldif::partial_values const& it) {
                                               progress.hide();
                                               tell(it, partial);
                                           }});
        progress.hide();
        partial.sum_up();
        if (!compared) {
            auto error = compared.error();
            if (error.file.empty() && error.line != 0) // the second file is read behind the first
                error.file = after->position() == 0 ? options.before : options.after;
            return report(console, to_failure(error));
        }
        summary = std::move(*compared);
    }
    if (auto const committed = output->commit(); !committed)
        return report(console, committed.error());
    sum_up(*summary, console);
    if (withheld > 0)
        print_warning(
            console,
            fmt::format("{} left out: an object that one export lacks may be a record of it "
                        "that cannot be read",
                        counted(withheld, "addition or deletion is", "additions and deletions are")));
    auto const status = different || summary->partial > 0 ? exit_status::findings : exit_status::success;
    return of_after.or_skipped(how.or_skipped(status));
}

} // namespace

void add_ldif_diff(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<ldif_diff_options>();
    auto* const command = group.add_subcommand("diff", "The changes that turn one export into another");
    command->add_option("BEFORE", options->before, "Export")->type_name("BEFORE.ldf")->required();
    command->add_option("AFTER", options->after, "Later export")->type_name("AFTER.ldf")->required();
    add_output_option(*command, options->out);
    command->add_option("--ignore", options->ignored, "Attributes to leave out, too")
        ->type_name("ATTRIBUTE")
        ->take_all();
    add_schema_option(*command, options->schema);
    add_profile_option(*command, options->writer.profile, "Write for this reader: ldifde or rfc2849");
    add_fold_option(*command, options->writer.fold_column);
    add_input_options(*command, options->input);
    command->footer(ldif_diff_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return diff(*options, console);
        };
    });
}

} // namespace dsplan::commands
