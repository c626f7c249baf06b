#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/search_filter.hpp>
#include <tools/dsplan/commands/ldif.hpp>
#include <tools/dsplan/commands/ldif_options.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/forms/ldif_value_comment.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <ostream>

namespace dsplan::commands {
namespace {

struct search_options {
    std::string file;
    std::string filter = "(objectClass=*)";
    std::string base;
    std::string scope = "sub";
    std::vector<std::string> attributes;
    std::string out;
    std::vector<std::string> schema;
    ldif_input_options input;
    std::size_t fold = 76;
};

constexpr char const* search_footer =
    "Examples:\n"
    "  dsplan ldif search contoso.ldf --filter '(&(objectClass=user)(adminCount=1))' --attributes member\n"
    "  dsplan ldif search contoso.ldf --filter '(userAccountControl:1.2.840.113556.1.4.803:=4194304)'\n"
    "  dsplan ldif search contoso.ldf --filter '(memberOf:1.2.840.113556.1.4.1941:=CN=Domain "
    "Admins,CN=Users,DC=contoso,"
    "DC=com)'\n"
    "\n"
    "Text is compared as Active Directory does, names by their parts, numbers by their value; objectSid and "
    "objectGUID\n"
    "take their text forms, or octets as \\01\\05. What the file does not hold is not found; what the "
    "directory\n"
    "leaves undefined (substrings of names, attributes that no schema has) neither holds nor does its "
    "opposite.\n"
    "\n"
    "Exit status: 0 searched, 1 searched without records that --skip-unreadable left out, 2 error.";

// SIDs and GUIDs as text, whichever form they have.
std::string key_of_value(ldif::attribute_schema const& schema, std::string_view attribute,
                         std::string_view value) {
    auto const text = value_comment(attribute, value);
    auto key = schema.value_key(attribute, text.empty() ? value : std::string_view(text));
    if (ldif::same_description(attribute, "objectGUID") || ldif::same_description(attribute, "objectSid"))
        std::transform(key.begin(), key.end(), key.begin(), to_lower);
    return key;
}

std::string name_of(ldif::attribute_schema const& schema, std::string_view attribute) {
    auto named = ldif::is_identifier(attribute) ? schema.name_of_identifier(attribute) : std::string();
    return named.empty() ? std::string(attribute) : named;
}

void name_attributes(ldif::attribute_schema const& schema, ldif::search_filter& filter) {
    filter.attribute = name_of(schema, filter.attribute);
    for (auto& part : filter.parts)
        name_attributes(schema, part);
}

// What the attributes of a filter are, and which of them the file has.
class asked_attributes {
public:
    asked_attributes(ldif::attribute_schema const& schema, ldif::search_filter const& filter)
        : schema_(schema) {
        add(filter);
    }

    /// True where the file may have attributes that the schema lacks, so that it must be read before.
    [[nodiscard]] bool are_unknown() const {
        return std::any_of(seen_.begin(), seen_.end(),
                           [this](auto const& it) { return !schema_.rules_of(it.first).is_known; });
    }

    void see(ldif::record_view const& record) {
        for (auto& each : seen_)
            each.second = each.second || holds(record, each.first);
    }

    [[nodiscard]] ldif::attribute_kind kind_of(std::string_view attribute) const {
        using ldif::value_syntax;
        auto const rules = schema_.rules_of(attribute);
        if (rules.is_name_valued || rules.syntax == value_syntax::name_value ||
            ldif::same_description(attribute, "distinguishedName"))
            return ldif::attribute_kind::name;
        if (rules.syntax == value_syntax::integer || rules.syntax == value_syntax::large_integer)
            return ldif::attribute_kind::number;
        return rules.is_known || is_seen(attribute) ? ldif::attribute_kind::other
                                                    : ldif::attribute_kind::unknown;
    }

    [[nodiscard]] bool is_seen(std::string_view attribute) const {
        return std::any_of(seen_.begin(), seen_.end(), [attribute](auto const& it) {
            return it.second && ldif::same_description(it.first, attribute);
        });
    }

    [[nodiscard]] bool have_open_range(ldif::record_view const& record) const {
        return std::any_of(seen_.begin(), seen_.end(),
                           [&record](auto const& it) { return ldif::has_open_range(record, it.first); });
    }

    void tell(ldif::search_filter const& filter, console& console) const {
        for (auto const& part : filter.parts)
            tell(part, console);
        if (filter.attribute.empty())
            return;
        auto const name = printable(filter.attribute);
        auto const kind = kind_of(filter.attribute);
        if (kind == ldif::attribute_kind::unknown)
            print_warning(console,
                          fmt::format("neither the schema nor the file has an attribute {}: what the "
                                      "filter asks of it is undefined, and so is the opposite",
                                      name));
        else if (ldif::is_undefined(filter, kind))
            print_warning(console,
                          fmt::format("Active Directory {}: the item is undefined, and so is the opposite",
                                      what_is_compared(name, kind)));
        else if (!is_seen(filter.attribute) && !is_in_every_name(filter.attribute))
            print_warning(console, fmt::format("no entry of the file has {}: was it exported?", name));
    }

private:
    static bool holds(ldif::record_view const& record, std::string_view attribute) {
        return std::any_of(record.attributes.begin(), record.attributes.end(), [&](auto const& it) {
            return ldif::same_description(ldif::attribute_name(it.description), attribute);
        });
    }

    void add(ldif::search_filter const& filter) {
        if (!filter.attribute.empty())
            seen_.emplace(filter.attribute, false);
        for (auto const& part : filter.parts)
            add(part);
    }

    static std::string what_is_compared(std::string const& name, ldif::attribute_kind kind) {
        if (kind == ldif::attribute_kind::name)
            return fmt::format("compares {} with whole names only", name);
        return kind == ldif::attribute_kind::number ? fmt::format("compares {} with numbers only", name)
                                                    : fmt::format("knows no bits or chains of {}", name);
    }

    static bool is_in_every_name(std::string_view attribute) {
        static constexpr std::array<std::string_view, 5> named{"distinguishedName", "name", "cn", "ou", "dc"};
        return ldif::same_description(attribute, "objectClass") ||
               std::any_of(named.begin(), named.end(),
                           [attribute](auto it) { return ldif::same_description(it, attribute); });
    }

    ldif::attribute_schema const& schema_;
    std::map<std::string, bool> seen_; // names of the filter: whether an entry has the attribute
};

class search_command {
public:
    search_command(search_options const& options, ldif::attribute_schema const& schema,
                   ldif::search_filter const& filter, std::string base)
        : options_(options)
        , schema_(schema)
        , filter_(filter)
        , chains_(filter)
        , asked_(schema, filter)
        , base_(std::move(base)) {}

    result<void> run(output_file& output, console& console) {
        if (chains_.are_needed() || asked_.are_unknown()) {
            auto seen = for_each(console, [this](ldif::record_view const& it) {
                chains_.see(it);
                asked_.see(it);
            });
            if (!seen)
                return seen;
            chains_.follow();
        }
        ldif::attribute_facts const facts{[this](std::string_view attribute, std::string_view value) {
                                              return key_of_value(schema_, attribute, value);
                                          },
                                          [this](std::string_view attribute) {
                                              return asked_.kind_of(attribute);
                                          }};
        return for_each(console, [&](ldif::record_view const& it) {
            ++records_;
            asked_.see(it);
            if (is_in_scope(it.dn))
                take(ldif::matches(filter_, it, facts, chains_), it, output);
        });
    }

    void sum_up(console& console) const {
        asked_.tell(filter_, console);
        if (chains_.cut_off() > 0)
            print_warning(console, fmt::format("{} a range of links only: those behind it are not followed",
                                               counted(chains_.cut_off(), "entry holds", "entries hold")));
        if (cut_off_ > 0)
            print_warning(console, fmt::format("{} a range of values only: whether the filter holds there is "
                                               "not known",
                                               counted(cut_off_, "entry holds", "entries hold")));
        console.err << fmt::format("{} of {} found.\n", with_thousands(found_),
                                   counted(records_, "entry", "entries"));
    }

private:
    void take(ldif::truth matched, ldif::record_view const& it, output_file& output) {
        if (matched == ldif::truth::yes)
            write(it, output);
        else if (matched == ldif::truth::undefined && asked_.have_open_range(it))
            ++cut_off_;
    }

    template <class Use>
    result<void> for_each(console& console, Use&& use) {
        auto input = open_ldif(options_.file, options_.input, console);
        if (!input)
            return tl::unexpected(std::move(input.error()));
        ldif_progress progress(console, size_of_file(options_.file));
        for (;;) {
            auto const next = input->next_view();
            if (!next)
                return tl::unexpected(to_failure(next.error()));
            if (*next == nullptr)
                return {};
            progress(input->position());
            use(**next);
        }
    }

    [[nodiscard]] bool is_in_scope(std::string_view dn) const {
        if (base_.empty())
            return true;
        auto const key = ldif::normalize(dn);
        if (!key)
            return false;
        if (options_.scope == "base")
            return *key == base_;
        return options_.scope == "one" ? directory::parent_key(*key) == base_
                                       : directory::is_at_or_below(*key, base_);
    }

    [[nodiscard]] bool is_asked_for(std::string_view description) const {
        return options_.attributes.empty() ||
               std::any_of(options_.attributes.begin(), options_.attributes.end(), [&](auto const& name) {
                   return name == "*" || ldif::same_description(ldif::attribute_name(description), name);
               });
    }

    void write(ldif::record_view const& it, output_file& output) {
        ++found_;
        assign(record_, it);
        std::erase_if(record_.attributes,
                      [this](auto const& each) { return !is_asked_for(each.description); });
        output.write(ldif::write(record_, {.profile = ldif::writer_profile::rfc2849,
                                           .fold_column = options_.fold,
                                           .line_end = it.text.find("\r\n") == std::string_view::npos
                                                           ? ldif::line_ends::lf
                                                           : ldif::line_ends::crlf}));
    }

    search_options const& options_;
    ldif::attribute_schema const& schema_;
    ldif::search_filter const& filter_;
    ldif::link_chains chains_;
    asked_attributes asked_;
    std::string base_; ///< a key
    ldif::record record_;
    std::size_t records_ = 0;
    std::size_t found_ = 0;
    std::size_t cut_off_ = 0; ///< entries of which too few values are known to decide
};

// "DC=contoso,DC=com" for contoso.com.
std::string dn_of_base(std::string const& given) {
    bool const is_dns_name = given.find('=') == std::string::npos && given.find('.') != std::string::npos;
    if (!is_dns_name)
        return given;
    std::string dn = "DC=";
    for (char const letter : given)
        dn += letter == '.' ? std::string(",DC=") : std::string(1, letter);
    return dn;
}

result<std::string> key_of_base(std::string const& given) {
    auto key = ldif::normalize(dn_of_base(given));
    if (key)
        return *std::move(key);
    auto why = to_failure(key.error());
    why.what = "--base-dn: " + why.what;
    return tl::unexpected(std::move(why));
}

exit_status search(search_options const& options, console& console) {
    auto filter = ldif::parse_search_filter(options.filter);
    if (!filter) {
        auto error = filter.error();
        error.line = 1;
        error.file = "--filter";
        return report(console, to_failure(error));
    }
    auto const schema = read_schema(options.schema, {}, options.input, console);
    if (!schema)
        return report(console, schema.error());
    name_attributes(*schema, *filter);
    auto base = key_of_base(options.base);
    if (!base)
        return report(console, base.error());
    auto output = output_file::open(to_path(options.out), console);
    if (!output)
        return report(console, output.error());
    search_command command(options, *schema, *filter, *std::move(base));
    if (auto const done = command.run(*output, console); !done)
        return report(console, done.error());
    if (auto const committed = output->commit(); !committed)
        return report(console, committed.error());
    command.sum_up(console);
    return options.input.or_skipped(exit_status::success);
}

} // namespace

void add_ldif_search(CLI::App& group, action& chosen) {
    auto const options = std::make_shared<search_options>();
    auto* const command =
        group.add_subcommand("search", "Find entries of an export as a search in the directory would");
    command->add_option("FILE", options->file, "LDIF export")->type_name("FILE.ldf")->required();
    command->add_option("--filter", options->filter, "RFC 4515 filter; every entry if not given")
        ->type_name("FILTER");
    command
        ->add_option("--base-dn", options->base,
                     "Where to search, contoso.com for a domain; everywhere if not given")
        ->type_name("DN");
    command
        ->add_option("--scope", options->scope,
                     "Below --base-dn: the object, its children or the subtree (sub)")
        ->transform(one_of({"base", "one", "sub"}))
        ->type_name("base|one|sub");
    command
        ->add_option("--attributes", options->attributes,
                     "Write these only, separated by commas; 1.1 for names alone")
        ->delimiter(',')
        ->type_name("NAME,…")
        ->allow_extra_args(false);
    add_output_option(*command, options->out);
    add_fold_option(*command, options->fold);
    add_schema_option(*command, options->schema);
    add_input_options(*command, options->input);
    options->input.rules[ldif::policy::empty_file] =
        ldif::policy_action::accept; // diff's without a difference
    command->footer(search_footer);
    command->callback([options, &chosen] {
        chosen = [options](console& console) {
            return search(*options, console);
        };
    });
}

} // namespace dsplan::commands
