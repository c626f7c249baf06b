#include <sddl/lossy.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/descriptor_input.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/forms/pasted_text.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <utility>

namespace dsplan::commands {
namespace {

struct convert_options {
    std::string from;
    std::string to;
    domain_options domains;
    bool is_strict = false;
    bool by_lines = false;
    std::string on;
    std::string file = "-";
};

constexpr char const* convert_footer =
    "Examples:\n"
    "  dsplan convert 'D:(A;;GA;;;SY)' --to hex\n"
    "  echo 'D:(A;;GA;;;SY)' | dsplan convert --to hex\n"
    "  dsplan convert --from base64 --to sddl --domain-sid S-1-5-21-1-2-3 --lines < values.txt\n"
    "\n"
    "With --lines every line in gives one line out; a line that fails gives 'error: COLUMN: message'.\n"
    "Without --from the input may be any of the forms, with what is copied around it: a label, quotation "
    "marks,\n"
    "LDIF lines, octets in every spelling.\n"
    "JSON keeps everything; SDDL cannot say some control bits, padding and layout: what is lost is a "
    "warning.\n"
    "\n"
    "Exit status: 0 converted, 1 a line of --lines failed, 2 error.";

class conversion {
public:
    conversion(std::optional<descriptor_form> from, descriptor_form to, sddl::domain_sids const& sids,
               convert_options const& options, console& console)
        : from_(from)
        , to_(to)
        , sids_(sids)
        , options_(options)
        , console_(console) {}

    exit_status lines();
    exit_status whole(std::string const& input);

private:
    void warn(pasted_descriptor const& read, std::string_view line) const;
    [[nodiscard]] tl::expected<pasted_descriptor, descriptor_problem> read(std::string_view input) const;
    [[nodiscard]] tl::expected<std::string, descriptor_problem> convert(std::string_view input,
                                                                        std::string_view line) const;

    std::optional<descriptor_form> from_; // nothing: what it looks like
    descriptor_form to_;
    sddl::domain_sids sids_;
    convert_options const& options_;
    console& console_;
};

tl::expected<pasted_descriptor, descriptor_problem> conversion::read(std::string_view input) const {
    if (!from_)
        return read_pasted(input, {.sids = sids_, .is_strict = options_.is_strict, .on = options_.on});
    return read_form(input, *from_, sids_, options_.is_strict).map([this](read_descriptor made) {
        return pasted_descriptor{.read = std::move(made), .form = *from_, .sids = sids_, .note = {}};
    });
}

void conversion::warn(pasted_descriptor const& read, std::string_view line) const {
    if (!read.note.empty())
        console_.err << "note: " << line << read.note << '\n';
    for (auto const& warning : read.read.warnings) {
        print_warning(console_, fmt::format("{}column {}: {}", line, warning.column, warning.message));
        if (!options_.by_lines)
            console_.err << warning.detail;
    }
    if (to_ == descriptor_form::sddl && read.form != descriptor_form::sddl)
        for (auto const& lost : sddl::lossy(read.read.value))
            print_warning(console_, fmt::format("{}SDDL cannot say {}", line, lost));
}

tl::expected<std::string, descriptor_problem> conversion::convert(std::string_view input,
                                                                  std::string_view line) const {
    auto const found = read(input);
    if (!found)
        return tl::unexpected(found.error());
    warn(*found, line);
    auto written = write_form(found->read.value, to_, sids_, options_.by_lines);
    if (auto const end = written.find('\n'); options_.by_lines && end != std::string::npos)
        return tl::unexpected(descriptor_problem{
            1,
            fmt::format("expected a descriptor of one line, found a line end in column {} of its SDDL; "
                        "JSON, hex and base64 keep it",
                        end + 1),
            {}});
    return written;
}

exit_status conversion::lines() {
    auto status = exit_status::success;
    text_input input(console_);
    std::string line;
    for (std::size_t number = 1; input.next(line); ++number) {
        auto const converted = convert(line, fmt::format("line {}: ", number));
        if (converted) {
            console_.out << *converted << '\n';
        } else {
            status = exit_status::findings;
            console_.out << fmt::format("error: {}: {}\n", converted.error().column,
                                        converted.error().message);
        }
    }
    return status;
}

exit_status conversion::whole(std::string const& input) {
    auto const converted = convert(input, "");
    if (!converted)
        return report(console_,
                      {fmt::format("column {}: {}", converted.error().column, converted.error().message),
                       converted.error().detail});
    // On a terminal, text from a condition must not act; a pipe or a file gets what was asked for.
    bool const is_shown = console_.out_is_terminal && to_ == descriptor_form::sddl;
    console_.out << (is_shown ? printable(*converted) : *converted);
    if (is_shown && printable(*converted) != *converted)
        print_warning(console_,
                      "characters that would act on the terminal are shown as \\xNN; write to a file "
                      "to keep them");
    if (to_ != descriptor_form::binary)
        console_.out << '\n';
    return exit_status::success;
}

std::optional<failure> conflict_of(convert_options const& options) {
    if (!options.by_lines)
        return std::nullopt;
    if (options.from == "binary" || options.to == "binary")
        return failure{"--lines and binary do not go together: octets have no lines; use hex or base64", {}};
    if (options.file != "-")
        return failure{"--lines reads from standard input; leave out FILE", {}};
    return std::nullopt;
}

// An empty file is no descriptor; an empty line is the SDDL of one that says nothing.
result<std::string> whole_input(convert_options const& options, console& console) {
    if (options.from != "binary" && is_text_itself(options.file))
        return options.file;
    auto input = read_input(options.file, false, console);
    if (!input)
        return input;
    if (input->empty())
        return tl::unexpected(failure{"expected a security descriptor, found nothing", {}});
    if (options.from == "binary")
        return input;
    auto text = without_byte_order_mark(*std::move(input));
    if (!starts_as_octets(text))
        text.resize(without_line_ends(text).size());
    return text;
}

exit_status convert(convert_options const& options, console& console) {
    if (auto const conflict = conflict_of(options))
        return report(console, *conflict);
    auto sids = read_domains(options.domains);
    if (!sids)
        return report(console, sids.error());
    conversion conversion(find_descriptor_form(options.from), *find_descriptor_form(options.to), *sids,
                          options, console);
    if (options.by_lines)
        return conversion.lines();
    auto const input = whole_input(options, console);
    if (!input)
        return report(console, input.error());
    return conversion.whole(*input);
}

} // namespace

void add_convert(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<convert_options>();
    auto* const command =
        application.add_subcommand("convert", "Convert a security descriptor between SDDL, octets and JSON");
    std::vector<std::string> const forms{"sddl", "base64", "hex", "binary", "json"};
    auto const names = fmt::format("{}", fmt::join(forms, "|"));
    command->add_option("--from", options->from, "The form of the input; what it looks like if not given")
        ->transform(one_of(forms))
        ->type_name(names);
    command->add_option("--to", options->to, "The form of the result")
        ->required()
        ->transform(one_of(forms))
        ->type_name(names);
    add_domain_options(*command, options->domains);
    command->add_flag("--strict", options->is_strict, "Refuse what Windows takes but a reviewer should not");
    command->add_flag("--lines", options->by_lines, "One descriptor a line from standard input");
    add_object_option(*command, "--on", options->on,
                      "The object whose descriptor is meant, where there are several");
    command->add_option("FILE", options->file,
                        "The descriptor itself as text, a file to read, or - for standard input");
    command->footer(convert_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return convert(*options, console);
        };
    });
}

} // namespace dsplan::commands
