#include <ldif/alternative_name.hpp>
#include <ldif/distinguished_name.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/render/review_json.hpp>
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/review/record_reader.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>

namespace dsplan::commands {
namespace {

struct show_options {
    std::string file;
    std::string on;
    std::vector<std::string> schema;
    ldif_input_options input;
    std::string format = "text";
};

constexpr char const* show_footer =
    "Example:\n"
    "  dsplan ldif show contoso.ldf --on 'CN=Domain Admins,CN=Users,DC=contoso,DC=com'\n"
    "\n"
    "Descriptors are shown ACE by ACE, SIDs with the names that the file has for them, times, bits and keys "
    "in "
    "words.\n"
    "\n"
    "Exit status: 0 shown, 1 shown without records that --skip-unreadable left out, 2 error, or the file has "
    "no such object.";

// What the file says of SIDs; nothing where it is no export.
struct names_of_file {
    std::optional<directory::snapshot> exported;
    sddl::domain_sids sids{};
    directory::principal_matches matched{}; // of --on

    names_of_file(show_options const& options, console& console) {
        directory::load_options how;
        how.descriptors = directory::unreadable_descriptor::keep;
        how.reading.input = silent(options.input.reading(console));
        auto loaded = directory::snapshot::load(std::vector{to_path(options.file)}, how);
        if (!loaded)
            return;
        exported = *std::move(loaded);
        auto const around = directory::read_forest(*exported).value_or(directory::forest{});
        if (!around.domains.empty())
            sids = around.sids_for(around.domains.front());
        if (!options.on.empty())
            matched = directory::find_objects(*exported, around, options.on);
    }
};

bool has_value(ldif::record const& record, std::string_view attribute, std::string_view value) {
    return std::any_of(
        record.attributes.begin(), record.attributes.end(), [&](ldif::attribute_value const& each) {
            return equal_ignoring_case(each.description, attribute) && equal_ignoring_case(each.value, value);
        });
}

// As octets or, as other tools export it, as text.
bool has_sid(ldif::record const& record, sddl::sid const& sid) {
    auto const text = fmt::format("{}", sid);
    return has_value(record, "objectSid", text) ||
           std::any_of(record.attributes.begin(), record.attributes.end(),
                       [&](ldif::attribute_value const& each) {
                           return equal_ignoring_case(each.description, "objectSid") &&
                                  ldif::sid_text(each.value) == text;
                       });
}

// By DN, SID, or one of the names that the record itself has.
bool is_called(ldif::record const& record, std::string_view name) {
    auto const key = ldif::normalize(record.dn);
    if (key && key == ldif::normalize(name))
        return true;
    if (auto const sid = sddl::parse_sid(name))
        return has_sid(record, *sid);
    auto const dn = ldif::parse_distinguished_name(record.dn);
    return (dn && !dn->rdns.empty() && equal_ignoring_case(dn->rdns.front().front().value, name)) ||
           has_value(record, "sAMAccountName", name) || has_value(record, "userPrincipalName", name);
}

class show_command {
public:
    show_command(show_options const& options, directory::schema const& known, names_of_file const& names,
                 console& console)
        : options_(options)
        , wanted_(options.on)
        , names_{known, names.sids, names.exported ? &*names.exported : nullptr}
        , matched_(names.matched)
        , records_(names_)
        , console_(console) {}

    void take(ldif::record const& record) {
        if (!wanted_.empty() && !is_called(record, wanted_) && !is_matched(record))
            return;
        ++shown_;
        review::record_reading reading;
        std::vector<review::finding> findings;
        std::function<bool(review::rule const&)> const none = [](review::rule const&) {
            return false;
        };
        records_.read(reading, record, nullptr, {findings, none, shown_, file_, record.line});
        if (options_.format == "json")
            write_json(std::move(reading), record.line);
        else if (options_.format == "text")
            console_.out << render::entry_text(reading);
        else
            text_ += render::entry_text(reading);
    }

    /// After the last record.
    void finish() {
        answer_formats const answer{.title = options_.file,
                                    .text = [this] { return text_; },
                                    .json =
                                        [this] {
                                            return (shown_ == 0 ? head() : std::string()) + "\n]\n}\n";
                                        }};
        if (options_.format != "text")
            console_.out << answer.in(options_.format);
    }

    [[nodiscard]] std::size_t shown() const { return shown_; }

private:
    static std::string head() {
        return "{\n\"format\": \"dsplan.ldif-show\",\n\"version\": 1,\n\"records\": [";
    }

    // One by one: an export need not fit in memory.
    void write_json(review::record_reading reading, std::uint64_t line) {
        reading.number = shown_;
        reading.line = line;
        console_.out << (shown_ == 1 ? head() : ",") << '\n' << render::entry_json(reading, options_.file);
    }

    // By a name that the record alone does not tell: contoso.com, CONTOSO\anna.
    [[nodiscard]] bool is_matched(ldif::record const& record) const {
        auto const key = ldif::normalize(record.dn);
        return key && std::any_of(matched_.found.begin(), matched_.found.end(),
                                  [&key](directory::entry const* each) { return each->key == *key; });
    }

    show_options const& options_;
    std::string file_;   ///< findings are not shown
    std::string text_;   ///< of a page or Markdown
    std::string wanted_; ///< a name; empty for all
    words::name_context names_;
    directory::principal_matches const& matched_;
    review::record_reader records_;
    console& console_;
    std::size_t shown_ = 0;
};

failure unknown_object(std::string const& name, directory::principal_matches const& matched) {
    failure why{
        fmt::format("expected the DN, SID or name of an object of the file, found '{}'", printable(name)),
        {}};
    for (auto const& near : matched.nearest_names)
        why.detail += fmt::format("  did you mean {}?\n", printable(near));
    return why;
}

exit_status show(show_options const& options, console& console) {
    auto input = open_ldif(options.file, options.input, console);
    if (!input)
        return report(console, input.error());
    names_of_file const names(options, console);
    std::optional<directory::schema> own_schema;
    auto const known = schema_of(options.schema, options.input, console, own_schema);
    if (!known)
        return report(console, known.error());
    show_command command(options, **known, names, console);
    for (;;) {
        auto const next = input->next();
        if (!next)
            return report(console, to_failure(next.error()));
        if (*next == nullptr)
            break;
        command.take(**next);
    }
    if (command.shown() == 0 && !options.on.empty())
        return report(console, unknown_object(options.on, names.matched));
    command.finish();
    if (command.shown() == 0)
        print_warning(console, "the file holds no records");
    return options.input.or_skipped(exit_status::success);
}

} // namespace

void add_ldif_show(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<show_options>();
    auto* const command = group.add_subcommand("show", "Show entries with their values read for people");
    command->add_option("FILE", options->file, "LDIF file")->type_name("FILE.ldf")->required();
    command->add_option("--on", options->on, "The one object to show, by DN, SID or name; all if not given")
        ->type_name("OBJECT");
    add_format_option(*command, options->format);
    add_schema_option(*command, options->schema);
    add_input_options(*command, options->input);
    options->input.rules[ldif::policy::empty_file] =
        ldif::policy_action::accept; // diff's without a difference
    command->footer(show_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return show(*options, console);
        };
    });
}

} // namespace dsplan::commands
