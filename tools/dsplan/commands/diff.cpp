#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/descriptor_input.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/diff/export_diff.hpp>
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>
#include <tools/dsplan/render/diff.hpp>
#include <tools/dsplan/render/diff_html.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <system_error>

namespace dsplan::commands {
namespace {

struct diff_options {
    std::string before;
    std::string after;
    std::vector<std::string> schema;
    ldif_input_options input;
    std::vector<std::string> classes;
    domain_options domains;
    std::string kind;
    std::string format = "text";
    std::string output;
};

constexpr char const* diff_footer =
    "Examples:\n"
    "  dsplan diff 'D:(A;;RP;;;AU)' 'D:(A;;RPWP;;;AU)'\n"
    "  dsplan diff before.sddl after.b64 --class user\n"
    "  dsplan diff monday.ldf tuesday.ldf --format html -o diff.html\n"
    "\n"
    "Each is SDDL, base64, hexadecimal, JSON, or a file that holds one, or octets; or both are LDIF exports, "
    "whose\n"
    "objects are compared by name, and accounts with all their memberships. What somebody may do is asked on "
    "objects of the\n"
    "classes domainDNS, organizationalUnit,\n"
    "user, computer and group, or of those of --class; for an object of an export, of its own class.\n"
    "--for says what the descriptors guard, where that is no directory object.\n"
    "\n"
    "Exit status: 0 the same, 1 a difference, 2 error.";

// An LDIF file starts with a name, a version or a comment, in UTF-8 or UTF-16.
bool is_export(std::string const& argument) {
    std::ifstream file(to_path(argument), std::ios::binary);
    std::array<char, 4096> start{};
    file.read(start.data(), start.size());
    auto const beginning =
        without_byte_order_mark(std::string(start.data(), static_cast<std::size_t>(file.gcount())));
    std::string_view text = beginning;
    while (text.starts_with('\n') || text.starts_with('\r'))
        text.remove_prefix(1);
    return text.starts_with("dn:") || text.starts_with("version:") || text.starts_with('#');
}

bool is_empty_file(std::string const& argument) {
    std::error_code no_file;
    return std::filesystem::is_regular_file(to_path(argument), no_file) &&
           std::filesystem::file_size(to_path(argument), no_file) == 0;
}

result<std::vector<directory::schema_class const*>> classes_of(diff_options const& options,
                                                               directory::schema const& known) {
    std::vector<std::string> names = options.classes;
    if (names.empty())
        names = {"domainDNS", "organizationalUnit", "user", "computer", "group"};
    std::vector<directory::schema_class const*> classes;
    for (auto const& name : names) {
        auto const* const found = known.find_class(name);
        if (found == nullptr && !options.classes.empty())
            return tl::unexpected(
                failure{fmt::format("--class: expected a class of the schema, found '{}'", printable(name)),
                        "  give its lDAPDisplayName, and --schema if it is of your own forest\n"});
        if (found != nullptr)
            classes.push_back(found);
    }
    return classes;
}

result<diff::diff> diff_exports(diff_options const& options, directory::schema const& known,
                                sddl::domain_sids sids, console& console) {
    auto const before =
        load_exports({options.before}, options.input, console, directory::unreadable_descriptor::keep);
    if (!before)
        return tl::unexpected(before.error());
    auto const after =
        load_exports({options.after}, options.input, console, directory::unreadable_descriptor::keep);
    if (!after)
        return tl::unexpected(after.error());
    auto const around = directory::read_forest(*after);
    if (!sids.domain && around && !around->domains.empty())
        sids = around->sids_for(around->domains.front());
    return diff::compare_exports(*before, *after, {known, sids, &*after});
}

// What is given; else what both give away.
words::object_kind kind_of(diff_options const& options, sddl::security_descriptor const& before,
                           sddl::security_descriptor const& after) {
    if (auto const given = words::find_object_kind(options.kind))
        return *given;
    auto const guessed = words::guess_object_kind(before).kind;
    return guessed == words::guess_object_kind(after).kind ? guessed : words::object_kind::directory;
}

result<diff::diff> diff_descriptors(diff_options const& options, directory::schema const& known,
                                    sddl::domain_sids const& sids, console& console) {
    auto const classes = classes_of(options, known);
    if (!classes)
        return tl::unexpected(classes.error());
    auto const before = read_descriptor_argument(options.before, {.sids = sids}, console);
    if (!before)
        return tl::unexpected(before.error());
    auto const after = read_descriptor_argument(options.after, {.sids = sids}, console);
    if (!after)
        return tl::unexpected(after.error());
    diff::diff made;
    made.objects.push_back(
        {.dn = {},
         .descriptor = diff::compare_descriptors(before->read.value, after->read.value,
                                                 {known, sids, nullptr}, {*classes, *classes},
                                                 kind_of(options, before->read.value, after->read.value)),
         .obstacle = {}});
    made.objects.back().keep_octets(before->read.value, after->read.value);
    made.sids = sids;
    return made;
}

result<diff::diff> make_diff(diff_options const& options, console& console) {
    auto const sids = read_domains(options.domains);
    if (!sids)
        return tl::unexpected(sids.error());
    std::optional<directory::schema> loaded;
    auto const known = schema_of(options.schema, options.input, console, loaded);
    if (!known)
        return tl::unexpected(known.error());
    for (auto const* const each : {&options.before, &options.after})
        if (is_empty_file(*each))
            return tl::unexpected(failure{"expected a descriptor or an LDIF export, found an empty file",
                                          fmt::format("  {}\n", printable(*each))});
    bool const is_of_exports = is_export(options.before);
    if (is_of_exports != is_export(options.after))
        return tl::unexpected(failure{"expected two descriptors or two LDIF exports, found one of each",
                                      "  dsplan ldif check says what is in an LDIF file\n"});
    auto made = is_of_exports ? diff_exports(options, **known, *sids, console)
                              : diff_descriptors(options, **known, *sids, console);
    if (made) {
        made->before = options.before;
        made->after = options.after;
    }
    return made;
}

std::string rendered(diff::diff const& made, diff_options const& options) {
    auto const& format = options.format;
    if (format == "json")
        return render::diff_json(made);
    if (format == "markdown")
        return render::diff_markdown(made);
    if (format == "html")
        return render::diff_html(made, page_sources({{"before", {&options.before, 1}},
                                                     {"after", {&options.after, 1}},
                                                     {"schema", options.schema}}));
    return render::diff_text(made);
}

exit_status run_diff(diff_options const& options, console& console) {
    auto const made = make_diff(options, console);
    if (!made)
        return report(console, made.error());
    auto file = output_file::open(to_path(options.output), console);
    if (!file)
        return report(console, file.error());
    file->write(rendered(*made, options));
    if (auto const written = file->commit(); !written)
        return report(console, written.error());
    return made->differs() ? exit_status::findings : exit_status::success;
}

} // namespace

void add_diff(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<diff_options>();
    auto* const command = application.add_subcommand(
        "diff", "Say what differs between two security descriptors, or those of two exports");
    command->add_option("BEFORE", options->before, "Descriptor or LDIF export")->required();
    command->add_option("AFTER", options->after, "The later one")->required();
    command->add_option("--class", options->classes, "Class of the object; may be given again")
        ->type_name("CLASS")
        ->allow_extra_args(false)
        ->take_all();
    add_schema_option(*command, options->schema);
    add_kind_option(*command, options->kind);
    add_domain_options(*command, options->domains);
    add_format_option(*command, options->format);
    add_output_option(*command, options->output);
    add_input_options(*command, options->input);
    command->footer(diff_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return run_diff(*options, console);
        };
    });
}

} // namespace dsplan::commands
