#include <tools/dsplan/words/judge/object_type_meaning.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::words {
namespace {

constexpr auto property_rights = sddl::right_read_property | sddl::right_write_property;
constexpr std::uint32_t validated_write = 0x8;
constexpr std::uint32_t extended_right = 0x100;

void append(std::string& words, std::string_view more) {
    words += fmt::format("{}{}", words.empty() ? "" : ", ", more);
}

void add_right(object_type_meaning& meaning, directory::control_access_right const& right) {
    if ((right.valid_accesses & property_rights.bits) != 0) {
        meaning.rights = meaning.rights | property_rights;
        append(meaning.words, fmt::format("{} is a property set (RP, WP)", right.display_name));
    }
    if ((right.valid_accesses & validated_write) != 0) {
        meaning.rights = meaning.rights | sddl::right_self_write;
        append(meaning.words, fmt::format("{} is a validated write (SW)", right.display_name));
    }
    if ((right.valid_accesses & extended_right) != 0) {
        meaning.rights = meaning.rights | sddl::right_control_access;
        append(meaning.words, fmt::format("{} is an extended right (CR)", right.display_name));
    }
}

bool is_validated_write_of(directory::control_access_right const& right,
                           directory::schema_attribute const& attribute) {
    return right.id == attribute.id && (right.valid_accesses & validated_write) != 0;
}

// A validated write counts through the set of its attribute, too: Membership for Self-Membership.
bool has_validated_write(directory::schema const& known, directory::schema_attribute const& attribute) {
    auto const rights = known.rights();
    return std::any_of(rights.begin(), rights.end(),
                       [&](auto const& each) { return is_validated_write_of(each, attribute); });
}

void add_attribute(object_type_meaning& meaning, directory::schema const& known,
                   directory::schema_attribute const& attribute) {
    meaning.attributes.push_back(&attribute);
    meaning.rights = meaning.rights | property_rights;
    // Reading a confidential attribute takes a control access right that names it or its set.
    if (attribute.is_confidential)
        meaning.rights = meaning.rights | sddl::right_control_access;
    if (has_validated_write(known, attribute))
        meaning.rights = meaning.rights | sddl::right_self_write;
}

} // namespace

std::optional<object_type_meaning> meaning_of(directory::schema const& known, sddl::guid const& object_type) {
    object_type_meaning made;
    for (auto const& right : known.rights())
        if (right.id == object_type)
            add_right(made, right);
    for (auto const& attribute : known.attributes())
        if (attribute.id == object_type || attribute.property_set == object_type)
            add_attribute(made, known, attribute);
    if (made.words.empty() && !made.attributes.empty())
        made.words = made.attributes.front()->id == object_type
                         ? fmt::format("{} is an attribute (RP, WP)", made.attributes.front()->name)
                         : "it is a property set (RP, WP)";
    made.of_class = known.find_class(object_type);
    if (made.of_class != nullptr)
        made.rights = sddl::directory_full_control; // on objects of the class each of them counts
    return made.rights.bits == 0 ? std::nullopt : std::optional(std::move(made));
}

sddl::access_mask effective_rights(directory::schema const& known, sddl::ace const& value) {
    auto const mask = sddl::map_generic(value.mask);
    auto const meaning = value.object_type ? meaning_of(known, *value.object_type) : std::nullopt;
    return meaning ? mask & meaning->rights : mask;
}

std::optional<std::string> why_nothing(directory::schema const& known, sddl::ace const& value) {
    auto const meaning = value.object_type ? meaning_of(known, *value.object_type) : std::nullopt;
    if (!meaning || value.mask.bits == 0 || (sddl::map_generic(value.mask) & meaning->rights).bits != 0)
        return std::nullopt;
    return meaning->words;
}

} // namespace dsplan::words
