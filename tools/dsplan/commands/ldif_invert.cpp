#include <ldif/changes/invert.hpp>
#include <ldif/expand.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/descriptor_value.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <functional>
#include <memory>
#include <ostream>
#include <variant>

namespace dsplan::commands {
namespace {

struct invert_options {
    std::string changes;
    std::vector<std::string> base;
    std::string out;
    std::vector<std::string> schema;
    ldif_input_options input;
    ldif::writer_options writer;
    bool complete = false;
};

constexpr char const* invert_footer =
    "Example:\n"
    "  dsplan ldif invert change.ldf --base contoso.ldf -o rollback.ldf\n"
    "\n"
    "The rollback is tried before it is written: the changes and then the rollback, applied to the export, "
    "give\n"
    "the export again. What does not come back is listed: the objectSid, the objectGUID and the password of "
    "a\n"
    "deleted object, whose account comes back disabled; an addition to the schema; what an undelete revived, "
    "which is\n"
    "deleted again. More than memory holds "
    "goes to temporary files (TMPDIR).\n"
    "\n"
    "Exit status: 0 all comes back, 1 something does not, 2 error; nothing is written.";

exit_status report_refusal(ldif::invert_error const& error, std::string const& file, console& console) {
    print_error(console, ldif::message(error));
    if (error.line != 0)
        console.err << fmt::format("  {}:{}\n", printable(file), error.line);
    if (!error.dn.empty())
        console.err << fmt::format("    {}\n", printable(error.dn));
    if (auto const macro = ldif::find_macro(error.dn); !macro.empty())
        console.err << fmt::format("  {}\n", ldif::hint_for_macro(macro));
    else if (!error.hint.empty())
        console.err << fmt::format("  {}\n", error.hint);
    return exit_status::error;
}

// Reads the exports as far as the changes concern them.
result<void> load(invert_options const& options, ldif::change_file const& changes, ldif::directory_tree& tree,
                  std::set<std::string, std::less<>>& seen, console& console, ldif_progress& progress) {
    ldif::change_reach reach(*tree.options().schema);
    reach.reach_for_rollback();
    if (auto const added = ldif::add_all(reach, changes); !added)
        return tl::unexpected(to_failure(added.error()));
    for (auto const& file : options.base) {
        auto base = open_ldif(file, options.input, console);
        if (!base)
            return tl::unexpected(base.error());
        auto const loaded =
            ldif::load_reach(*base, reach, tree, &seen, [&](std::uint64_t position) { progress(position); });
        if (!loaded)
            return tl::unexpected(to_failure(loaded.error()));
    }
    return {};
}

// Tells what does not come back; the rest of it where it is much by its number.
class loss_report {
public:
    loss_report(std::string const& file, console& console, ldif_progress& progress)
        : file_(file)
        , progress_(progress)
        , warnings_(console) {}

    void operator()(ldif::lost_state const& it) {
        progress_.hide();
        bool const is_unknown = it.kind == ldif::lost_kind::unknown_values;
        warnings_.tell(
            std::string(kinds[static_cast<std::size_t>(it.kind)]),
            (is_unknown ? "the change and its rollback concern " : "the rollback does not bring back ") +
                printable(it.what),
            fmt::format("  {}:{}\n    {}\n", printable(file_), it.line, printable(it.dn)));
    }
    void sum_up() {
        progress_.hide();
        warnings_.sum_up();
    }

private:
    // In the order of lost_kind.
    static constexpr std::array<std::string_view, 5> kinds{
        "deleted objects, as above", "additions to the schema, as above", "times of passwords, as above",
        "undeleted objects, as above", "values that were not exported, as above"};

    std::string const& file_;
    ldif_progress& progress_;
    few_warnings warnings_;
};

exit_status invert(invert_options const& options, console& console) {
    auto const schema = read_schema(options.schema, options.base, options.input, console);
    if (!schema)
        return report(console, schema.error());
    auto const size = size_of_file(options.changes);
    // The changes are read twice, and the rollback is tried.
    ldif_progress progress(console, size_of_files(options.base) + size * 3);
    auto const changes = open_changes(options.changes, options.input, console, progress);
    ldif::directory_tree tree({.requires_parents = !options.input.partial,
                               .schema = &*schema,
                               .fault_of_descriptor = directory::fault_of_descriptor});
    std::set<std::string, std::less<>> seen;
    auto const loaded = load(options, changes, tree, seen, console, progress);
    progress.hide();
    if (!loaded)
        return report(console, loaded.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    std::string text = ldif::file_head(options.writer);
    auto const emit = [&](ldif::record const& it) {
        ldif::write(text, it, options.writer);
        output->write(text);
        text.clear();
    };
    loss_report losses(options.changes, console, progress);
    auto const undone = ldif::invert(
        changes, tree, seen, emit, std::ref(losses),
        [&](std::size_t tried, std::size_t all) { progress(size / all * tried); }, options.complete);
    losses.sum_up();
    if (!undone) {
        if (auto const* const refused = std::get_if<ldif::invert_error>(&undone.error()))
            return report_refusal(*refused, options.changes, console);
        return report(console, to_failure(std::get<ldif::parse_error>(undone.error())));
    }
    output->write(text);
    if (auto const committed = output->commit(); !committed)
        return report(console, committed.error());
    if (options.complete)
        console.err << "Taken as said (--complete): what the export holds nowhere, no object has.\n";
    console.err << fmt::format("{} {}{}.\n", counted(undone->records, "record undoes", "records undo"),
                               counted(undone->changes, "change", "changes"),
                               undone->lost == 0
                                   ? ", all completely"
                                   : fmt::format("; {} not completely", with_thousands(undone->lost)));
    return options.input.or_skipped(undone->lost == 0 ? exit_status::success : exit_status::findings);
}

} // namespace

void add_ldif_invert(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<invert_options>();
    auto* const command =
        group.add_subcommand("invert", "The rollback of a change file, tried before it is written");
    add_changes_argument(*command, options->changes);
    add_base_option(*command, options->base)->required();
    add_output_option(*command, options->out);
    command->add_flag(
        "--complete", options->complete,
        "The export was asked for all attributes: one that it holds nowhere has no values, and\n"
        "the rollback deletes it again");
    add_schema_option(*command, options->schema);
    add_profile_option(*command, options->writer.profile, "Write for this reader: ldifde or rfc2849");
    add_fold_option(*command, options->writer.fold_column);
    add_input_options(*command, options->input);
    command->footer(invert_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return invert(*options, console);
        };
    });
}

} // namespace dsplan::commands
