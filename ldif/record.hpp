#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::ldif {

/// One "attribute: value" line. RFC 2849 attrval-spec
struct attribute_value {
    std::string description; ///< name with its options, spelled as it was: "member;range=0-1499"
    std::string value;       ///< octets, decoded

    friend bool operator==(attribute_value const&, attribute_value const&) = default;
};

/// What a change record does. RFC 2849, and the four that ldifde adds for schema files.
enum class change_type : std::uint8_t {
    add,
    delete_entry,
    modify,
    modrdn,
    moddn,
    ntds_schema_add,
    ntds_schema_delete,
    ntds_schema_modify,
    ntds_schema_modrdn,
};

enum class modification_operation : std::uint8_t { add, delete_values, replace, increment };

/// One block of a modify record, up to its line "-".
struct modification {
    modification_operation operation = modification_operation::add;
    std::string description;
    std::vector<std::string> values; ///< octets, decoded

    friend bool operator==(modification const&, modification const&) = default;
};

/// The new name of a modrdn or moddn record.
struct new_name {
    std::string relative_distinguished_name;
    bool delete_old = true;
    std::optional<std::string> superior;

    friend bool operator==(new_name const&, new_name const&) = default;
};

/// A "control:" line.
struct control {
    std::string oid;
    std::optional<bool> criticality;
    std::optional<std::string> value;

    friend bool operator==(control const&, control const&) = default;
};

/// One record: an entry (no changetype) or a change.
struct record {
    std::string dn; ///< as it was spelled, decoded; empty for the rootDSE
    std::optional<change_type> changetype;
    std::vector<control> controls;
    std::vector<attribute_value> attributes; ///< of an entry or an add, in the order of the file
    std::vector<modification> modifications; ///< of a modify
    std::optional<new_name> renamed;         ///< of a modrdn or moddn
    std::uint64_t line = 0;                  ///< physical line of "dn:", from 1; 0 for a record that was made

    /// Of each value of `attributes`, and then of `modifications`: how many lines below `line` it begins.
    /// Empty for a record that was made; no part of what the record says.
    std::vector<std::uint32_t> value_lines{};

    friend bool operator==(record const& left, record const& right) {
        return left.dn == right.dn && left.changetype == right.changetype &&
               left.controls == right.controls && left.attributes == right.attributes &&
               left.modifications == right.modifications && left.renamed == right.renamed &&
               left.line == right.line;
    }
};

} // namespace dsplan::ldif
