#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/named_attributes.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/ordered_store.hpp>
#include <ldif/changes/storage/stored_record.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/expand.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_findings.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

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

constexpr std::size_t memory_of_order = std::size_t{4} << 20;

// Changes in their order, with the files they stand in, on disk; and which objects they add.
class change_list {
public:
    void add(std::size_t file, ldif::record const& change) {
        auto const type = change.changetype.value_or(ldif::change_type::add);
        if (type == ldif::change_type::add || type == ldif::change_type::ntds_schema_add)
            additions_.put(place_of(ldif::tree_key(change.dn), changes_.size()), number(change.line));
        std::string octets;
        ldif::append_sorted(octets, static_cast<std::uint64_t>(file));
        ldif::append_sorted(octets, change.line);
        ldif::append_stored_record(octets, change);
        changes_.add({}, octets); // equal keys keep their order
    }

    // Gives each to `use` with the number of its file.
    template <class Function>
    void for_each(Function use) {
        std::string_view key;
        std::string_view octets;
        changes_.rewind();
        for (std::size_t index = 0; changes_.next(key, octets); ++index) {
            auto const file = ldif::take_sorted<std::uint64_t>(octets);
            auto const line = ldif::take_sorted<std::uint64_t>(octets);
            auto change = ldif::load_record(octets);
            change.line = line;
            use(index, file, change);
        }
    }

    // The line of a later addition of the object, or of its nearest container that is added at all; 0 where
    // there is none.
    [[nodiscard]] std::uint64_t added_later(std::string const& dn, std::size_t index) {
        auto const key = ldif::tree_key(dn);
        std::string place;
        std::string line;
        for (std::string_view above = key; !above.empty(); above = ldif::parent_key(above)) {
            auto const prefix = std::string(above) + '\0';
            if (!additions_.behind(place_of(above, index), place, line) || !place.starts_with(prefix))
                continue;
            std::string_view rest = line;
            return ldif::take_sorted<std::uint64_t>(rest);
        }
        return 0;
    }

    [[nodiscard]] std::size_t size() const { return changes_.size(); }

private:
    static std::string number(std::uint64_t value) {
        std::string octets;
        ldif::append_sorted(octets, value);
        return octets;
    }
    static std::string place_of(std::string_view key, std::size_t index) {
        return std::string(key).append(1, '\0').append(number(index));
    }

    ldif::external_sorter changes_;
    ldif::ordered_store additions_{memory_of_order}; // tree key, NUL, number of the change: line
};

class checker {
public:
    checker(check_options const& options, console& console)
        : options_(options)
        , console_(console)
        , findings_(options.json)
        , told_(findings_) {
        // With a base the changes are read, and then tried.
        auto const passes = options.base.empty() ? 1U : 2U;
        progress_.emplace(console, size_of_files(options.files) * passes + size_of_files(options.base));
    }

    exit_status run() {
        auto const done = with_temporary_files([this] { return check(); });
        progress_.reset();
        if (!done)
            return report(console_, done.error());
        return findings_.is_empty() ? exit_status::success : exit_status::findings;
    }

private:
    result<void> check() {
        auto const schema = read_schema(options_.schema, options_.base, options_.input, console_);
        if (!schema)
            return tl::unexpected(schema.error());
        if (auto done = check_files(*schema).and_then([&] { return try_changes(*schema); }); !done)
            return done;
        progress_.reset();
        findings_.print(records_, console_);
        return {};
    }

    result<void> check_files(ldif::attribute_schema const& schema) {
        for (std::size_t i = 0; i < options_.files.size(); ++i)
            if (auto read = check_file(i, schema); !read)
                return read;
        return {};
    }

    result<void> check_file(std::size_t file, ldif::attribute_schema const& schema) {
        auto input =
            ldif::reader::open(to_path(options_.files[file]), options_.input.reader(rules(), console_));
        if (!input)
            return tl::unexpected(to_failure(input.error()));
        missing_changetypes missing;
        for (;;) {
            auto const next = input->next();
            (*progress_)(input->position());
            for (auto const& it : input->findings())
                tell(it, missing);
            if (!next) {
                ++records_;
                if (!next.error().can_continue)
                    return tl::unexpected(to_failure(next.error()));
                findings_.add({"syntax", true, next.error(), {}});
                continue;
            }
            if (*next == nullptr) {
                tell(missing);
                return {};
            }
            ++records_;
            if (!options_.base.empty())
                changes_.add(file, **next);
            else if ((*next)->changetype && options_.profile == ldif::writer_profile::ldifde)
                check_alone(file, **next, schema);
        }
    }

    // What the server refuses whatever the directory holds.
    void check_alone(std::size_t file, ldif::record const& change, ldif::attribute_schema const& schema) {
        auto const named = ldif::with_attribute_names(change, schema);
        auto const report = ldif::check_alone(named ? *named : change, schema);
        told_.tell(report.refusals, options_.files[file], true);
        told_.tell(report.doubts, options_.files[file], false);
    }

    // Of an export no record has one, which is one thing to tell.
    struct missing_changetypes {
        std::optional<ldif::parse_error> first;
        std::size_t count = 0;
    };

    void tell(ldif::finding const& it, missing_changetypes& missing) {
        if (it.rule != ldif::policy::missing_changetype)
            return findings_.add({std::string(to_string(it.rule)), false, it.what, {}});
        if (missing.count++ == 0)
            missing.first = it.what;
    }

    void tell(missing_changetypes& missing) {
        if (missing.count == 0)
            return;
        if (missing.count > 1)
            missing.first->found = fmt::format("{} records without it, this one first", missing.count);
        findings_.add({std::string(to_string(ldif::policy::missing_changetype)), false, *missing.first, {}});
    }

    [[nodiscard]] ldif::policies rules() const {
        bool const is_rfc = options_.profile == ldif::writer_profile::rfc2849;
        auto rules = is_rfc ? ldif::policies::rfc2849() : ldif::policies::ldifde();
        rules[ldif::policy::empty_file] =
            ldif::policy_action::accept; // what diff writes without a difference
        if (!is_rfc)
            rules[ldif::policy::missing_changetype] = ldif::policy_action::warn;
        return rules;
    }

    // Applies the changes to the export, going on after those that fail.
    result<void> try_changes(ldif::attribute_schema const& schema) {
        if (options_.base.empty())
            return {};
        ldif::directory_tree tree({.requires_parents = !options_.partial, .schema = &schema});
        if (auto loaded = load(tree); !loaded)
            return loaded;
        auto const size = size_of_files(options_.files);
        changes_.for_each([&](std::size_t index, std::size_t file, ldif::record const& change) {
            (*progress_)(size / changes_.size() * index);
            if (auto const done = tree.apply(change); !done)
                tell_refusal(index, file, done.error());
            told_.tell(tree.doubts(), options_.files[file], false);
        });
        return {};
    }

    // What the changes concern.
    result<void> load(ldif::directory_tree& tree) {
        ldif::change_reach reach(*tree.options().schema);
        changes_.for_each([&](std::size_t, std::size_t, ldif::record const& change) { reach.add(change); });
        for (auto const& file : options_.base) {
            auto base = open_ldif(file, options_.input, console_);
            if (!base)
                return tl::unexpected(std::move(base.error()));
            auto const loaded = ldif::load_reach(*base, reach, tree, nullptr,
                                                 [this](std::uint64_t position) { (*progress_)(position); });
            if (!loaded)
                return tl::unexpected(to_failure(loaded.error()));
        }
        return {};
    }

    void tell_refusal(std::size_t index, std::size_t file, ldif::apply_error const& error) {
        auto told = error;
        bool const lacks =
            error.fault == ldif::apply_fault::no_parent || error.fault == ldif::apply_fault::no_such_entry;
        if (auto const line = lacks ? changes_.added_later(error.dn, index) : 0; line != 0)
            told.hint = fmt::format("line {} adds it: move that record before this one", line);
        else if (auto const macro = lacks ? ldif::find_macro(error.dn) : std::string_view(); !macro.empty())
            told.hint = ldif::hint_for_macro(macro);
        told_.tell(told, options_.files[file], told.fault != ldif::apply_fault::unknown_name);
    }

    check_options const& options_;
    console& console_;
    ldif_findings findings_;
    change_findings told_;
    change_list changes_;
    std::optional<ldif_progress> progress_;
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
    add_partial_option(*command, options->partial);
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
