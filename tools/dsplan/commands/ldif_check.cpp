#include <ldif/changes/apply_rest.hpp>
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/named_attributes.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/changes/storage/change_list.hpp>
#include <ldif/expand.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_findings.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/directory/descriptor_value.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

namespace dsplan::commands {
namespace {

struct check_options {
    std::vector<std::string> files;
    std::vector<std::string> base;
    std::vector<std::string> schema;
    ldif_input_options input;
    ldif::writer_profile profile = ldif::writer_profile::ldifde;
    std::string format = "text";
};

constexpr char const* check_footer =
    "Example:\n"
    "  dsplan ldif check change.ldf --base contoso.ldf\n"
    "\n"
    "With an export the changes are tried on it, in their order: an object or value that exists already, a "
    "missing\n"
    "object or container, attributes that only Active Directory writes, an order that cannot work.\n"
    "\n"
    "Exit status: 0 clean, 1 findings, 2 a file cannot be read.";

ldif::policies rules_of(ldif::writer_profile profile) {
    bool const is_rfc = profile == ldif::writer_profile::rfc2849;
    auto rules = is_rfc ? ldif::policies::rfc2849() : ldif::policies::ldifde();
    rules[ldif::policy::empty_file] = ldif::policy_action::accept; // what diff writes without a difference
    if (!is_rfc)
        rules[ldif::policy::missing_changetype] = ldif::policy_action::warn;
    return rules;
}

finding_form form_of(std::string_view format) {
    return format == "json" ? finding_form::json : format == "html" ? finding_form::page : finding_form::text;
}

// What becomes of the findings, and how far the work is; changes wait here to be tried.
struct check_state {
    check_state(check_options const& options, console& console)
        : findings(form_of(options.format))
        , told(findings)
        // With a base the changes are read, and then tried.
        , progress(console, size_of_files(options.files) * (options.base.empty() ? 1U : 2U) +
                                size_of_files(options.base)) {}

    ldif_findings findings;
    change_findings told;
    ldif_progress progress;
    ldif::change_list changes;
    std::size_t records = 0;
};

// Of an export no record has one, which is one thing to tell.
class missing_changetypes {
public:
    void add(ldif::parse_error const& what) {
        if (count_++ == 0)
            first_ = what;
    }

    void tell(ldif_findings& findings) {
        if (count_ == 0)
            return;
        if (count_ > 1)
            first_.found = fmt::format("{} records without it, this one first", count_);
        findings.add({std::string(to_string(ldif::policy::missing_changetype)), false, first_, {}});
    }

private:
    ldif::parse_error first_;
    std::size_t count_ = 0;
};

// Reads a file: its syntax, and what a server refuses whatever the directory holds.
class file_check {
public:
    file_check(check_options const& options, ldif::attribute_schema const& schema, check_state& state,
               console& console)
        : options_(options)
        , schema_(schema)
        , state_(state)
        , console_(console) {}

    result<void> run(std::size_t file) {
        auto input = ldif::reader::open(to_path(options_.files[file]),
                                        options_.input.reader(rules_of(options_.profile), console_));
        if (!input)
            return tl::unexpected(to_failure(input.error()));
        missing_changetypes missing;
        for (;;) {
            auto const next = input->next();
            state_.progress(input->position());
            tell(*input, missing);
            if (!next) {
                ++state_.records;
                if (!next.error().can_continue)
                    return tl::unexpected(to_failure(next.error()));
                state_.findings.add({"syntax", true, next.error(), {}});
                continue;
            }
            if (*next == nullptr) {
                missing.tell(state_.findings);
                return {};
            }
            take(file, **next);
        }
    }

private:
    void tell(ldif::reader const& input, missing_changetypes& missing) {
        for (auto const& it : input.findings()) {
            if (it.rule == ldif::policy::missing_changetype)
                missing.add(it.what);
            else
                state_.findings.add({std::string(to_string(it.rule)), false, it.what, {}});
        }
    }

    void take(std::size_t file, ldif::record const& change) {
        ++state_.records;
        if (!options_.base.empty())
            state_.changes.add(file, change);
        else if (change.changetype && options_.profile == ldif::writer_profile::ldifde)
            check_alone(file, change);
    }

    void check_alone(std::size_t file, ldif::record const& change) {
        auto const named = ldif::with_attribute_names(change, schema_);
        auto const report =
            ldif::check_alone(named ? *named : change, schema_, directory::fault_of_descriptor);
        state_.told.tell(report.refusals, options_.files[file], true);
        state_.told.tell(report.doubts, options_.files[file], false);
    }

    check_options const& options_;
    ldif::attribute_schema const& schema_;
    check_state& state_;
    console& console_;
};

// Applies the changes to the export, going on after those that fail.
class trial {
public:
    trial(check_options const& options, check_state& state, console& console)
        : options_(options)
        , state_(state)
        , console_(console) {}

    result<void> run(ldif::attribute_schema const& schema) {
        ldif::directory_tree tree({.requires_parents = !options_.input.partial,
                                   .schema = &schema,
                                   .fault_of_descriptor = directory::fault_of_descriptor});
        if (auto loaded = load(tree); !loaded)
            return loaded;
        auto const size = size_of_files(options_.files);
        state_.changes.for_each([&](std::size_t index, std::size_t file, ldif::record const& change) {
            state_.progress(size / state_.changes.size() * index);
            bool const is_taken = tree.apply(change).has_value();
            auto const doubts = tree.doubts();
            if (!is_taken)
                tell_refusals(index, file, tree, change);
            state_.told.tell(doubts, options_.files[file], false);
        });
        return {};
    }

private:
    // What the changes concern.
    result<void> load(ldif::directory_tree& tree) {
        ldif::change_reach reach(*tree.options().schema);
        state_.changes.for_each(
            [&](std::size_t, std::size_t, ldif::record const& change) { reach.add(change); });
        for (auto const& file : options_.base) {
            auto base = open_ldif(file, options_.input, console_);
            if (!base)
                return tl::unexpected(std::move(base.error()));
            auto const loaded = ldif::load_reach(
                *base, reach, tree, nullptr, [this](std::uint64_t position) { state_.progress(position); });
            if (!loaded)
                return tl::unexpected(to_failure(loaded.error()));
        }
        return {};
    }

    // Each value that is refused; what follows is tried as if the rest had been taken.
    void tell_refusals(std::size_t index, std::size_t file, ldif::directory_tree& tree,
                       ldif::record const& change) {
        auto const rest =
            ldif::apply_rest(change, tree, [&tree](ldif::record const& part) { return tree.apply(part); });
        for (auto const& each : rest.refused)
            tell_refusal(index, file, each);
    }

    void tell_refusal(std::size_t index, std::size_t file, ldif::apply_error const& error) {
        auto told = error;
        bool const lacks =
            error.fault == ldif::apply_fault::no_parent || error.fault == ldif::apply_fault::no_such_entry;
        if (auto const line = lacks ? state_.changes.added_later(error.dn, index) : 0; line != 0)
            told.hint = fmt::format("line {} adds it: move that record before this one", line);
        else if (auto const macro = lacks ? ldif::find_macro(error.dn) : std::string_view(); !macro.empty())
            told.hint = ldif::hint_for_macro(macro);
        state_.told.tell(told, options_.files[file], told.fault != ldif::apply_fault::unknown_name);
    }

    check_options const& options_;
    check_state& state_;
    console& console_;
};

std::string printed(check_state& state, console const& console) {
    std::ostringstream text;
    dsplan::console inner{.in = console.in, .out = text, .err = console.err};
    state.findings.print(state.records, inner);
    return text.str();
}

result<exit_status> check(check_options const& options, console& console) {
    check_state state(options, console);
    auto const schema = read_schema(options.schema, options.base, options.input, console);
    if (!schema)
        return tl::unexpected(schema.error());
    for (std::size_t file = 0; file < options.files.size(); ++file)
        if (auto read = file_check(options, *schema, state, console).run(file); !read)
            return tl::unexpected(std::move(read.error()));
    if (!options.base.empty())
        if (auto tried = trial(options, state, console).run(*schema); !tried)
            return tl::unexpected(std::move(tried.error()));
    state.progress.hide();
    if (options.format == "text" || options.format == "json")
        state.findings.print(state.records, console);
    else if (options.format == "html")
        state.findings.print_page(state.records,
                                  page_sources({{"LDIF", options.files}, {"base", options.base}}), console);
    else
        console.out << answer_formats{
            .title = "Check of LDIF files",
            .text = [&] { return printed(state, console); },
            .json = {}}.in(options.format);
    return state.findings.is_empty() ? exit_status::success : exit_status::findings;
}

} // namespace

void add_ldif_check(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<check_options>();
    auto* const command = group.add_subcommand("check", "Say what is wrong or doubtful in LDIF files");
    command->add_option("FILE", options->files, "LDIF files")->type_name("FILE.ldf")->required();
    add_profile_option(*command, options->profile, "Whose rules: ldifde (if not given) or rfc2849");
    add_base_option(*command, options->base)
        ->description("LDIF export to try the changes on; may be given again");
    add_format_option(*command, options->format);
    add_schema_option(*command, options->schema);
    add_input_options(*command, options->input);
    command->footer(check_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            auto const status = with_temporary_files([&] { return check(*options, console); });
            return status ? *status : report(console, status.error());
        };
    });
}

} // namespace dsplan::commands
