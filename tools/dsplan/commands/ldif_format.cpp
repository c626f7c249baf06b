#include <ldif/comments.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/forms/ldif_value_comment.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct format_options {
    std::string file;
    std::string out;
    ldif_input_options input;
    ldif::writer_options writer;
    bool explain = false;
};

constexpr char const* format_footer = "Example:\n"
                                      "  dsplan ldif format export.ldf --for rfc2849 --explain | less\n"
                                      "\n"
                                      "Comments stay in front of the lines that they stand in front of.\n"
                                      "\n"
                                      "Exit status: 0 written, 2 error; nothing is written.";

// Line ends as the profile wants them.
void append_lines(std::string& target, std::string_view text, bool crlf) {
    for (char const c : text) {
        if (c == '\r')
            continue;
        target += c == '\n' && crlf ? "\r\n" : std::string_view(&c, 1);
    }
}

// Of the text between records: what a search wrote about itself stays out.
std::string comment_lines(std::string_view text) {
    std::string kept;
    bool in_comment = false;
    while (!text.empty()) {
        auto const line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
        bool const is_empty = line == "\n" || line == "\r\n";
        in_comment = line.starts_with('#') || (in_comment && line.starts_with(' '));
        if (in_comment || (is_empty && !kept.empty()))
            kept += line;
        text.remove_prefix(line.size());
    }
    return kept;
}

exit_status format(format_options const& options, console& console) {
    auto input = open_ldif(options.file, options.input);
    if (!input)
        return report(console, input.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    auto writer = options.writer;
    if (options.explain)
        writer.explain = value_comment;
    bool const crlf = writer.profile == ldif::writer_profile::ldifde;
    ldif_progress progress(console, size_of_file(options.file));
    std::string text = ldif::file_head(writer);
    ldif::record record;
    for (;;) {
        auto const next = input->next_view();
        if (!next) {
            progress.hide();
            return report(console, to_failure(next.error()));
        }
        if (*next == nullptr)
            break;
        auto const& view = **next;
        append_lines(text, comment_lines(view.text_before), crlf);
        assign(record, view);
        if (crlf && !record.controls.empty())
            print_warning(console, fmt::format("the record of line {} has a control, and nothing says that "
                                               "ldifde takes one: see what the change is without it",
                                               record.line));
        text += ldif::with_comments(ldif::write(record, writer), view.text);
        output->write(text);
        text.clear();
        progress(input->position());
    }
    append_lines(text, comment_lines(input->text_behind()), crlf);
    output->write(text);
    progress.hide();
    if (auto const committed = output->commit(); !committed)
        return report(console, committed.error());
    return exit_status::success;
}

} // namespace

void add_ldif_format(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<format_options>();
    auto* const command =
        group.add_subcommand("format", "Write a file again in one style, for ldifde or RFC 2849");
    command->add_option("FILE", options->file, "LDIF file")->type_name("FILE.ldf")->required();
    add_output_option(*command, options->out);
    add_profile_option(*command, options->writer.profile,
                       "Who shall read it: ldifde (if not given) or rfc2849");
    add_fold_option(*command, options->writer.fold_column);
    command->add_flag("--explain", options->explain,
                      "A comment above base64 that is a SID, a GUID or a security descriptor");
    add_input_options(*command, options->input);
    command->footer(format_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return format(*options, console);
        };
    });
}

} // namespace dsplan::commands
