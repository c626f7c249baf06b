// Additions to the schema. MS-ADTS 3.1.1.2.5, 3.1.1.2.2.2
#include <ldif/attribute_description.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/changes/storage/unique_values.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace dsplan::ldif {
namespace {

constexpr std::array<std::string_view, 3> unique_names{"attributeID", "governsID", "lDAPDisplayName"};
constexpr std::array<std::string_view, 4> attribute_lists{"mayContain", "mustContain", "systemMayContain",
                                                          "systemMustContain"};

// oMSyntax of each attributeSyntax.
constexpr std::array<std::pair<std::string_view, std::string_view>, 21> syntax_pairs{{
    {"2.5.5.1", "127"}, {"2.5.5.10", "4"},   {"2.5.5.10", "127"}, {"2.5.5.11", "23"}, {"2.5.5.11", "24"},
    {"2.5.5.12", "64"}, {"2.5.5.13", "127"}, {"2.5.5.14", "127"}, {"2.5.5.15", "66"}, {"2.5.5.16", "65"},
    {"2.5.5.17", "4"},  {"2.5.5.2", "6"},    {"2.5.5.3", "27"},   {"2.5.5.4", "20"},  {"2.5.5.5", "19"},
    {"2.5.5.5", "22"},  {"2.5.5.6", "18"},   {"2.5.5.7", "127"},  {"2.5.5.8", "1"},   {"2.5.5.9", "2"},
    {"2.5.5.9", "10"},
}};

void check_syntax(rule_subject const& subject) {
    auto const* const syntax = written_value(subject.written, "attributeSyntax");
    auto const* const om = written_value(subject.written, "oMSyntax");
    if (syntax == nullptr || om == nullptr || syntax_of_identifier(*syntax) == value_syntax::unknown)
        return;
    bool const fits = std::any_of(syntax_pairs.begin(), syntax_pairs.end(),
                                  [&](auto const& it) { return it.first == *syntax && it.second == *om; });
    if (!fits)
        subject.refuse_value("oMSyntax", *om, apply_fault::value_syntax,
                             fmt::format("an oMSyntax of attributeSyntax {}", printable(*syntax)),
                             ldif::quoted(*om));
}

void check_unique(rule_subject const& subject, std::string_view description) {
    auto const* const value = written_value(subject.written, description);
    auto const other = value == nullptr ? std::nullopt
                                        : subject.store->unique().other_holder(
                                              description, *value, subject.id, [](auto) { return true; });
    if (other)
        subject.refuse_value(description, *value, apply_fault::value_taken,
                             fmt::format("a {} that no other object has", description),
                             fmt::format("{}, which {} has", ldif::quoted(*value),
                                         ldif::quoted(subject.store->head_of(*other).dn)),
                             "identifiers and names stand once in a schema");
}

void check_lists(rule_subject const& subject) {
    for (auto const& it : subject.written) {
        bool const is_list = std::any_of(attribute_lists.begin(), attribute_lists.end(),
                                         [&it](auto name) { return same_description(it.description, name); });
        if (!is_list || it.operation == modification_operation::delete_values)
            continue;
        for (auto const& value : it.values)
            if (!subject.schema.rules_of(value).is_known && !subject.store->is_attribute_added(value))
                subject.doubt(apply_fault::unknown_attribute, "an attribute of the schema",
                              ldif::quoted(value),
                              fmt::format("{} names it: add it before the class", it.description));
    }
}

bool is_of_schema(std::vector<std::string> const& classes) {
    return std::any_of(classes.begin(), classes.end(), [](auto const& it) {
        return equals_keyword(it, "attributeschema") || equals_keyword(it, "classschema");
    });
}

} // namespace

void check_schema_objects(rule_subject const& subject) {
    if (!is_of_schema(subject.classes()))
        return;
    for (auto const name : unique_names)
        check_unique(subject, name);
    check_syntax(subject);
    check_lists(subject);
}

} // namespace dsplan::ldif
