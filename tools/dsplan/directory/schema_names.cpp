#include <tools/dsplan/directory/schema_names.hpp>

#include <algorithm>

namespace dsplan::directory {
namespace {

control_access_right const* find_right(schema const& known, sddl::guid const& id) {
    auto const rights = known.rights();
    auto const found = std::find_if(rights.begin(), rights.end(),
                                    [&id](control_access_right const& row) { return row.id == id; });
    return found == rights.end() ? nullptr : &*found;
}

schema_kind kind_of(sddl::access_mask valid_accesses) {
    if (valid_accesses.contains(sddl::right_self_write))
        return schema_kind::validated_write;
    return valid_accesses.contains(sddl::right_control_access) ? schema_kind::extended_right
                                                               : schema_kind::property_set;
}

constexpr sddl::access_mask child_rights = sddl::right_create_child | sddl::right_delete_child;

} // namespace

std::optional<schema_name> object_type_name(schema const& known, sddl::guid const& id,
                                            sddl::access_mask rights) {
    auto const* const right = find_right(known, id);
    auto const* const attribute = known.find_attribute(id);
    auto const* const object_class = known.find_class(id);
    bool const is_about_children = (rights & child_rights).bits != 0;
    if (object_class && (is_about_children || (!right && !attribute)))
        return schema_name{schema_kind::object_class, object_class->name};
    // A right's own bits say whether it is meant; an attribute of the same GUID is meant otherwise.
    if (right && ((rights.bits & right->valid_accesses) != 0 || !attribute))
        return schema_name{kind_of({right->valid_accesses}), right->display_name};
    if (attribute)
        return schema_name{schema_kind::attribute, attribute->name};
    return std::nullopt;
}

std::optional<sddl::guid> property_set_of(schema const& known, sddl::guid const& attribute) {
    auto const* const found = known.find_attribute(attribute);
    return found ? found->property_set : std::nullopt;
}

} // namespace dsplan::directory
