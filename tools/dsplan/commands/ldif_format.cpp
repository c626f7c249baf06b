#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ldif_failure.hpp>
#include <tools/dsplan/ldif_value_comment.hpp>
#include <tools/dsplan/output_directory.hpp>
#include <tools/dsplan/output_file.hpp>

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

constexpr char const* format_footer =
    "Example:\n"
    "  dsplan ldif format export.ldf --for rfc2849 --explain | less\n"
    "\n"
    "Comments before a record stay; those inside of one are left out and counted.\n"
    "\n"
    "Exit status: 0 written, 2 error; nothing is written.";

// The comment lines in front of "dn:".
std::string_view leading_comments(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && (text[end] == '#' || (end != 0 && text[end] == ' '))) {
        auto const next = text.find('\n', end);
        end = next == std::string_view::npos ? text.size() : next + 1;
    }
    return text.substr(0, end);
}

std::size_t comments_inside(std::string_view text) {
    std::size_t count = 0;
    for (auto at = text.find("\n#"); at != std::string_view::npos; at = text.find("\n#", at + 1))
        ++count;
    return count;
}

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
    std::size_t lost = 0;
    for (;;) {
        auto const next = input->next_view();
        if (!next)
            return report(console, to_failure(next.error()));
        if (*next == nullptr)
            break;
        auto const& view = **next;
        append_lines(text, comment_lines(view.text_before), crlf);
        auto const comments = leading_comments(view.text);
        append_lines(text, comments, crlf);
        lost += comments_inside(view.text.substr(comments.size()));
        assign(record, view);
        write(text, record, writer);
        output->write(text);
        text.clear();
        progress(input->position());
    }
    append_lines(text, comment_lines(input->text_behind()), crlf);
    output->write(text);
    if (auto const committed = output->commit(); !committed)
        return report(console, committed.error());
    if (lost != 0)
        print_warning(console, fmt::format("{} comments inside records were left out", lost));
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
    add_encoding_option(*command, options->input);
    command->footer(format_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return format(*options, console);
        };
    });
}

} // namespace dsplan::commands
