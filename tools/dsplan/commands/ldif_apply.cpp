#include <ldif/changes/apply_file.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_findings.hpp>
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
#include <variant>

namespace dsplan::commands {
namespace {

struct apply_options {
    std::string changes;
    std::string base;
    std::string out;
    std::string schema;
    ldif_input_options input;
    std::size_t fold = 76;
    bool partial = false;
    bool ignore = false;
};

constexpr char const* apply_footer =
    "Example:\n"
    "  dsplan ldif apply change.ldf --to contoso.ldf -o after.ldf\n"
    "\n"
    "Records that nothing changed keep their text; new ones stand at the end. Back links (memberOf) that the "
    "export\n"
    "carries follow the links of its objects; those of objects of other domains are not known. More than "
    "memory holds\n"
    "goes to temporary files (TMPDIR).\n"
    "\n"
    "Exit status: 0 applied, 1 applied but for changes that -k went over, 2 error; nothing is written.";

exit_status apply(apply_options const& options, console& console) {
    auto const schema = read_schema(options.schema, {options.base}, options.input, console);
    if (!schema)
        return report(console, schema.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    ldif_progress progress(console, (size_of_file(options.base) + size_of_file(options.changes)) * 2);
    few_warnings warnings(console);
    ldif::apply_file_options how;
    how.rules.requires_parents = !options.partial;
    how.rules.schema = &*schema;
    how.writer.fold_column = options.fold;
    if (options.ignore)
        how.tolerates = [&](ldif::apply_error const& it) {
            progress.hide();
            if (!ldif::is_ignored_by_ldifde_k(it.fault))
                return false;
            auto const shown = refusal(it, options.changes);
            warnings.tell(std::string(rule_of(it.fault)), shown.what, shown.detail);
            return true;
        };
    how.doubts = [&](ldif::apply_error const& it) {
        progress.hide();
        auto const shown = refusal(it, options.changes);
        warnings.tell(std::string(rule_of(it.fault)), shown.what, shown.detail);
    };
    how.progress = [&](std::uint64_t position) {
        progress(position);
    };
    auto const open = [&] {
        return ldif::reader::open(to_path(options.base), options.input.reader(console));
    };
    auto const done = ldif::apply_to_file(
        open, open_changes(options.changes, options.input, console, progress),
        [&](std::string_view text) { output->write(text); }, how);
    progress.hide();
    warnings.sum_up();
    if (!done) {
        if (auto const* const refused = std::get_if<ldif::apply_error>(&done.error()))
            return report(console, refusal(*refused, options.changes));
        return report(console, to_failure(std::get<ldif::parse_error>(done.error())));
    }
    if (auto const committed = output->commit(); !committed)
        return report(console, committed.error());
    if (done->unknown_back_links != 0)
        print_warning(console, fmt::format("{} links name objects that the export does not hold: their back "
                                           "links (memberOf) are not known",
                                           done->unknown_back_links));
    console.err << fmt::format("{} applied: {} changed, {} added, {} removed; {} gone over.\n",
                               counted(done->applied, "change", "changes"),
                               counted(done->changed, "entry", "entries"), with_thousands(done->added),
                               with_thousands(done->removed), with_thousands(done->refused));
    return done->refused == 0 ? exit_status::success : exit_status::findings;
}

} // namespace

void add_ldif_apply(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<apply_options>();
    auto* const command =
        group.add_subcommand("apply", "Apply a change file to an export, as Active Directory would");
    add_changes_argument(*command, options->changes);
    command->add_option("--to", options->base, "Export to apply it to")->type_name("EXPORT.ldf")->required();
    add_output_option(*command, options->out);
    add_partial_option(*command, options->partial);
    command->add_flag("-k", options->ignore, "Go over what ldifde -k ignores, and say so");
    add_schema_option(*command, options->schema);
    add_fold_option(*command, options->fold);
    add_input_options(*command, options->input);
    command->footer(apply_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return apply(*options, console);
        };
    });
}

} // namespace dsplan::commands
