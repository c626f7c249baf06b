#pragma once
#include <sddl/object_type_tree.hpp>
#include <tools/dsplan/directory/schema.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace dsplan::directory {

enum class right_kind : std::uint8_t {
    object, ///< rights on the object itself: its descriptor, deleting it, …
    property_set,
    attribute,
    extended_right,
    validated_write,
    child_class, ///< creating and deleting children of that class
};

/// What a node of the tree stands for; one of the pointers is set, none for a property set without a name.
struct right_subject {
    right_kind kind = right_kind::object;
    schema_attribute const* attribute = nullptr;
    control_access_right const* right = nullptr;
    schema_class const* child = nullptr;

    /// "telephoneNumber", "Personal-Information", "contact"; empty for the object itself.
    [[nodiscard]] std::string name() const;

    friend bool operator==(right_subject const&, right_subject const&) = default;
};

/// Everything that can be granted on objects of a class: the tree that an access check walks, and what its
/// nodes mean.
struct class_rights {
    sddl::object_type_tree tree;
    std::vector<right_subject> subjects; ///< one a node, in the order of the tree
};

/// Attributes of the classes in their property sets, the extended rights and validated writes that apply to
/// them, the classes of children. `classes.structural` must be set.
[[nodiscard]] class_rights make_class_rights(schema const& known, object_classes const& classes);

/// Makes each `class_rights` once.
class class_rights_cache {
public:
    explicit class_rights_cache(schema const& known) : schema_(known) {}

    [[nodiscard]] class_rights const& find(object_classes const& classes);
    [[nodiscard]] schema const& known() const { return schema_; }

private:
    schema const& schema_;
    std::map<std::vector<schema_class const*>, class_rights> made_;
};

} // namespace dsplan::directory
