#include <tools/dsplan/words/type_meaning.hpp>

#include <algorithm>

namespace dsplan::words {
namespace {

using directory::right_kind;

// What a class as an object type lets an ACE say of objects that are of that class: everything that is not
// asked for by another GUID.
constexpr sddl::access_mask bits_on_objects{sddl::directory_full_control.bits &
                                            ~(sddl::right_self_write | sddl::right_control_access).bits};

} // namespace

bool type_meaning::is_known() const {
    return attribute != nullptr || property_set != nullptr || extended_right != nullptr ||
           validated_write != nullptr || object_class != nullptr || gathers_attributes;
}

sddl::access_mask type_meaning::bits() const {
    sddl::access_mask made;
    if (attribute != nullptr || property_set != nullptr || gathers_attributes)
        made = made | property_bits;
    if (extended_right != nullptr || guards_confidential)
        made = made | sddl::right_control_access;
    // A set stands for the validated writes of its attributes.
    if (validated_write != nullptr || property_set != nullptr || gathers_attributes)
        made = made | sddl::right_self_write;
    return object_class != nullptr ? made | bits_on_objects : made;
}

directory::right_subject type_meaning::subject_of(sddl::access_mask bit) const {
    bool const is_set = property_set != nullptr || gathers_attributes;
    auto const* const set = property_set != nullptr ? property_set : validated_write;
    if (has_any(bit, child_bits))
        return {.kind = right_kind::child_class, .child = object_class};
    if (bit == sddl::right_self_write && validated_write != nullptr)
        return {.kind = right_kind::validated_write, .right = validated_write};
    if (bit == sddl::right_control_access && extended_right != nullptr)
        return {.kind = right_kind::extended_right, .right = extended_right};
    if (is_set && (bit & (sddl::property_rights | sddl::right_self_write)).bits != 0)
        return {.kind = right_kind::property_set, .right = set};
    if (attribute != nullptr && (bit & sddl::property_rights).bits != 0)
        return {.kind = right_kind::attribute, .attribute = attribute};
    return {.kind = right_kind::object, .child = object_class};
}

std::string_view type_meaning::kind_text() const {
    if (extended_right != nullptr)
        return "an extended right";
    if (property_set != nullptr)
        return "a property set";
    if (attribute != nullptr)
        return "an attribute";
    if (validated_write != nullptr)
        return "a validated write";
    return object_class != nullptr ? "a class" : "a property set";
}

std::string_view type_meaning::name() const {
    for (auto const* const right : {extended_right, property_set})
        if (right != nullptr)
            return right->display_name;
    if (attribute != nullptr)
        return attribute->name;
    if (validated_write != nullptr)
        return validated_write->display_name;
    return object_class != nullptr ? std::string_view(object_class->name) : std::string_view{};
}

type_meaning meaning_of(sddl::guid const& type, directory::schema const& known) {
    type_meaning made;
    made.attribute = known.find_attribute(type);
    made.object_class = known.find_class(type);
    for (auto const& right : known.rights()) {
        if (right.id != type)
            continue;
        if ((right.valid_accesses & is_property_set) != 0)
            made.property_set = &right;
        if ((right.valid_accesses & is_extended_right) != 0)
            made.extended_right = &right;
        if ((right.valid_accesses & is_validated_write) != 0)
            made.validated_write = &right;
    }
    made.guards_confidential = made.attribute != nullptr && made.attribute->is_confidential;
    for (auto const& attribute : known.attributes()) {
        if (attribute.property_set != type)
            continue;
        made.gathers_attributes = true;
        made.guards_confidential |= attribute.is_confidential;
    }
    return made;
}

} // namespace dsplan::words
