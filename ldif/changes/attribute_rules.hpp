#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// What the values of an attribute are. MS-ADTS 3.1.1.2.2.2
enum class value_syntax : std::uint8_t {
    unknown,
    name_value,
    name_with_data,
    identifier,
    text,
    numeric_text,
    boolean,
    integer,
    large_integer,
    octets,
    time,
    descriptor,
    sid,
};

/// The syntax that an attributeSyntax names: "2.5.5.8" is boolean.
[[nodiscard]] value_syntax syntax_of_identifier(std::string_view attribute_syntax);

/// What Active Directory's schema says about the attributes that change files and exports are about. An
/// attribute that the table does not know counts as multi-valued, writable text without links.
/// MS-ADA1, MS-ADA2, MS-ADA3
struct attribute_rules {
    bool is_single_valued = false;
    bool is_name_valued = false;  ///< distinguished names, compared as such and changed by renames
    bool is_forward_link = false; ///< the value goes when the object it names goes
    bool is_back_link = false;    ///< computed from the forward links of other objects
    bool is_system_owned = false; ///< Active Directory refuses to have it written
    bool is_constructed = false;  ///< computed when it is read, stored nowhere
    bool is_replication = false;  ///< differs between domain controllers, or changes without a change
    bool is_known = false;        ///< the table, or the schema that was read, has it
    value_syntax syntax = value_syntax::unknown;
};

/// By the name of the attribute, its options left out, in any case.
[[nodiscard]] attribute_rules rules_of(std::string_view description);

/// True for a number such as 2.5.4.31 in the place of a name. RFC 4512 section 1.4
[[nodiscard]] bool is_identifier(std::string_view description);

/// "2.5.4.31" of "OID.2.5.4.31", as LDAPv2 writes it. RFC 1779 2.3
[[nodiscard]] std::string_view without_identifier_prefix(std::string_view description);

/// "member" for "2.5.4.31"; empty where the table has no such attribute.
[[nodiscard]] std::string_view name_of_identifier(std::string_view identifier);

/// True for what no change file can set and a comparison therefore leaves out: constructed, back links,
/// system owned, replication.
[[nodiscard]] bool is_outside_change_files(std::string_view description);

/// True where Active Directory takes two values of the attribute for one: names normalised, text with its
/// case folded, octets otherwise.
[[nodiscard]] bool same_value(std::string_view description, std::string_view left, std::string_view right);

/// A text that is equal for such two values.
[[nodiscard]] std::string value_key(std::string_view description, std::string_view value);

/// Text with its case folded; what is no text as it is.
[[nodiscard]] std::string folded_value(std::string_view value);

} // namespace dsplan::ldif
