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
};

constexpr char const* format_footer = "Example:\n"
                                      "  dsplan ldif format export.ldf --for rfc2849 --explain | less\n"
                                      "\n"
                                      "Comments stay in front of the lines that they stand in front of. "
                                      "Every record that cannot be read is named.\n"
                                      "\n"
                                      "Exit status: 0 written, 1 written without the records that cannot be "
                                      "read (--skip-unreadable), 2 error; nothing "
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

// Records and the comments between them in the style that is asked for.
class styled_text {
public:
    explicit styled_text(format_options const& options) : writer_(options.writer) {
        if (options.explain)
            writer_.explain = value_comment;
    }

    [[nodiscard]] std::string head() const { return ldif::file_head(writer_); }

    [[nodiscard]] std::string of(ldif::record_view const& view) {
        assign(record_, view);
        return ldif::with_comments(ldif::write(record_, writer_), view.text);
    }

    // What a search counted is no longer true where a record is left out.
    [[nodiscard]] std::string comments(std::string_view text, bool is_whole) const {
        std::string lines;
        append_lines(lines, comment_lines(is_whole ? std::string(text) : ldif::without_search_totals(text)),
                     is_for_ldifde());
        return lines;
    }

    [[nodiscard]] bool is_for_ldifde() const { return writer_.profile == ldif::writer_profile::ldifde; }

private:
    ldif::writer_options writer_;
    ldif::record record_; // what it has allocated is used again
};

struct format_counts {
    std::size_t records = 0;
    std::size_t faults = 0;
};

class formatter {
public:
    formatter(format_options const& options, ldif::reader& input, output_file& output, console& console)
        : input_(input)
        , output_(output)
        , console_(console)
        , progress_(console, size_of_file(options.file))
        , style_(options) {}

    // Writes what can be read. The output is not committed yet.
    format_counts run() {
        output_.write(style_.head());
        while (take_next()) {
        }
        output_.write(style_.comments(input_.text_behind(), counts_.faults == 0));
        progress_.hide();
        return counts_;
    }

private:
    // False at the end of the input.
    bool take_next() {
        auto const next = input_.next_view();
        tell_findings();
        if (!next) {
            ++counts_.faults;
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
        ++counts_.records;
        output_.write(style_.comments(view.text_before, counts_.faults == 0));
        if (style_.is_for_ldifde() && !view.controls.empty())
            print_warning(console_, fmt::format("the record of line {} has a control, and nothing says that "
                                                "ldifde takes one: see what the change is without it",
                                                view.line));
        output_.write(style_.of(view));
    }

    ldif::reader& input_;
    output_file& output_;
    console& console_;
    ldif_progress progress_;
    styled_text style_;
    format_counts counts_;
};

exit_status finish(format_counts const& counts, bool keeps_going, output_file& output, console& console) {
    if (counts.faults > 0 && !keeps_going) {
        console.err << fmt::format("Nothing was written: {} be read. --skip-unreadable leaves {} out.\n",
                                   counted(counts.faults, "record cannot", "records cannot"),
                                   counts.faults == 1 ? "it" : "them");
        return exit_status::error;
    }
    if (counts.records == 0)
        print_warning(console, "the file holds no records");
    if (auto const committed = output.commit(); !committed)
        return report(console, committed.error());
    if (counts.faults > 0)
        console.err << fmt::format("{} left out.\n", counted(counts.faults, "record was", "records were"));
    return counts.faults == 0 ? exit_status::success : exit_status::findings;
}

exit_status format(format_options const& options, console& console) {
    auto how = options.input;
    how.skips_unreadable = false; // each is named and counted here
    auto input = open_ldif(options.file, how, console);
    if (!input)
        return report(console, input.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    auto const counts = formatter(options, *input, *output, console).run();
    return finish(counts, options.input.skips_unreadable, *output, console);
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
    add_input_options(*command, options->input);
    options->input.rules[ldif::policy::empty_file] =
        ldif::policy_action::accept; // diff's without a difference
    command->footer(format_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return format(*options, console);
        };
    });
}

} // namespace dsplan::commands
