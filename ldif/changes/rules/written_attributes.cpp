// Which attributes a change may write. MS-ADTS 3.1.1.5.2.2, 3.1.1.5.3.2, 3.1.1.5.3.7
#include <ldif/attribute_description.hpp>
#include <ldif/changes/apply_modification.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/printable.hpp>

#include <fmt/format.h>

#include <unordered_set>

namespace dsplan::ldif {
namespace {

// What names the object may stand there: it is as the server would write it.
bool names_object(std::string_view description) {
    return same_description(description, "name") || same_description(description, "distinguishedName") ||
           same_description(description, "instanceType");
}

void check_owner(rule_subject const& subject, modification const& written) {
    auto const rules = subject.schema.rules_of(written.description);
    bool const is_schema = subject.change.changetype == change_type::ntds_schema_add;
    if (!subject.is_active_directory || is_schema || names_object(written.description))
        return;
    if (rules.is_system_owned || rules.is_back_link || rules.is_constructed)
        subject.refuse_value(written.description, {}, apply_fault::system_owned,
                             "attributes that may be written", ldif::quoted(written.description),
                             "leave it out: Active Directory maintains it itself");
}

void check_repeated(rule_subject const& subject, modification const& written) {
    std::unordered_set<std::string> known;
    for (auto const& value : written.values)
        if (!known.insert(subject.schema.value_key(written.description, value)).second)
            subject.refuse_value(written.description, value, apply_fault::value_exists,
                                 fmt::format("every value of {} once", written.description),
                                 fmt::format("{} twice", ldif::quoted(value)));
}

} // namespace

void check_new_attributes(rule_subject const& subject) {
    if (!subject.is_addition())
        return;
    for (auto const& it : subject.written) {
        if (subject.schema.rules_of(it.description).is_single_valued && it.values.size() > 1)
            subject.refuse_value(it.description, {}, apply_fault::single_valued,
                                 fmt::format("one value of {}", it.description),
                                 fmt::format("{}", it.values.size()));
        check_owner(subject, it);
        check_repeated(subject, it);
    }
}

void check_written_attributes(rule_subject const& subject) {
    if (subject.change.changetype != change_type::modify || is_undelete(subject.change))
        return;
    apply_options options;
    options.schema = &subject.schema;
    auto const tell = [&](tl::expected<void, apply_error> const& checked) {
        if (!checked)
            subject.refuse_value(checked.error().attribute, checked.error().value, checked.error().fault,
                                 checked.error().expected, checked.error().found, checked.error().hint);
        return checked.has_value();
    };
    for (auto const& it : subject.change.modifications) {
        bool const sets =
            it.operation == modification_operation::add || it.operation == modification_operation::replace;
        if (it.operation != modification_operation::increment &&
            tell(check_writable(subject.change.dn, it, options)) && sets)
            tell(check_single(it, it.values.size(), subject.schema));
    }
}

bool is_undelete(record const& change) {
    bool revives = false;
    bool names = false;
    for (auto const& it : change.modifications) {
        revives = revives || (same_description(it.description, "isDeleted") &&
                              it.operation == modification_operation::delete_values);
        names = names || (same_description(it.description, "distinguishedName") && it.values.size() == 1 &&
                          it.operation == modification_operation::replace);
    }
    return revives && names;
}

bool is_part_of_undelete(modification const& it) {
    return same_description(it.description, "isDeleted") ||
           same_description(it.description, "distinguishedName");
}

} // namespace dsplan::ldif
