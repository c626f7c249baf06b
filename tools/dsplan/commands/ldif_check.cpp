#include <ldif/change_reach.hpp>
#include <ldif/references.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ldif_failure.hpp>
#include <tools/dsplan/output_directory.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct check_options {
    std::vector<std::string> files;
    std::vector<std::string> base;
    std::string schema;
    ldif_input_options input;
    ldif::writer_profile profile = ldif::writer_profile::ldifde;
    bool partial = false;
    bool json = false;
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

// One thing to tell: an error, or a finding of a rule.
struct told {
    std::string rule; ///< of a policy, or why a change is refused; "syntax" for errors
    bool is_error = false;
    ldif::parse_error what;
    std::string dn;
};

// A change with the file it stands in.
struct located_change {
    std::string file;
    ldif::record change;
};

// In the order of apply_fault.
constexpr std::array<std::string_view, 12> rules_of_faults{
    "invalid-name",  "no-such-entry",      "no-parent",    "entry-exists",
    "has-children",  "moved-below-itself", "value-exists", "no-such-attribute",
    "single-valued", "names-the-entry",    "system-owned", "no-number"};
static_assert(static_cast<std::size_t>(ldif::apply_fault::no_number) + 1 == rules_of_faults.size());

std::string rule_of(ldif::apply_fault fault) {
    return std::string(rules_of_faults[static_cast<std::size_t>(fault)]);
}

class checker {
public:
    checker(check_options const& options, console& console) : options_(options), console_(console) {}

    exit_status run() {
        for (auto const& file : options_.files)
            if (auto read = check_file(file); !read)
                return report(console_, read.error());
        if (auto tried = try_changes(); !tried)
            return report(console_, tried.error());
        if (options_.json)
            print_json();
        else
            print_text();
        return told_.empty() ? exit_status::success : exit_status::findings;
    }

private:
    result<void> check_file(std::string const& file) {
        auto input = ldif::reader::open(to_path(file), options_.input.reader(rules()));
        if (!input)
            return tl::unexpected(to_failure(input.error()));
        for (;;) {
            auto const next = input->next();
            for (auto const& it : input->findings())
                told_.push_back({std::string(to_string(it.rule)), false, it.what, {}});
            if (!next) {
                if (!next.error().can_continue)
                    return tl::unexpected(to_failure(next.error()));
                told_.push_back({"syntax", true, next.error(), {}});
                continue;
            }
            if (*next == nullptr)
                return {};
            ++records_;
            if (!options_.base.empty())
                changes_.push_back({file, **next});
        }
    }

    [[nodiscard]] ldif::policies rules() const {
        if (options_.profile == ldif::writer_profile::rfc2849)
            return ldif::policies::rfc2849();
        auto rules = ldif::policies::ldifde();
        rules[ldif::policy::missing_changetype] = ldif::policy_action::warn;
        return rules;
    }

    // Applies the changes to the export, going on behind those that fail.
    result<void> try_changes() {
        if (options_.base.empty())
            return {};
        auto const schema = read_schema(options_.schema, options_.base, options_.input);
        if (!schema)
            return tl::unexpected(schema.error());
        ldif::directory_tree tree({.requires_parents = !options_.partial, .schema = &*schema});
        ldif::change_reach reach(*schema);
        for (auto const& it : changes_)
            reach.add(it.change);
        for (auto const& file : options_.base) {
            auto base = open_ldif(file, options_.input);
            if (!base)
                return tl::unexpected(std::move(base.error()));
            if (auto const loaded = ldif::load_reach(*base, reach, tree); !loaded)
                return tl::unexpected(to_failure(loaded.error()));
        }
        for (std::size_t i = 0; i < changes_.size(); ++i)
            if (auto const done = tree.apply(changes_[i].change); !done)
                tell_refusal(i, done.error());
        return {};
    }

    void tell_refusal(std::size_t index, ldif::apply_error const& error) {
        ldif::parse_error what;
        what.file = changes_[index].file;
        what.line = error.line;
        what.expected = error.expected;
        what.found = error.found;
        what.hint = error.hint;
        bool const lacks =
            error.fault == ldif::apply_fault::no_parent || error.fault == ldif::apply_fault::no_such_entry;
        if (lacks)
            if (auto const line = added_later(index); line != 0)
                what.hint = fmt::format("line {} adds it: move that record before this one", line);
        told_.push_back({rule_of(error.fault), true, std::move(what), error.dn});
    }

    // The line of a later addition of the object, or of its nearest container that is added at all.
    [[nodiscard]] std::uint64_t added_later(std::size_t index) {
        if (additions_.empty())
            for (std::size_t i = 0; i < changes_.size(); ++i)
                note_addition(i);
        auto const key = ldif::tree_key(changes_[index].change.dn);
        for (std::string_view above = key; !above.empty(); above = ldif::parent_key(above)) {
            auto const found = additions_.find(above);
            auto const later = found == additions_.end()
                                   ? std::vector<std::size_t>::const_iterator()
                                   : std::upper_bound(found->second.begin(), found->second.end(), index);
            if (found != additions_.end() && later != found->second.end())
                return changes_[*later].change.line;
        }
        return 0;
    }

    void note_addition(std::size_t index) {
        auto const& change = changes_[index].change;
        auto const type = change.changetype.value_or(ldif::change_type::add);
        if (type == ldif::change_type::add || type == ldif::change_type::ntds_schema_add)
            additions_[ldif::tree_key(change.dn)].push_back(index);
    }

    void print_text() {
        std::size_t errors = 0;
        for (auto const& it : told_) {
            errors += it.is_error ? 1 : 0;
            console_.out << (it.is_error ? "error: " : "warning: ") << printable(ldif::message(it.what))
                         << " [" << it.rule << "]\n"
                         << ldif::render_caret(it.what);
            if (!it.dn.empty())
                console_.out << "    " << printable(it.dn) << '\n';
        }
        if (told_.empty())
            console_.out << fmt::format("{} records, no findings.\n", records_);
        else
            console_.out << fmt::format("{} records, {} errors, {} warnings.\n", records_, errors,
                                        told_.size() - errors);
    }

    void print_json() {
        auto findings = nlohmann::json::array();
        for (auto const& it : told_)
            findings.push_back({{"file", it.what.file},
                                {"line", it.what.line},
                                {"column", it.what.column},
                                {"level", it.is_error ? "error" : "warning"},
                                {"rule", it.rule},
                                {"expected", it.what.expected},
                                {"found", it.what.found},
                                {"hint", it.what.hint},
                                {"dn", it.dn}});
        nlohmann::json const document{{"records", records_}, {"findings", std::move(findings)}};
        console_.out << document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    }

    check_options const& options_;
    console& console_;
    std::vector<told> told_;
    std::vector<located_change> changes_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> additions_; // changes by tree key
    std::size_t records_ = 0;
};

} // namespace

void add_ldif_check(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<check_options>();
    auto* const command = group.add_subcommand("check", "Say what is wrong or doubtful in LDIF files");
    command->add_option("FILE", options->files, "LDIF files")->type_name("FILE.ldf")->required();
    add_profile_option(*command, options->profile, "Whose rules: ldifde (if not given) or rfc2849");
    command->add_option("--base", options->base, "Export to try the changes on; may be given again")
        ->type_name("EXPORT.ldf")
        ->expected(1)
        ->take_all();
    command->add_flag("--partial", options->partial,
                      "The export is filtered: do not ask for the containers of new objects");
    command->add_flag("--json", options->json, "The findings as JSON");
    add_schema_option(*command, options->schema);
    add_input_options(*command, options->input);
    command->footer(check_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return checker(*options, console).run();
        };
    });
}

} // namespace dsplan::commands
