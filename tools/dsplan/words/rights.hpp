#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Rights in words, both ways: what is printed can be typed.
namespace dsplan::words {

/// Rights on one subject, as an ACE holds them and as people say them.
///
///     right const written = parse_right("read+write telephoneNumber", schema::built_in()).value();
///     // written.mask 0x30, written.type bf967a49-…, written.subject.kind attribute,
///     // written.text "read, write telephoneNumber"
struct right {
    sddl::access_mask mask;           ///< one bit or several
    std::optional<sddl::guid> type;   ///< the object type of an ACE; nothing for the object as a whole
    directory::right_subject subject; ///< what the type is; kind `object` without one
    std::string text;                 ///< the canonical words
    std::vector<sddl::guid> but{};    ///< attributes and sets of a whole that are not meant

    friend bool operator==(right const&, right const&) = default;
};

/// Words of bits on the object as a whole: "full control", "read all properties, change permissions",
/// "0x200000"; "nothing" for none.
[[nodiscard]] std::string right_text(sddl::access_mask mask);

/// Words of bits on a subject that they fit: "read, write telephoneNumber", "create user", "Reset Password".
[[nodiscard]] std::string right_text(directory::right_subject const& subject, sddl::access_mask mask);

/// The letters of dsacls, which are not those of SDDL for validated writes, control access and generic
/// execute.
[[nodiscard]] std::string dsacls_letters(sddl::access_mask mask);

/// The name of a subject in these words: that of the schema for attributes and classes, the display name for
/// rights and property sets.
[[nodiscard]] std::string subject_name(directory::right_subject const& subject);

/// The rights and the object type of an ACE in words. Bits that mean nothing on that type are said to do
/// nothing: `create children "Reset Password" (does nothing: Reset Password is an extended right)`.
/// [MS-ADTS] 5.1.3.2.1
[[nodiscard]] right describe(sddl::access_mask mask, std::optional<sddl::guid> const& type,
                             directory::schema const& known);

/// The bits of `mask` that mean something with that object type; all of them without a type or where the
/// schema does not know it. Generic bits are mapped. [MS-ADTS] 5.1.3.2.1
[[nodiscard]] sddl::access_mask meaningful_bits(sddl::access_mask mask, std::optional<sddl::guid> const& type,
                                                directory::schema const& known);

/// Why a right on an attribute is in vain whatever a list says, with what to ask for instead where other
/// rights do it: "the directory maintains memberOf: no client writes it". Nothing where lists decide.
[[nodiscard]] std::optional<failure> why_never(right const& on);

/// Reads rights in any of these forms, any case; those on one subject come as one value.
///
///     write msDS-KeyCredentialLink      read, write telephoneNumber     create+delete computer
///     Reset Password                    User-Force-Change-Password      validated write Self-Membership
///     change permissions                WriteDacl                       DCSync
///     RPWP;member                       CA;Reset Password               WD      0x30;{GUID}
///     write Personal Information but homePhone, mobile
///
/// Errors: a name that the schema lacks, with the nearest ones; a name of another kind, with what to ask for.
[[nodiscard]] result<std::vector<right>> parse_rights(std::string_view text, directory::schema const& known);

/// The same for text that means rights on one subject only.
[[nodiscard]] result<right> parse_right(std::string_view text, directory::schema const& known);

} // namespace dsplan::words
