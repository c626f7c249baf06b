#include <ldif/expand.hpp>
#include <ldif/text_encoding.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/substitutions.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <utility>

namespace dsplan::commands {
namespace {

struct expand_options {
    std::string file;
    substitution_options substitutions;
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
    "base64 that holds FROM, and what still looks like a macro, are warnings. The output has the encoding of "
    "the file.\n"
    "\n"
    "Exit status: 0 written, 1 written with warnings, 2 error; nothing is written.";

void warn(ldif::expand_warning const& it, std::string const& file, console& console) {
    print_warning(console,
                  it.what == ldif::expand_warning::kind::base64
                      ? fmt::format("'{}' lies in base64 and stays, as with ldifde -c", printable(it.text))
                      : fmt::format("'{}' still looks like a macro", printable(it.text)));
    console.err << fmt::format("  {}:{}\n", printable(file), it.line);
}

// Writes text in the encoding of the input.
class encoded_output {
public:
    encoded_output(output_file& output, ldif::reader const& input) : output_(output), input_(input) {}

    void write(std::string_view text) {
        octets_.clear();
        if (std::exchange(is_first_, false) && input_.had_byte_order_mark())
            octets_ = ldif::byte_order_mark(input_.encoding());
        is_complete_ = ldif::append_encoded(octets_, text, input_.encoding()) && is_complete_;
        output_.write(octets_);
    }

    void write(ldif::record_view const& record, std::string_view text) {
        std::string_view const line_end = record.text.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
        write(record.text_before);
        write(text);
        write(text.ends_with('\n') ? std::string_view() : line_end);
        write(line_end);
    }

    // No character was missing in the encoding.
    [[nodiscard]] bool is_complete() const { return is_complete_; }

private:
    output_file& output_;
    ldif::reader const& input_;
    std::string octets_;
    bool is_first_ = true;
    bool is_complete_ = true;
};

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
}

exit_status expand(expand_options const& options, console& console) {
    auto const substitutions = substitutions_of(options.substitutions);
    if (!substitutions)
        return report(console, substitutions.error());
    auto input = open_ldif(options.file, options.input, console);
    if (!input)
        return report(console, input.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    encoded_output encoded(*output, *input);
    std::size_t replaced = 0;
    std::size_t warnings = 0;
    bool all_ascii = true;
    ldif_progress progress(console, size_of_file(options.file));
    for (;;) {
        auto const next = input->next_view();
        progress(input->position());
        if (!next || *next == nullptr)
            progress.hide();
        if (!next)
            return report(console, to_failure(next.error()));
        if (*next == nullptr)
            break;
        auto const done = ldif::expand(**next, *substitutions, options.fold);
        if (done.is_too_long)
            return report(console, too_long_when_expanded(**next, options.file));
        all_ascii = all_ascii && is_ascii(done.text);
        encoded.write(**next, done.text);
        if (!done.warnings.empty())
            progress.hide();
        for (auto const& it : done.warnings)
            warn(it, options.file, console);
        replaced += done.replaced;
        warnings += done.warnings.size();
    }
    encoded.write(input->text_behind());
    if (!encoded.is_complete())
        return report(console, failure{"expected characters of the file's own encoding, found others in TO",
                                       "  write the file as UTF-16 first\n"});
    if (auto const committed = output->commit(); !committed)
        return report(console, committed.error());
    if (!all_ascii && input->encoding() == ldif::text_encoding::utf8) {
        print_warning(console,
                      "the output is UTF-8 with characters beyond ASCII: ldifde needs it as UTF-16 (-u)");
        ++warnings;
    }
    console.err << fmt::format("{}, {}.\n", counted(replaced, "replacement", "replacements"),
                               counted(warnings, "warning", "warnings"));
    return options.input.or_skipped(warnings == 0 ? exit_status::success : exit_status::findings);
}

} // namespace

void add_ldif_expand(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<expand_options>();
    auto* const command =
        group.add_subcommand("expand", "What ldifde -c would import: replace text such as DC=X");
    command->add_option("FILE", options->file, "LDIF file")->type_name("FILE.ldf")->required();
    options->substitutions.add_to(*command)->required();
    add_output_option(*command, options->out);
    add_fold_option(*command, options->fold);
    add_input_options(*command, options->input);
    options->input.rules[ldif::policy::empty_file] =
        ldif::policy_action::accept; // diff's without a difference
    command->footer(expand_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return expand(*options, console);
        };
    });
}

} // namespace dsplan::commands
