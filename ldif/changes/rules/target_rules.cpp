// Whether the objects exist that values name. MS-ADTS 3.1.1.5.1, MS-SAMR 3.1.1.8.9
#include <ldif/attribute_description.hpp>
#include <ldif/changes/primary_group.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/printable.hpp>

#include <fmt/format.h>

#include <set>
#include <string>

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
            fmt::format("{}, which the export does not hold", ldif::quoted(name_part(value))),
            "the export holds its container: is the name misspelled? For a filtered export, --partial");
}

// An account whose primary group it is, is a member of it already.
void check_primary_member(rule_subject const& subject, std::string const& value) {
    auto const account = subject.store->find(tree_key(name_part(value)));
    if (!account)
        return;
    auto known = subject.store->load_contents(*account, std::set<std::string>{"primarygroupid", "objectsid"});
    known.dn = name_part(value);
    auto const* const rid = known.find("primaryGroupID");
    if (rid != nullptr && !rid->values.empty() &&
        find_primary_group(*subject.store, known, rid->values[0]) == subject.id)
        subject.refuse_value("member", value, apply_fault::value_exists,
                             "an account that is no member of the group yet",
                             fmt::format("{}, whose primary group it is", ldif::quoted(value)),
                             "leave the value out: the account is in the group without it");
}

} // namespace

void check_primary_members(rule_subject const& subject) {
    if (subject.id == 0)
        return;
    for (auto const& it : subject.written)
        if (same_description(it.description, "member") &&
            (it.operation == modification_operation::add || it.operation == modification_operation::replace))
            for (auto const& value : it.values)
                check_primary_member(subject, value);
}

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
