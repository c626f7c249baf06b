// Whether the objects exist that values name. MS-ADTS 3.1.1.5.1, MS-SAMR 3.1.1.8.9
#include <ldif/changes/references.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/printable.hpp>

#include <fmt/format.h>

namespace dsplan::ldif {
namespace {

// Exports that ask for accounts leave out what stands there.
bool is_for_foreign_principals(std::string_view container_key) {
    return container_key.ends_with("\x01"
                                   "cn=foreignsecurityprincipals\x01");
}

void check_target(rule_subject const& subject, modification const& written, std::string const& value) {
    auto const key = tree_key(name_part(value));
    auto const container = parent_key(key);
    if (container.empty() || key == tree_key(subject.change.dn) || subject.store->find(key) ||
        is_for_foreign_principals(container) ||
        (subject.id != 0 && subject.store->find_link(subject.id, written.description, value)))
        return;
    if (subject.store->find(container) && subject.store->has_contents(container))
        subject.refuse_value(
            written.description, value, apply_fault::missing_target,
            fmt::format("an object that {} can name", written.description),
            fmt::format("{}, which the export does not hold", quoted(name_part(value))),
            "the export holds its container: is the name misspelled? For a filtered export, --partial");
}

} // namespace

void check_targets(rule_subject const& subject) {
    if (!subject.knows_containers)
        return;
    for (auto const& it : subject.written) {
        auto const rules = subject.schema.rules_of(it.description);
        if (!rules.is_name_valued || rules.is_back_link ||
            it.operation == modification_operation::delete_values)
            continue;
        for (auto const& value : it.values)
            check_target(subject, it, value);
    }
}

} // namespace dsplan::ldif
