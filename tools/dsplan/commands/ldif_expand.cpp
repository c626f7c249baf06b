#include <ldif/expand.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ldif_failure.hpp>
#include <tools/dsplan/output_directory.hpp>
#include <tools/dsplan/output_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>

namespace dsplan::commands {
namespace {

struct expand_options {
    std::string file;
    std::vector<std::string> substitutions; ///< FROM, TO, FROM, TO…
    std::vector<std::string> root_dse;      ///< name=value
    std::string out;
    ldif_input_options input;
    std::size_t fold = 76;
};

constexpr char const* expand_footer =
    "Example:\n"
    "  dsplan ldif expand schema.ldf -c DC=X DC=contoso,DC=com -o contoso-schema.ldf\n"
    "  dsplan ldif expand schema.ldf -c DC=X '#defaultNamingContext'\n"
    "      --root-dse defaultNamingContext=DC=contoso,DC=com\n"
    "\n"
    "Replaces what ldifde -c replaces: text spelled exactly so, in names and plain values, not in base64. "
    "Text in\n"
    "base64 that holds FROM, and what still looks like a macro, are warnings.\n"
    "\n"
    "Exit status: 0 written, 1 written with warnings, 2 error; nothing is written.";

// "#name" stands for what the rootDSE says, which nobody can know offline.
result<std::string> resolve(std::string const& text, std::vector<std::string> const& root_dse) {
    if (!text.starts_with('#'))
        return text;
    auto const name = text.substr(1) + "=";
    for (auto const& it : root_dse)
        if (CLI::detail::to_lower(it.substr(0, name.size())) == CLI::detail::to_lower(name))
            return it.substr(name.size());
    return tl::unexpected(
        failure{fmt::format("expected a value for {}, found none", printable(text)),
                fmt::format("  say what the directory says: --root-dse {}DC=...\n", printable(name))});
}

result<std::vector<ldif::substitution>> substitutions_of(expand_options const& options) {
    std::vector<ldif::substitution> list;
    for (std::size_t i = 0; i + 1 < options.substitutions.size(); i += 2) {
        auto from = resolve(options.substitutions[i], options.root_dse);
        auto to = resolve(options.substitutions[i + 1], options.root_dse);
        if (!from || !to)
            return tl::unexpected(from ? to.error() : from.error());
        list.push_back({std::move(*from), std::move(*to)});
    }
    return list;
}

void warn(ldif::expand_warning const& it, std::string const& file, console& console) {
    print_warning(console,
                  it.what == ldif::expand_warning::kind::base64
                      ? fmt::format("'{}' lies in base64 and stays, as with ldifde -c", printable(it.text))
                      : fmt::format("'{}' still looks like a macro", printable(it.text)));
    console.err << fmt::format("  {}:{}\n", printable(file), it.line);
}

void write_record(output_file& output, ldif::record_view const& record, std::string_view text) {
    std::string_view const line_end = record.text.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
    output.write(record.text_before);
    output.write(text);
    output.write(text.ends_with('\n') ? std::string_view() : line_end);
    output.write(line_end);
}

exit_status expand(expand_options const& options, console& console) {
    auto const substitutions = substitutions_of(options);
    if (!substitutions)
        return report(console, substitutions.error());
    auto input = open_ldif(options.file, options.input);
    if (!input)
        return report(console, input.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    std::size_t replaced = 0;
    std::size_t warnings = 0;
    bool is_ascii = true;
    for (;;) {
        auto const next = input->next_view();
        if (!next)
            return report(console, to_failure(next.error()));
        if (*next == nullptr)
            break;
        is_ascii = is_ascii &&
                   std::all_of((*next)->text.begin(), (*next)->text.end(), [](char c) { return c >= 0; });
        auto const done = ldif::expand(**next, *substitutions, options.fold);
        write_record(*output, **next, done.text);
        for (auto const& it : done.warnings)
            warn(it, options.file, console);
        replaced += done.replaced;
        warnings += done.warnings.size();
    }
    output->write(input->text_behind());
    if (auto const committed = output->commit(); !committed)
        return report(console, committed.error());
    if (!is_ascii) {
        print_warning(console,
                      "the output is UTF-8 with characters beyond ASCII: ldifde needs it as UTF-16 (-u)");
        ++warnings;
    }
    console.err << fmt::format("{} replacements, {} warnings.\n", replaced, warnings);
    return warnings == 0 ? exit_status::success : exit_status::findings;
}

} // namespace

void add_ldif_expand(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<expand_options>();
    auto* const command =
        group.add_subcommand("expand", "What ldifde -c would import: replace text such as DC=X");
    command->add_option("FILE", options->file, "LDIF file")->type_name("FILE.ldf")->required();
    command->add_option("-c", options->substitutions, "Replace FROM by TO; may be given again")
        ->type_name("FROM TO")
        ->type_size(2)
        ->expected(1)
        ->take_all()
        ->required();
    command->add_option("--root-dse", options->root_dse, "What #NAME stands for")
        ->type_name("NAME=VALUE")
        ->take_all();
    add_output_option(*command, options->out);
    add_fold_option(*command, options->fold);
    add_encoding_option(*command, options->input);
    command->footer(expand_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return expand(*options, console);
        };
    });
}

} // namespace dsplan::commands
