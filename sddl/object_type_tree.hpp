#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/guid.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace dsplan::sddl {

/// What may be asked about an object of one class, by the GUIDs that object ACEs name. [MS-ADTS] 5.1.3.3.3
///
/// Node 0 is the class; below it its property sets and below those their attributes; attributes of no set are
/// right below the class. Extended rights, validated writes and child classes stand beside the class: an ACE
/// reaches them by their own GUID or without one.
///
///     object_type_tree tree(user);
///     auto const set = tree.add(personal_information, property_rights);
///     auto const phone = tree.add(telephone_number, property_rights, set);
///     auto const reset = tree.add_beside(reset_password, right_control_access);
class object_type_tree {
public:
    using node = std::uint32_t;
    static constexpr node object = 0;
    static constexpr node none = UINT32_MAX;

    struct entry {
        guid type;
        access_mask concerns; ///< the rights that mean something here
        node parent = none;
        node end = 0; ///< after the last node below this one
    };

    explicit object_type_tree(guid const& class_type);

    /// Adds a node below `parent`, which must be the last node or an ancestor of it.
    node add(guid const& type, access_mask concerns, node parent = object);

    /// Adds a node beside the class; `add` below the class is over then.
    node add_beside(guid const& type, access_mask concerns);

    [[nodiscard]] std::span<entry const> entries() const { return entries_; }
    [[nodiscard]] entry const& operator[](node index) const { return entries_[index]; }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    /// The nodes of that type: one GUID may be an attribute and a validated write at once.
    [[nodiscard]] std::span<std::pair<guid, node> const> find(guid const& type) const;

private:
    void insert(entry made);

    std::vector<entry> entries_;
    std::vector<std::pair<guid, node>> by_type_; // sorted
};

/// What attributes and property sets are asked for; control access guards the confidential ones.
inline constexpr access_mask property_rights =
    right_read_property | right_write_property | right_control_access;

} // namespace dsplan::sddl
