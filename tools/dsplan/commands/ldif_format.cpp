#include <ldif/comments.hpp>
#include <ldif/search_totals.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/forms/ldif_value_comment.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
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
    bool keep_going = false;
};

constexpr char const* format_footer = "Example:\n"
                                      "  dsplan ldif format export.ldf --for rfc2849 --explain | less\n"
                                      "\n"
                                      "Comments stay in front of the lines that they stand in front of. "
                                      "Every record that cannot be read is named.\n"
                                      "\n"
                                      "Exit status: 0 written, 1 written without the records that cannot be "
                                      "read (--keep-going), 2 error; nothing "
                                      "is\n"
                                      "written.";

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

class formatter {
public:
    formatter(format_options const& options, ldif::reader& input, output_file& output, console& console)
        : options_(options)
        , input_(input)
        , output_(output)
        , console_(console)
        , progress_(console, size_of_file(options.file)) {
        if (options.explain)
            writer_.explain = value_comment;
    }

    exit_status run() {
        output_.write(ldif::file_head(writer_));
        while (take_next()) {
        }
        progress_.hide();
        if (faults_ > 0 && !options_.keep_going) {
            console_.err << fmt::format("Nothing was written: {} be read. --keep-going leaves {} out.\n",
                                        counted(faults_, "record cannot", "records cannot"),
                                        faults_ == 1 ? "it" : "them");
            return exit_status::error;
        }
        if (records_ == 0)
            print_warning(console_, "the file holds no records");
        write_comments(input_.text_behind());
        if (auto const committed = output_.commit(); !committed)
            return report(console_, committed.error());
        if (faults_ > 0)
            console_.err << fmt::format("{} left out.\n", counted(faults_, "record was", "records were"));
        return faults_ == 0 ? exit_status::success : exit_status::findings;
    }

private:
    // False at the end of the input.
    bool take_next() {
        auto const next = input_.next_view();
        tell_findings();
        if (!next) {
            ++faults_;
            progress_.hide();
            report(console_, to_failure(next.error()));
            return next.error().can_continue;
        }
        if (*next == nullptr)
            return false;
        write(**next);
        progress_(input_.position());
        return true;
    }

    // Of octets that stay what they are and are no text.
    void tell_findings() {
        for (auto const& it : input_.findings()) {
            if (it.rule != ldif::policy::invalid_utf8 && it.rule != ldif::policy::invalid_unicode)
                continue;
            progress_.hide();
            print_warning(console_, ldif::message(it.what));
            console_.err << ldif::render_caret(it.what);
        }
    }

    void write(ldif::record_view const& view) {
        ++records_;
        write_comments(view.text_before);
        assign(record_, view);
        if (is_for_ldifde() && !record_.controls.empty())
            print_warning(console_, fmt::format("the record of line {} has a control, and nothing says that "
                                                "ldifde takes one: see what the change is without it",
                                                record_.line));
        output_.write(ldif::with_comments(ldif::write(record_, writer_), view.text));
    }

    // What a search counted is no longer true where a record is left out.
    void write_comments(std::string_view text) {
        std::string lines;
        append_lines(lines,
                     comment_lines(faults_ == 0 ? std::string(text) : ldif::without_search_totals(text)),
                     is_for_ldifde());
        output_.write(lines);
    }

    [[nodiscard]] bool is_for_ldifde() const { return writer_.profile == ldif::writer_profile::ldifde; }

    format_options const& options_;
    ldif::reader& input_;
    output_file& output_;
    console& console_;
    ldif_progress progress_;
    ldif::writer_options writer_ = options_.writer;
    ldif::record record_;
    std::size_t records_ = 0;
    std::size_t faults_ = 0;
};

exit_status format(format_options const& options, console& console) {
    auto input = open_ldif(options.file, options.input, console);
    if (!input)
        return report(console, input.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    return formatter(options, *input, *output, console).run();
}

} // namespace

void add_ldif_format(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<format_options>();
    auto* const command =
        group.add_subcommand("format", "Rewrite a file in one style, for ldifde or RFC 2849");
    command->add_option("FILE", options->file, "LDIF file")->type_name("FILE.ldf")->required();
    add_output_option(*command, options->out);
    add_profile_option(*command, options->writer.profile,
                       "Write for this reader: ldifde (if not given) or rfc2849");
    add_fold_option(*command, options->writer.fold_column);
    command->add_flag("--explain", options->explain,
                      "A comment above base64 that is a SID, a GUID or a security descriptor");
    command->add_flag("--keep-going", options->keep_going,
                      "Leave out records that cannot be read, and end with status 1");
    add_input_options(*command, options->input);
    command->footer(format_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return format(*options, console);
        };
    });
}

} // namespace dsplan::commands
