#include <tools/dsplan/ascii_case.hpp>
#include <tools/dsplan/directory/schema_names.hpp>
#include <tools/dsplan/directory/schema_table.hpp>

#include <algorithm>

namespace dsplan::directory {
namespace {

sddl::guid guid_of(std::string_view text) {
    return sddl::parse_guid(text).value();
}

template <class T>
T const* find_id(std::vector<T> const& rows, sddl::guid const& id) {
    auto const found = std::lower_bound(
        rows.begin(), rows.end(), id, [](T const& row, sddl::guid const& wanted) { return row.id < wanted; });
    return found != rows.end() && found->id == id ? &*found : nullptr;
}

template <class T>
T const* find_name(std::vector<T> const& rows, std::string_view name) {
    auto const found = std::find_if(rows.begin(), rows.end(),
                                    [name](T const& row) { return equal_ignoring_case(row.name, name); });
    return found == rows.end() ? nullptr : &*found;
}

template <class T>
void sort_by_id(std::vector<T>& rows) {
    std::sort(rows.begin(), rows.end(), [](T const& a, T const& b) { return a.id < b.id; });
}

schema_kind kind_of(control_access_right const& right) {
    if (right.valid_accesses.contains(sddl::right_self_write))
        return schema_kind::validated_write;
    return right.valid_accesses.contains(sddl::right_control_access) ? schema_kind::extended_right
                                                                     : schema_kind::property_set;
}

constexpr sddl::access_mask child_rights = sddl::right_create_child | sddl::right_delete_child;

} // namespace

schema_names const& schema_names::built_in() {
    static schema_names const names = [] {
        schema_names made;
        for (auto const& row : attribute_rows())
            made.attributes_.push_back(
                {guid_of(row.id), std::string(row.name),
                 row.property_set.empty() ? std::nullopt : std::optional(guid_of(row.property_set)),
                 row.is_confidential});
        for (auto const& row : class_rows())
            made.classes_.push_back({guid_of(row.id), std::string(row.name), std::string(row.superior)});
        for (auto const& row : right_rows())
            made.rights_.push_back({guid_of(row.id), std::string(row.display_name), std::string(row.name),
                                    sddl::access_mask{row.valid_accesses}});
        sort_by_id(made.attributes_);
        sort_by_id(made.classes_);
        sort_by_id(made.rights_);
        return made;
    }();
    return names;
}

schema_attribute const* schema_names::find_attribute(sddl::guid const& id) const {
    return find_id(attributes_, id);
}

schema_class const* schema_names::find_class(sddl::guid const& id) const {
    return find_id(classes_, id);
}

control_access_right const* schema_names::find_right(sddl::guid const& id) const {
    return find_id(rights_, id);
}

schema_attribute const* schema_names::find_attribute(std::string_view name) const {
    return find_name(attributes_, name);
}

schema_class const* schema_names::find_class(std::string_view name) const {
    return find_name(classes_, name);
}

control_access_right const* schema_names::find_right(std::string_view name) const {
    auto const shown = std::find_if(rights_.begin(), rights_.end(), [name](control_access_right const& row) {
        return equal_ignoring_case(row.display_name, name);
    });
    return shown != rights_.end() ? &*shown : find_name(rights_, name);
}

std::optional<schema_name> schema_names::object_type_name(sddl::guid const& id,
                                                          sddl::access_mask rights) const {
    auto const* const right = find_right(id);
    auto const* const attribute = find_attribute(id);
    auto const* const object_class = find_class(id);
    bool const is_about_children = (rights & child_rights).bits != 0;
    if (object_class && (is_about_children || (!right && !attribute)))
        return schema_name{schema_kind::object_class, object_class->name};
    // The right's own bits say whether it is meant; an attribute of the same GUID is meant otherwise.
    if (right && ((rights & right->valid_accesses).bits != 0 || !attribute))
        return schema_name{kind_of(*right), right->display_name};
    if (attribute)
        return schema_name{schema_kind::attribute, attribute->name};
    return std::nullopt;
}

std::optional<std::string_view> schema_names::class_name(sddl::guid const& id) const {
    auto const* const found = find_class(id);
    return found ? std::optional<std::string_view>(found->name) : std::nullopt;
}

std::optional<sddl::guid> schema_names::property_set_of(sddl::guid const& attribute) const {
    auto const* const found = find_attribute(attribute);
    return found ? found->property_set : std::nullopt;
}

} // namespace dsplan::directory
