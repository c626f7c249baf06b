// How objects may be named. MS-ADTS 3.1.1.3.1.2, 3.1.1.5.1.2, 3.1.1.5.2.2, 3.1.1.5.4.1
#include <ldif/attribute_description.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace dsplan::ldif {
namespace {

constexpr char to_capital(char octet) {
    return octet >= 'a' && octet <= 'z' ? static_cast<char>(octet - 'a' + 'A') : octet;
}

// The new first part of the name; nothing for other changes and what is no name.
std::optional<relative_distinguished_name> new_part(rule_subject const& subject) {
    if (!subject.is_addition() && !subject.is_rename())
        return std::nullopt;
    auto name = parse_distinguished_name(
        subject.is_rename() ? std::string_view(subject.change.renamed->relative_distinguished_name)
                            : first_rdn_text(subject.change.dn));
    if (!name || name->rdns.empty())
        return std::nullopt;
    return std::move(name->rdns[0]);
}

// "cn" for CN, cn and 2.5.4.3.
std::string type_of(attribute_type_and_value const& part) {
    auto const key = normalized(distinguished_name{{{{part.type, {}}}}});
    return key.substr(0, key.find('='));
}

// What names objects of these classes; empty where one of them is not known.
std::string naming_attribute(class_schema const& schema, std::vector<std::string> const& classes) {
    std::string found;
    for (auto const& it : classes) {
        auto const* const known = schema.find(it);
        if (known == nullptr)
            return {};
        auto const& type = known->naming_attribute;
        if (!type.empty() && (found.empty() || found == "cn"))
            found = type;
    }
    bool const is_top_alone = classes.size() == 1 && equals_keyword(classes.front(), "top");
    return is_top_alone ? std::string() : lower_case(found);
}

void check_type(rule_subject const& subject, attribute_type_and_value const& part) {
    auto wanted = naming_attribute(subject.schema.classes(), subject.classes());
    if (wanted.empty() && subject.is_rename()) // the present name is made of it
        if (auto const old = parse_distinguished_name(first_rdn_text(subject.change.dn));
            old && !old->rdns.empty())
            wanted = type_of(old->rdns[0][0]);
    if (wanted.empty() || wanted == type_of(part))
        return;
    std::string shown = wanted;
    std::transform(shown.begin(), shown.end(), shown.begin(), to_capital);
    subject.refuse(apply_fault::naming_attribute, fmt::format("a name that begins with {}=", shown),
                   ldif::quoted(part.type + "=" + part.value),
                   "the class of the object decides which attribute names it (rDNAttID)");
}

// A value of the attribute that the name is made of, beside the name.
void check_named_value(rule_subject const& subject, attribute_type_and_value const& part) {
    if (!subject.is_addition())
        return;
    for (auto const& it : subject.written) {
        bool const is_named = same_description(it.description, type_of(part)) ||
                              same_description(it.description, "name"); // the RDN's value, too
        if (!is_named || it.values.empty())
            continue;
        bool const has_it = std::any_of(it.values.begin(), it.values.end(), [&](auto const& value) {
            return subject.schema.same_value(it.description, value, part.value);
        });
        if (!has_it)
            subject.refuse_value(it.description, {}, apply_fault::naming_attribute,
                                 fmt::format("{}: {}, as in the name", it.description, printable(part.value)),
                                 ldif::quoted(it.values.front()),
                                 "leave the attribute out: the name sets it");
    }
}

} // namespace

void check_object_class(rule_subject const& subject) {
    auto const& change = subject.change;
    bool const is_new =
        change.changetype == change_type::add || change.changetype == change_type::ntds_schema_add;
    if (is_new && subject.classes().empty() && !normalize(change.dn).value_or("x").empty())
        subject.refuse(apply_fault::lacks_class, "an objectClass", "none",
                       "an object cannot be added without its class");
}

void check_name(rule_subject const& subject) {
    if (subject.is_rename() && !subject.change.renamed->delete_old)
        subject.refuse(apply_fault::keeps_old_name, "deleteoldrdn: 1", "0",
                       "Active Directory keeps no old name as a value");
    auto const part = new_part(subject);
    if (!part)
        return;
    if (part->size() > 1)
        return subject.refuse(apply_fault::naming_attribute, "one attribute in the first part of the name",
                              ldif::quoted(to_string(*part)), "a plus sign inside a value is written \\+");
    if (part->front().value.find('\n') != std::string::npos)
        return subject.refuse(apply_fault::invalid_name, "a name without a line feed",
                              ldif::quoted(part->front().value),
                              "Active Directory gives such names to deleted objects and to conflicts alone");
    check_type(subject, part->front());
    check_named_value(subject, part->front());
}

// Two objects of one container differ in the value of their names, whatever the attribute.
void check_siblings(rule_subject const& subject) {
    auto const part = new_part(subject);
    if (!part || part->size() > 1)
        return;
    auto const& renamed = subject.change.renamed;
    auto const superior = renamed && renamed->superior && !renamed->superior->empty()
                              ? std::string_view(*renamed->superior)
                              : parent_text(subject.change.dn);
    auto const dn = to_string(*part) + (superior.empty() ? "" : ",") + std::string(superior);
    for (auto const& key : sibling_keys(dn)) {
        auto const other = subject.store->find(key);
        if (other && *other != subject.id)
            return subject.refuse(
                apply_fault::entry_exists, "a name that is free in its container",
                ldif::quoted(subject.store->head_of(*other).dn),
                "two objects of a container differ in the value of their names, whatever the "
                "attribute");
    }
}

namespace {

constexpr std::uint32_t no_delete = 0x80000000; // systemFlags, MS-ADTS 2.2.10
constexpr std::uint32_t no_rename = 0x08000000;
constexpr std::uint32_t no_move = 0x04000000;

std::uint32_t system_flags(rule_subject const& subject) {
    auto const* const found = subject.target == nullptr ? nullptr : subject.target->find("systemFlags");
    if (found == nullptr || found->values.empty())
        return 0;
    return static_cast<std::uint32_t>(std::strtoll(found->values[0].c_str(), nullptr, 10));
}

void refuse_flag(rule_subject const& subject, std::string_view what, std::string_view flag) {
    subject.refuse(apply_fault::protected_by_flags, fmt::format("an object that may be {}", what),
                   fmt::format("{} in its systemFlags", flag), "Active Directory protects it from everyone");
}

} // namespace

void check_system_flags(rule_subject const& subject) {
    auto const flags = system_flags(subject);
    auto const type = subject.change.changetype;
    if (type == change_type::delete_entry && (flags & no_delete) != 0)
        refuse_flag(subject, "deleted", "FLAG_DISALLOW_DELETE");
    if (!subject.is_rename())
        return;
    auto const& renamed = *subject.change.renamed;
    auto const old_key = tree_key(subject.change.dn);
    auto const superior = renamed.superior && !renamed.superior->empty() ? std::string_view(*renamed.superior)
                                                                         : parent_text(subject.change.dn);
    bool const moves = tree_key(superior) != parent_key(old_key);
    bool const renames = renamed.relative_distinguished_name != first_rdn_text(subject.change.dn);
    if (moves && (flags & no_move) != 0)
        refuse_flag(subject, "moved", "FLAG_DOMAIN_DISALLOW_MOVE");
    else if (renames && (flags & no_rename) != 0)
        refuse_flag(subject, "renamed", "FLAG_DOMAIN_DISALLOW_RENAME");
}

} // namespace dsplan::ldif
