#include <ldif/changes/apply_file.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_findings.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/descriptor_value.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/effect/inheritance_scope.hpp>
#include <tools/dsplan/effect/propagated_records.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <ostream>
#include <variant>
#include <vector>

namespace dsplan::commands {
namespace {

struct apply_options {
    std::string changes;
    std::string base;
    std::string out;
    std::vector<std::string> schema;
    ldif_input_options input;
    std::size_t fold = 76;
    bool ignore = false;
    bool without_propagation = false;
};

constexpr char const* apply_footer =
    "Example:\n"
    "  dsplan ldif apply change.ldf --base contoso.ldf -o after.ldf\n"
    "\n"
    "Below a changed descriptor or a moved object the inherited ACEs are recomputed, as a domain "
    "controller\n"
    "does, if the export has descriptors. Records that nothing changed keep their text; new ones stand at "
    "the end. Back links (memberOf) that the "
    "export\n"
    "carries follow the links of its objects; those of objects of other domains are not known. More than "
    "memory holds\n"
    "goes to temporary files (TMPDIR). What decides inherited ACEs is kept in memory: where that does not\n"
    "fit, --no-propagation leaves them as they are.\n"
    "\n"
    "Exit status: 0 applied, 1 applied but for changes that -k or records that --skip-unreadable left out, 2 "
    "error; nothing is written.";

// The directory as the changes leave it, as far as inherited ACEs go; what it stands on lives as long.
struct propagation {
    directory::snapshot exported;
    effect::projection change;
};
using propagated = std::shared_ptr<propagation const>;

result<void> add_all(effect::inheritance_scope& scope, ldif::change_file const& changes) {
    auto source = changes();
    if (!source)
        return tl::unexpected(to_failure(source.error()));
    for (;;) {
        auto const next = (*source)();
        if (!next)
            return tl::unexpected(to_failure(next.error()));
        if (*next == nullptr)
            return {};
        scope.add(**next);
    }
}

// What cannot be read is for those to say who read it next.
bool has_descriptors(ldif::change_file const& file) {
    auto const source = file();
    if (!source)
        return true;
    for (;;) {
        auto const next = (*source)();
        if (!next)
            return true;
        if (*next == nullptr)
            return false;
        if (effect::inheritance_scope::has_descriptor(**next))
            return true;
    }
}

bool has_descriptors(apply_options const& options, ldif::change_file const& changes, console& console) {
    auto const exported = [&]() -> ldif::result<ldif::record_source> {
        auto opened = ldif::reader::open(to_path(options.base), options.input.skipping_reader(console));
        if (!opened)
            return tl::unexpected(opened.error());
        return ldif::record_source(
            [reader = std::make_shared<ldif::reader>(std::move(*opened))] { return reader->next(); });
    };
    return has_descriptors(exported) || has_descriptors(changes);
}

// What a domain controller does to descriptors after the changes. The library of changes does not know them.
// Null where the changes are none that concern inheritance.
result<propagated> propagate(apply_options const& options, ldif::change_file const& changes,
                             console& console) {
    return with_temporary_files([&]() -> result<propagated> {
        if (!has_descriptors(options, changes, console))
            return propagated();
        effect::inheritance_scope scope;
        if (auto added = add_all(scope, changes); !added)
            return tl::unexpected(added.error());
        if (!scope.is_concerned())
            return propagated();
        auto exported = load_exports({options.base}, options.input, console,
                                     {.descriptors = directory::unreadable_descriptor::keep,
                                      .select = [&scope](ldif::record const& it) {
                                          return scope.counted(it);
                                      }});
        if (!exported)
            return tl::unexpected(exported.error());
        auto const made = std::make_shared<propagation>(propagation{*std::move(exported), {}});
        effect::change_context const context{made->exported, directory::schema::built_in(),
                                             [](directory::entry const*) {
                                                 return sddl::domain_sids();
                                             }};
        auto change =
            effect::project(context, directory::membership(made->exported), scope.changes(),
                            {.runs_protection_task = false, .requires_parents = !options.input.partial});
        if (!change)
            return tl::unexpected(change.error());
        made->change = *std::move(change);
        return propagated(made);
    });
}

propagated try_to_propagate(apply_options const& options, ldif::change_file const& changes,
                            console& console) {
    if (options.without_propagation)
        return nullptr;
    auto made = propagate(options, changes, console);
    if (made)
        return *std::move(made);
    print_warning(console, "inherited ACEs are not recomputed: " + made.error().what);
    return nullptr;
}

// One record after the other, made when it is asked for.
ldif::record_source records_of(propagated const& computed) {
    return [computed, index = access::object_index{0},
            made = std::optional<ldif::record>()]() mutable -> ldif::result<ldif::record const*> {
        made.reset();
        while (computed != nullptr && !made && index < computed->change.after.objects.size())
            made = effect::propagated_record(computed->change, index++);
        return made ? &*made : nullptr;
    };
}

std::size_t count_records(propagated const& computed) {
    std::size_t count = 0;
    for (auto const next = records_of(computed); *next() != nullptr;)
        ++count;
    return count;
}

// The records of the file, and then those that were computed.
ldif::change_file followed_by(ldif::change_file file, propagated const& computed) {
    return [file = std::move(file), computed]() -> ldif::result<ldif::record_source> {
        auto of_file = file();
        if (!of_file)
            return of_file;
        return ldif::record_source([first = *std::move(of_file), second = records_of(computed),
                                    is_first = true]() mutable -> ldif::result<ldif::record const*> {
            if (is_first) {
                auto next = first();
                if (!next || *next != nullptr)
                    return next;
                is_first = false;
            }
            return second();
        });
    };
}

exit_status apply(apply_options const& options, console& console) {
    auto const schema = read_schema(options.schema, {options.base}, options.input, console);
    if (!schema)
        return report(console, schema.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    ldif_progress progress(console, (size_of_file(options.base) + size_of_file(options.changes)) * 2);
    auto const changes = open_changes(options.changes, options.input, console, progress);
    auto const computed = try_to_propagate(options, changes, console);
    few_warnings warnings(console);
    ldif::apply_file_options how;
    how.rules.requires_parents = !options.input.partial;
    how.rules.schema = &*schema;
    how.rules.fault_of_descriptor = directory::fault_of_descriptor;
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
        return ldif::reader::open(to_path(options.base), options.input.skipping_reader(console));
    };
    auto const done = ldif::apply_to_file(
        open, followed_by(changes, computed), [&](std::string_view text) { output->write(text); }, how);
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
    console.err << fmt::format("{} applied: {} changed, {} added, {} removed; {} skipped.\n",
                               counted(done->applied - count_records(computed), "change", "changes"),
                               counted(done->changed, "entry", "entries"), with_thousands(done->added),
                               with_thousands(done->removed), with_thousands(done->refused));
    return options.input.or_skipped(done->refused == 0 ? exit_status::success : exit_status::findings);
}

} // namespace

void add_ldif_apply(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<apply_options>();
    auto* const command =
        group.add_subcommand("apply", "Apply a change file to an export, as Active Directory would");
    add_changes_argument(*command, options->changes);
    command->add_option("--base,--to", options->base, "LDIF export to apply it to")
        ->type_name("EXPORT.ldf")
        ->required();
    add_output_option(*command, options->out);
    command->add_flag("-k", options->ignore, "Skip what ldifde -k ignores, and say so");
    command->add_flag("--no-propagation", options->without_propagation,
                      "Leave inherited ACEs as the export and the changes have them");
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
