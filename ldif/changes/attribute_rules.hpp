#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace dsplan::ldif {

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
};

/// By the name of the attribute, its options left out, in any case.
[[nodiscard]] attribute_rules rules_of(std::string_view description);

/// True for what no change file can set and a comparison therefore leaves out: constructed, back links,
/// system owned, replication.
[[nodiscard]] bool is_outside_change_files(std::string_view description);

/// True where Active Directory takes two values of the attribute for one: names normalised, text with its
/// case folded, octets otherwise.
[[nodiscard]] bool same_value(std::string_view description, std::string_view left, std::string_view right);

/// A text that is equal for such two values.
[[nodiscard]] std::string value_key(std::string_view description, std::string_view value);

/// Text with its case folded; what is no text as it is.
[[nodiscard]] std::string folded_text(std::string_view value);

} // namespace dsplan::ldif
