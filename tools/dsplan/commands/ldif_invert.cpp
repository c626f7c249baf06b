#include <ldif/invert.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ldif_failure.hpp>
#include <tools/dsplan/output_directory.hpp>
#include <tools/dsplan/output_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>
#include <variant>

namespace dsplan::commands {
namespace {

struct invert_options {
    std::string changes;
    std::vector<std::string> base;
    std::string out;
    std::string schema;
    ldif_input_options input;
    ldif::writer_options writer;
    bool partial = false;
};

constexpr char const* invert_footer =
    "Example:\n"
    "  dsplan ldif invert change.ldf --base contoso.ldf -o rollback.ldf\n"
    "\n"
    "The rollback is tried before it is written: the changes and then the rollback, applied to the export, "
    "give\n"
    "the export again. What does not come back is listed: the objectSid, the objectGUID and the password of "
    "a\n"
    "deleted object, an addition to the schema. More than memory holds goes to temporary files (TMPDIR).\n"
    "\n"
    "Exit status: 0 all comes back, 1 something does not, 2 error; nothing is written.";

exit_status report_refusal(ldif::invert_error const& error, std::string const& file, console& console) {
    print_error(console, ldif::message(error));
    if (error.line != 0)
        console.err << fmt::format("  {}:{}\n", printable(file), error.line);
    if (!error.dn.empty())
        console.err << fmt::format("    {}\n", printable(error.dn));
    if (!error.hint.empty())
        console.err << fmt::format("  {}\n", error.hint);
    return exit_status::error;
}

// Reads the exports as far as the changes concern them.
result<void> load(invert_options const& options, ldif::change_file const& changes, ldif::directory_tree& tree,
                  std::set<std::string, std::less<>>& seen, console& console) {
    ldif::change_reach reach(*tree.options().schema);
    if (auto const added = ldif::add_all(reach, changes); !added)
        return tl::unexpected(to_failure(added.error()));
    std::uint64_t size = 0;
    for (auto const& file : options.base)
        size += size_of_file(file);
    ldif_progress progress(console, size);
    for (auto const& file : options.base) {
        auto base = open_ldif(file, options.input);
        if (!base)
            return tl::unexpected(base.error());
        auto const loaded =
            ldif::load_reach(*base, reach, tree, &seen, [&](std::uint64_t position) { progress(position); });
        if (!loaded)
            return tl::unexpected(to_failure(loaded.error()));
    }
    return {};
}

void tell_lost(ldif::lost_state const& it, std::string const& file, console& console) {
    print_warning(console, "the rollback does not bring back " + printable(it.what));
    console.err << fmt::format("  {}:{}\n    {}\n", printable(file), it.line, printable(it.dn));
}

exit_status invert(invert_options const& options, console& console) {
    auto const schema = read_schema(options.schema, options.base, options.input);
    if (!schema)
        return report(console, schema.error());
    auto const changes = open_changes(options.changes, options.input, console);
    ldif::directory_tree tree({.requires_parents = !options.partial, .schema = &*schema});
    std::set<std::string, std::less<>> seen;
    if (auto const loaded = load(options, changes, tree, seen, console); !loaded)
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
    auto const undone = ldif::invert(changes, tree, seen, emit, [&](ldif::lost_state const& it) {
        tell_lost(it, options.changes, console);
    });
    if (!undone) {
        if (auto const* const refused = std::get_if<ldif::invert_error>(&undone.error()))
            return report_refusal(*refused, options.changes, console);
        return report(console, to_failure(std::get<ldif::parse_error>(undone.error())));
    }
    output->write(text);
    if (auto const committed = output->commit(); !committed)
        return report(console, committed.error());
    console.err << fmt::format("{} records undo {} changes; {} of them not wholly.\n", undone->records,
                               undone->changes, undone->lost);
    return undone->lost == 0 ? exit_status::success : exit_status::findings;
}

} // namespace

void add_ldif_invert(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<invert_options>();
    auto* const command =
        group.add_subcommand("invert", "The rollback of a change file, tried before it is written");
    command->add_option("CHANGES", options->changes, "Change file")->type_name("CHANGES.ldf")->required();
    add_base_option(*command, options->base);
    add_output_option(*command, options->out);
    command->add_flag("--partial", options->partial,
                      "The export is filtered: do not ask for the containers of new objects");
    add_schema_option(*command, options->schema);
    add_profile_option(*command, options->writer.profile, "Who shall read the rollback: ldifde or rfc2849");
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
