#include <sddl/self_relative.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/descriptor_input.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/explain/byte_fields.hpp>
#include <tools/dsplan/explain/exported_object.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>
#include <tools/dsplan/render/explanation.hpp>
#include <tools/dsplan/render/explanation_page.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::commands {
namespace {

struct explain_options {
    std::string input = "-";
    std::string on;
    std::string kind;
    std::vector<std::string> exports;
    std::vector<std::string> schema;
    ldif_input_options reading;
    domain_options domains;
    bool shows_bytes = false;
    std::string format = "text";
    std::string output;
};

constexpr char const* explain_footer = "Examples:\n"
                                       "  dsplan explain 'O:BAD:PAI(A;CIIO;RPWP;;;AU)'\n"
                                       "  dsplan explain --for service 'D:(A;;CCLCSWLOCRRC;;;IU)'\n"
                                       "  dsplan explain --base export.ldf --on OU=Sales,DC=contoso,DC=com\n"
                                       "  dsplan explain --bytes descriptor.bin\n"
                                       "  dsplan explain descriptor.bin --html -o lesson.html\n"
                                       "  dsplan explain --schema schema.ldf - < value.b64\n"
                                       "\n"
                                       "Names of GUIDs come from the schema of Windows Server 2019, or from "
                                       "a schema export; a GUID that neither has\n"
                                       "is 'unknown here'.\n"
                                       "\n"
                                       "Exit status: 0 explained, 2 error.";

render::page_provenance provenance_of(explain_options const& options) {
    if (options.exports.empty())
        return page_sources({{"descriptor", {&options.input, 1}}, {"schema", options.schema}});
    return page_sources({{"base", options.exports}, {"schema", options.schema}});
}

std::string bytes_of(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids,
                     explain_options const& options) {
    auto const bytes = sddl::write_self_relative(descriptor);
    // Read again, so that text too has a layout to show.
    auto const read = sddl::read_self_relative(bytes);
    auto const fields = explain::byte_fields(bytes, read.value(), sids);
    return answer_formats{.title = "Security descriptor, octet by octet",
                          .text = [&] { return render::bytes_text(bytes, fields); },
                          .json = [&] { return render::bytes_json(bytes, fields); },
                          .page =
                              [&] {
                                  return render::octets_page(bytes, fields, provenance_of(options));
                              }}
        .in(options.format);
}

words::explanation in_words(explain_options const& options, sddl::security_descriptor const& value,
                            sddl::domain_sids const& sids, directory::schema const& known) {
    auto const given = words::find_object_kind(options.kind);
    auto const evidence = given ? words::kind_evidence{*given, {}} : words::guess_object_kind(value);
    auto made = words::explain_in_depth(value, sids, known, evidence.kind);
    made.is_kind_given = given.has_value();
    made.kind_reason = evidence.reason;
    return made;
}

result<std::string> explained_as(explain_options const& options, pasted_descriptor const& pasted,
                                 console& console) {
    auto const& value = pasted.read.value;
    auto const& sids = pasted.sids;
    std::optional<directory::schema> loaded;
    auto const known = schema_of(options.schema, options.reading, console, loaded);
    if (!known)
        return tl::unexpected(known.error());
    if (options.shows_bytes)
        return bytes_of(value, sids, options);
    auto const explained = in_words(options, value, sids, **known);
    return answer_formats{.title = "Security descriptor",
                          .text = [&] { return render::explanation_text(explained); },
                          .json = [&] { return render::explanation_json(explained); },
                          .page =
                              [&] {
                                  return render::explanation_page({.value = value,
                                                                   .explanation = explained,
                                                                   .sids = sids,
                                                                   .from = provenance_of(options),
                                                                   .has_octets = !pasted.has_stand_ins});
                              }}
        .in(options.format);
}

result<std::string> explained_input(explain_options const& options, console& console) {
    auto const sids = read_domains(options.domains);
    if (!sids)
        return tl::unexpected(sids.error());
    auto const read = read_descriptor_argument(
        options.input, {.sids = *sids, .is_for_words = !options.shows_bytes, .on = options.on}, console);
    if (!read)
        return tl::unexpected(read.error());
    return explained_as(options, *read, console);
}

std::optional<failure> obstacle_in(directory::entry const& object) {
    auto const dn = printable(object.dn);
    if (object.descriptor == nullptr)
        return failure{fmt::format("the export has no nTSecurityDescriptor of {}", dn), {}};
    if (!object.descriptor->value)
        return failure{fmt::format("the nTSecurityDescriptor of {} cannot be read: {}", dn,
                                   message(*object.descriptor->error)),
                       {}};
    return std::nullopt;
}

result<std::string> explained_object(explain_options const& options, console& console) {
    if (options.on.empty() || options.input != "-")
        return tl::unexpected(failure{"expected --base with --on OBJECT and no DESCRIPTOR", {}});
    auto const from = load(
        {.exports = options.exports, .schema_exports = options.schema, .input = options.reading}, console);
    if (!from)
        return tl::unexpected(from.error());
    auto const object = find_object(**from, options.on);
    if (!object)
        return tl::unexpected(object.error());
    if (auto const obstacle = obstacle_in(**object))
        return tl::unexpected(*obstacle);
    auto const sids = (*from)->sids_of(**object);
    auto const& descriptor = *(*object)->descriptor->value;
    if (options.shows_bytes)
        return bytes_of(descriptor, sids, options);
    auto const& known = (*from)->known();
    words::name_context const names{
        .known = known, .sids = sids, .exported = &(*from)->exported, .members = &(*from)->members};
    auto const made = explain::explain_object({(*from)->exported, known, sids}, names, **object);
    return answer_formats{.title = "Security descriptor of " + std::string((*object)->dn),
                          .text = [&] { return render::object_text(made); },
                          .json = [&] { return render::object_json(made); },
                          .page =
                              [&] {
                                  return render::explanation_page({.value = descriptor,
                                                                   .explanation = made.explanation,
                                                                   .sids = sids,
                                                                   .from = provenance_of(options),
                                                                   .object = (*object)->dn});
                              }}
        .in(options.format);
}

exit_status explain_input(explain_options const& options, console& console) {
    auto const text =
        options.exports.empty() ? explained_input(options, console) : explained_object(options, console);
    if (!text)
        return report(console, text.error());
    auto file = output_file::open(to_path(options.output), console);
    if (!file)
        return report(console, file.error());
    file->write(*text);
    if (auto const written = file->commit(); !written)
        return report(console, written.error());
    return exit_status::success;
}

} // namespace

void add_explain(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<explain_options>();
    auto* const command = application.add_subcommand("explain", "Explain a security descriptor in words");
    command->add_option(
        "DESCRIPTOR", options->input,
        "SDDL, base64, hexadecimal, JSON or LDIF, as pasted; a file that holds one, or octets; - for "
        "standard input");
    add_base_option(*command, options->exports)
        ->description("LDIF export of the directory: explain the descriptor of --on, with names and origins; "
                      "may be given again");
    add_object_option(*command, "--on", options->on,
                      "The object whose descriptor is meant, where there are several");
    add_kind_option(*command, options->kind);
    add_schema_option(*command, options->schema);
    add_input_options(*command, options->reading);
    add_domain_options(*command, options->domains);
    command->add_flag("--bytes", options->shows_bytes, "Show the binary form octet by octet");
    add_format_option(*command, options->format)
        ->description("What to write: text if not given; html has text, ACEs and octets side by side, and "
                      "what objects below would inherit");
    add_output_option(*command, options->output);
    command->footer(explain_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return explain_input(*options, console);
        };
    });
}

} // namespace dsplan::commands
