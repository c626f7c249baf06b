#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/guid.hpp>
#include <sddl/inherit.hpp>
#include <sddl/object_type_tree.hpp>
#include <tools/dsplan/directory/read_records.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::directory {

/// An attributeSchema object. [MS-ADTS] 3.1.1.2.3
struct schema_attribute {
    std::string name;                       ///< lDAPDisplayName
    sddl::guid id;                          ///< schemaIDGUID
    std::optional<sddl::guid> property_set; ///< attributeSecurityGUID
    bool is_constructed = false;            ///< computed when it is read; never stored
    bool is_system_only = false;            ///< only the directory service itself writes it
    bool is_back_link = false;              ///< the other end of a link, which is where it is written
    bool is_confidential = false;           ///< reading it takes a control access right too
    bool is_secret = false;                 ///< no client reads it; [MS-ADTS] 3.1.1.4.4
    std::string_view read_with{};           ///< where rights on properties do not read it: those that do
    std::string_view written_with{};        ///< likewise: "Reset Password"

    /// False for what no right on properties reads or writes, whatever an ACE says.
    [[nodiscard]] bool can_be_read() const { return !is_secret && read_with.empty(); }
    [[nodiscard]] bool can_be_written() const {
        return !is_constructed && !is_system_only && !is_back_link && written_with.empty();
    }

    /// Of reading and writing what can be done at all.
    [[nodiscard]] sddl::access_mask possible_rights() const {
        return (can_be_read() ? sddl::right_read_property : sddl::access_mask{}) |
               (can_be_written() ? sddl::right_write_property : sddl::access_mask{});
    }
};

enum class class_category : std::uint8_t { type_88 = 0, structural = 1, abstract = 2, auxiliary = 3 };

/// A classSchema object. [MS-ADTS] 3.1.1.2.4
struct schema_class {
    std::string name; ///< lDAPDisplayName
    sddl::guid id;    ///< schemaIDGUID
    class_category category = class_category::structural;
    bool is_system_only = false;              ///< only the directory service itself makes such objects
    schema_class const* superclass = nullptr; ///< null for top
    std::vector<schema_class const*> auxiliaries;
    std::vector<schema_attribute const*> attributes; ///< named by the class itself, not by those above
    std::vector<schema_class const*> superiors;      ///< possible ones, likewise
    std::string default_descriptor;                  ///< SDDL; may be empty

    /// True for the class itself and those it comes from.
    [[nodiscard]] bool is_a(schema_class const& other) const;
};

/// A controlAccessRight object: extended right, property set or validated write. [MS-ADTS] 5.1.3.2.1
struct control_access_right {
    std::string name;                 ///< "User-Force-Change-Password"
    std::string display_name;         ///< "Reset Password"
    sddl::guid id;                    ///< rightsGuid
    std::uint32_t valid_accesses = 0; ///< 0x100, 0x30 or 0x8
    std::vector<schema_class const*> applies_to;
};

/// The classes of one object.
struct object_classes {
    schema_class const* structural = nullptr; ///< the most specific one; null if it is not in the schema
    std::vector<schema_class const*> dynamic_auxiliaries; ///< those that objectClass names besides
    std::vector<std::string> unknown;                     ///< names that the schema does not have

    friend bool operator==(object_classes const&, object_classes const&) = default;
};

/// Classes, attributes and control access rights of a forest. All pointers live as long as the schema.
class schema {
public:
    /// That of Windows Server 2019 without extensions.
    [[nodiscard]] static schema const& built_in();

    /// Reads an LDIF export of CN=Schema,CN=Configuration,… and, in the same or another file,
    /// CN=Extended-Rights; without the latter the built-in rights stand. Errors: what no LDIF is, a class
    /// that names a class or an attribute which the export lacks.
    [[nodiscard]] static result<schema> load(std::span<std::filesystem::path const> files,
                                             reading_options const& reading = {});

    schema(schema&&) noexcept;
    schema& operator=(schema&&) noexcept;
    ~schema();

    /// By lDAPDisplayName, any case.
    [[nodiscard]] schema_attribute const* find_attribute(std::string_view name) const;
    [[nodiscard]] schema_class const* find_class(std::string_view name) const;
    [[nodiscard]] schema_class const* find_class(sddl::guid const& id) const;
    [[nodiscard]] schema_attribute const* find_attribute(sddl::guid const& id) const;

    /// By name or display name, any case.
    [[nodiscard]] control_access_right const* find_right(std::string_view name) const;

    [[nodiscard]] std::span<schema_attribute const> attributes() const; ///< by name
    [[nodiscard]] std::span<schema_class const> classes() const;        ///< by name
    [[nodiscard]] std::span<control_access_right const> rights() const; ///< by name

    /// What the values of objectClass come to.
    [[nodiscard]] object_classes resolve(std::span<std::string_view const> names) const;

private:
    struct data;
    explicit schema(std::unique_ptr<data> made);
    static result<schema> make(struct schema_rows const& rows);
    std::unique_ptr<data> data_;
};

/// The attributes that an object of these classes may hold, from superclasses and auxiliary classes too; by
/// name.
[[nodiscard]] std::vector<schema_attribute const*> attributes_of(object_classes const& classes);

/// The classes of objects that may be made below an object of class `parent`; by name. [MS-ADTS] 3.1.1.4.5.21
[[nodiscard]] std::vector<schema_class const*> child_classes_of(schema const& known,
                                                                schema_class const& parent);

/// True for objects of the class that is so named in the schema and of those derived from it.
[[nodiscard]] bool is_derived_from(object_classes const& classes, std::string_view name);

/// What an inherited object type may name on such an object.
[[nodiscard]] std::vector<sddl::guid> inheriting_classes(object_classes const& classes);

} // namespace dsplan::directory
