#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/guid.hpp>
#include <tools/dsplan/failure.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::directory {

/// What a GUID of an ACE can stand for. One GUID can be several of them at once.
enum class schema_kind : std::uint8_t {
    attribute,
    object_class,
    property_set,
    extended_right,
    validated_write
};

struct schema_attribute {
    sddl::guid id;
    std::string name;                       ///< lDAPDisplayName
    std::optional<sddl::guid> property_set; ///< attributeSecurityGUID
    bool is_confidential = false;           ///< searchFlags 0x80: reading needs the right CR too
};

struct schema_class {
    sddl::guid id;
    std::string name;     ///< lDAPDisplayName
    std::string superior; ///< subClassOf
};

struct control_access_right {
    sddl::guid id;            ///< rightsGuid
    std::string display_name; ///< what dsacls and the access-control editor show
    std::string name;         ///< cn
    sddl::access_mask valid_accesses;
};

/// A name with what it is the name of.
struct schema_name {
    schema_kind kind;
    std::string_view text;
};

/// The names behind the GUIDs of a forest's schema, both ways. [MS-ADTS] 3.1.1.2.3, 5.1.3.2.1
class schema_names {
public:
    /// The schema of Windows Server 2019, which every later forest contains.
    [[nodiscard]] static schema_names const& built_in();

    /// The built-in names with those of an LDIF export of the schema and of CN=Extended-Rights laid over
    /// them.
    [[nodiscard]] static result<schema_names> load(std::vector<std::filesystem::path> const& exports);

    /// What the object type of an ACE with these rights is called: SW asks for a validated write, CR for an
    /// extended right, CC and DC for a class, RP and WP for a property set or an attribute. Nothing for a
    /// GUID that is none of them.
    [[nodiscard]] std::optional<schema_name> object_type_name(sddl::guid const& id,
                                                              sddl::access_mask rights) const;

    /// What an inherited object type is called.
    [[nodiscard]] std::optional<std::string_view> class_name(sddl::guid const& id) const;

    [[nodiscard]] schema_attribute const* find_attribute(sddl::guid const& id) const;
    [[nodiscard]] schema_class const* find_class(sddl::guid const& id) const;
    [[nodiscard]] control_access_right const* find_right(sddl::guid const& id) const;

    /// By lDAPDisplayName, any case.
    [[nodiscard]] schema_attribute const* find_attribute(std::string_view name) const;
    [[nodiscard]] schema_class const* find_class(std::string_view name) const;

    /// By display name or cn, any case.
    [[nodiscard]] control_access_right const* find_right(std::string_view name) const;

    /// The property set that an attribute belongs to, for the access check; nothing where there is none or
    /// the attribute is unknown.
    [[nodiscard]] std::optional<sddl::guid> property_set_of(sddl::guid const& attribute) const;

    /// Everything, ascending by GUID.
    [[nodiscard]] std::vector<schema_attribute> const& attributes() const { return attributes_; }
    [[nodiscard]] std::vector<schema_class> const& classes() const { return classes_; }
    [[nodiscard]] std::vector<control_access_right> const& rights() const { return rights_; }

private:
    friend class schema_loader;

    std::vector<schema_attribute> attributes_;
    std::vector<schema_class> classes_;
    std::vector<control_access_right> rights_;
};

} // namespace dsplan::directory
