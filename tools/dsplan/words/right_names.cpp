#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/words/right_names.hpp>
#include <tools/dsplan/words/right_tokens.hpp>
#include <tools/dsplan/words/right_words.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace dsplan::words {
namespace {

std::string suggestions(std::vector<std::string> const& names) {
    std::string made;
    for (auto const& name : names)
        made += fmt::format("  did you mean \"{}\"?\n", printable(name));
    return made;
}

constexpr std::string_view where_names_are =
    "  names are those of the schema; a forest with its own ones needs --schema\n";

constexpr std::string_view how_to_export_a_schema =
    "  export your schema, and name the file with --schema:\n"
    "    ldifde -f schema.ldf -h -d \"CN=Schema,CN=Configuration,<DN of the forest root domain>\" -r "
    "\"(|(objectClass=attributeSchema)(objectClass=classSchema))\" -l "
    "objectClass,cn,lDAPDisplayName,schemaIDGUID,attributeSecurityGUID,searchFlags,systemFlags,systemOnly,"
    "linkID,subClassOf,objectClassCategory,mayContain,mustContain,systemMayContain,systemMustContain,"
    "auxiliaryClass,systemAuxiliaryClass,possSuperiors,systemPossSuperiors,defaultSecurityDescriptor\n";

// The attributes of LAPS, old and new: each forest made their GUIDs by itself.
bool has_another_guid_in_every_forest(std::string_view name) {
    constexpr std::array<std::string_view, 2> begins{"ms-Mcs-AdmPwd", "msLAPS-"};
    return std::any_of(begins.begin(), begins.end(), [name](std::string_view begin) {
        return equal_ignoring_case(name.substr(0, begin.size()), begin);
    });
}

failure unknown(std::string_view kind, std::string_view name, std::vector<std::string> const& nearest) {
    if (has_another_guid_in_every_forest(name))
        return {
            fmt::format("the schema that dsplan knows has no {}, and its GUID differs from forest to forest",
                        printable(name)),
            std::string(how_to_export_a_schema)};
    bool const is_ascii = std::all_of(name.begin(), name.end(),
                                      [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
    return {fmt::format("expected the name of {}, found '{}'", kind, printable(name)),
            suggestions(nearest) +
                (is_ascii ? std::string(where_names_are)
                          : std::string("  rights are named in English here; dsplan rights lists them\n"))};
}

// What to ask for instead, of a name that is of another kind.
std::string advice_on(type_meaning const& meaning) {
    auto const name = printable(meaning.name());
    if (meaning.extended_right != nullptr)
        return fmt::format("  an extended right is held or not: ask for \"{}\"\n", name);
    if (meaning.property_set != nullptr || meaning.attribute != nullptr)
        return fmt::format("  ask for \"read {}\" or \"write {}\"\n", name, name);
    if (meaning.validated_write != nullptr)
        return fmt::format("  ask for \"{}\"\n", name);
    return fmt::format("  ask for \"create {}\" or \"delete {}\"\n", name, name);
}

failure of_other_kind(std::string_view expected, std::string_view name, type_meaning const& meaning) {
    return {
        fmt::format("expected {}, found '{}', which is {}", expected, printable(name), meaning.kind_text()),
        advice_on(meaning)};
}

std::vector<std::string> nearest_rights(std::string_view name, directory::schema const& known) {
    nearest_names near(name);
    for (auto const& row : mask_phrases)
        near.consider(row.phrase);
    for (auto const& row : right_words)
        near.consider(row.phrase);
    for (auto const& row : foreign_names)
        near.consider(row.name);
    for (auto const& right : known.rights()) {
        auto const is_set = (right.valid_accesses & is_property_set) != 0;
        near.consider(right.display_name, is_set ? "write " + right.display_name : right.display_name);
        near.consider(right.name, is_set ? "write " + right.display_name : right.display_name);
    }
    return near.take();
}

std::string_view expected_for(sddl::access_mask bit) {
    if (has_any(bit, child_bits))
        return "a class";
    if (bit == sddl::right_control_access)
        return "an extended right";
    return bit == sddl::right_self_write ? "a validated write" : "an attribute or a property set";
}

type_meaning only(directory::control_access_right const& right) {
    type_meaning made;
    if ((right.valid_accesses & is_extended_right) != 0)
        made.extended_right = &right;
    else if ((right.valid_accesses & is_property_set) != 0)
        made.property_set = &right;
    else
        made.validated_write = &right;
    return made;
}

std::vector<std::string> nearest_types(sddl::access_mask bit, std::string_view name,
                                       directory::schema const& known) {
    nearest_names near(name);
    auto const* const row = find_words(bit);
    auto const consider = [&](std::string_view type) {
        near.consider(type, fmt::format("{} {}", row->verb, type));
    };
    if (has_any(bit, child_bits))
        for (auto const& of : known.classes())
            consider(of.name);
    bool const is_property = has_any(bit, property_bits);
    if (is_property)
        for (auto const& attribute : known.attributes())
            consider(attribute.name);
    for (auto const& right : known.rights()) {
        if (is_property && (right.valid_accesses & is_property_set) != 0)
            consider(right.display_name);
        else if (!is_property && (right.valid_accesses & bit.bits) != 0)
            near.consider(right.display_name);
    }
    return near.take();
}

// The name is of another kind, or nothing's.
tl::unexpected<failure> no_such_type(sddl::access_mask bit, std::string_view name,
                                     directory::schema const& known) {
    auto const expected = expected_for(bit);
    if (auto const* const right = known.find_right(name))
        return tl::unexpected(of_other_kind(expected, name, only(*right)));
    if (auto const* const attribute = known.find_attribute(name))
        return tl::unexpected(of_other_kind(expected, name, {.attribute = attribute}));
    if (auto const* const of = known.find_class(name))
        return tl::unexpected(of_other_kind(expected, name, {.object_class = of}));
    return tl::unexpected(unknown(expected, name, nearest_types(bit, name, known)));
}

// The object type that a bit makes of a name.
class name_finder {
public:
    name_finder(sddl::access_mask bit, directory::schema const& known) : bit_(bit), known_(known) {}

    [[nodiscard]] result<sddl::guid> find(std::string_view name) const {
        if (auto const id = parse_type(name)) {
            auto const meaning = meaning_of(*id, known_);
            if (meaning.is_known() && !meaning.bits().contains(bit_))
                return tl::unexpected(of_other_kind(expected_for(bit_), name, meaning));
            return *id;
        }
        if (has_any(bit_, child_bits))
            return child(name);
        if (bit_ == sddl::right_control_access)
            return control_access(name);
        return bit_ == sddl::right_self_write ? validated_write(name) : property(name);
    }

private:
    [[nodiscard]] result<sddl::guid> property(std::string_view name) const {
        if (auto const* const attribute = known_.find_attribute(name))
            return attribute->id;
        auto const* const right = known_.find_right(name);
        if (right != nullptr && meaning_of(right->id, known_).bits().contains(bit_) && is_property(*right))
            return right->id;
        return no_such_type(bit_, name, known_);
    }

    // A validated write of that name need not mean the attributes that its GUID gathers, unless no set of a
    // name of its own does.
    [[nodiscard]] bool is_property(directory::control_access_right const& right) const {
        auto const meaning = meaning_of(right.id, known_);
        return (right.valid_accesses & is_property_set) != 0 ||
               (meaning.gathers_attributes && meaning.property_set == nullptr);
    }

    [[nodiscard]] result<sddl::guid> validated_write(std::string_view name) const {
        auto const* right = known_.find_right(name);
        if (right == nullptr) // "validated write to service principal name" may have lost its first words
            right = known_.find_right(fmt::format("validated write to {}", name));
        if (right != nullptr && meaning_of(right->id, known_).bits().contains(sddl::right_self_write))
            return right->id;
        auto const* const attribute = known_.find_attribute(name);
        if (attribute != nullptr && meaning_of(attribute->id, known_).validated_write != nullptr)
            return attribute->id;
        return no_such_type(bit_, name, known_);
    }

    [[nodiscard]] result<sddl::guid> control_access(std::string_view name) const {
        auto const* const right = known_.find_right(name);
        if (right != nullptr && meaning_of(right->id, known_).bits().contains(sddl::right_control_access))
            return right->id;
        auto const* const attribute = known_.find_attribute(name);
        if (attribute != nullptr && attribute->is_confidential)
            return attribute->id;
        return no_such_type(bit_, name, known_);
    }

    [[nodiscard]] result<sddl::guid> child(std::string_view name) const {
        take_end(name, " objects");
        if (auto const* const found = known_.find_class(name))
            return found->id;
        return no_such_type(bit_, name, known_);
    }

    sddl::access_mask bit_;
    directory::schema const& known_;
};

} // namespace

std::optional<sddl::guid> parse_type(std::string_view text) {
    if (text.starts_with('{') && text.ends_with('}'))
        text = text.substr(1, text.size() - 2);
    auto const id = sddl::parse_guid(text);
    return id ? std::optional(*id) : std::nullopt;
}

result<sddl::guid> find_type(sddl::access_mask bit, std::string_view name, directory::schema const& known) {
    return name_finder(bit, known).find(name);
}

failure no_right(std::string_view name, directory::schema const& known) {
    if (auto const* const attribute = known.find_attribute(name))
        return of_other_kind("a right", name, {.attribute = attribute});
    if (auto const* const of = known.find_class(name))
        return of_other_kind("a right", name, {.object_class = of});
    return unknown("a right", name, nearest_rights(name, known));
}

} // namespace dsplan::words
