// Which class an object may be made of, keep, and lie below. MS-ADTS 3.1.1.5.2.2, 3.1.1.5.3.5, 3.1.1.5.4.1
#include <ldif/attribute_description.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::ldif {
namespace {

void take_away(std::vector<std::string>& classes, std::string const& name) {
    std::erase_if(classes, [&name](auto const& it) { return lower_case(it) == lower_case(name); });
}

// The classes after all modifications; true where one of these is about them.
bool classes_afterwards(rule_subject const& subject, std::vector<std::string>& classes) {
    bool changes = false;
    for (auto const& it : subject.written) {
        if (!same_description(it.description, "objectClass"))
            continue;
        changes = true;
        bool const removes = it.operation == modification_operation::delete_values;
        if (it.operation == modification_operation::replace || (removes && it.values.empty()))
            classes.clear();
        for (auto const& value : it.values) {
            take_away(classes, value);
            if (!removes)
                classes.push_back(value);
        }
    }
    return changes;
}

bool is_person(std::string_view class_name) {
    return equals_keyword(class_name, "user") || equals_keyword(class_name, "inetorgperson");
}

void check_kept_class(rule_subject const& subject) {
    auto const before = subject.classes();
    auto after = before;
    if (before.empty() || !classes_afterwards(subject, after))
        return;
    auto const& schema = subject.schema.classes();
    auto const old_class = schema.object_class_of(before);
    auto const new_class = schema.object_class_of(after);
    bool const is_same = old_class == new_class || old_class->empty();
    if (!old_class || !new_class || is_same || (is_person(*old_class) && is_person(*new_class)))
        return;
    subject.refuse_value(
        "objectClass", {}, apply_fault::class_changed,
        fmt::format("an object that stays of class {}", printable(*old_class)),
        new_class->empty() ? "one without a class of its own" : ldif::quoted(*new_class),
        "auxiliary classes can come and go, and user and inetOrgPerson change into each other");
}

std::string new_superior(rule_subject const& subject) {
    auto const& renamed = subject.change.renamed;
    return tree_key(renamed && renamed->superior && !renamed->superior->empty()
                        ? std::string_view(*renamed->superior)
                        : parent_text(subject.change.dn));
}

// A class that objects are made of: not an abstract or auxiliary one alone.
void check_new_class(rule_subject const& subject) {
    auto const classes = subject.classes();
    auto const found = subject.schema.classes().object_class_of(classes);
    if (!classes.empty() && found && found->empty())
        subject.refuse_value("objectClass", {}, apply_fault::lacks_class,
                             "one class that objects are made of",
                             fmt::format("{}", fmt::join(classes, ", ")),
                             "one structural class, and those that it is derived from");
}

void check_known(rule_subject const& subject) {
    auto const& schema = subject.schema.classes();
    for (auto const& it : subject.written) {
        if (!same_description(it.description, "objectClass") ||
            it.operation == modification_operation::delete_values)
            continue;
        for (auto const& value : it.values) {
            if (schema.find(value) != nullptr || is_identifier(value) ||
                (subject.store != nullptr && subject.store->is_attribute_added(value)))
                continue;
            if (schema.size() != 0)
                subject.refuse_value("objectClass", value, apply_fault::lacks_class, "a class of the schema",
                                     ldif::quoted(value), "the exported schema does not have it");
            else
                subject.doubt(apply_fault::lacks_class, "a class of the schema", ldif::quoted(value),
                              "the built-in schema does not have it: --schema with an export of the "
                              "forest's own schema decides");
        }
    }
}

} // namespace

void check_classes(rule_subject const& subject) {
    check_known(subject);
    if (subject.change.changetype == change_type::modify)
        check_kept_class(subject);
    else if (subject.is_addition() && subject.change.changetype)
        check_new_class(subject);
}

void check_superior(rule_subject const& subject) {
    if (!subject.is_rename() && (!subject.is_addition() || !subject.change.changetype))
        return;
    auto const key = new_superior(subject);
    if (subject.is_rename() && key == parent_key(tree_key(subject.change.dn)))
        return;
    auto const container = subject.store->find(key);
    auto const classes = subject.classes();
    auto const& schema = subject.schema.classes();
    auto const own = schema.object_class_of(classes);
    if (!container || !own || own->empty())
        return;
    auto const of_container = subject.store->load_contents(*container, std::set<std::string>{"objectclass"});
    auto const* const found = of_container.find("objectClass");
    if (found == nullptr || schema.object_class_of(found->values).value_or("").empty() ||
        schema.may_lie_below(found->values, *own).value_or(true))
        return;
    auto const expected = fmt::format("a container that may hold objects of class {}", printable(*own));
    auto const shown = fmt::format("{}, of class {}", ldif::quoted(subject.store->head_of(*container).dn),
                                   printable(*schema.object_class_of(found->values)));
    if (schema.size() != 0)
        subject.refuse(apply_fault::illegal_superior, expected, shown,
                       "the exported schema names what may hold it (possSuperiors)");
    else
        subject.doubt(
            apply_fault::illegal_superior, expected, shown,
            "so the built-in schema has it: --schema with an export of the forest's own schema decides");
}

} // namespace dsplan::ldif
