#pragma once
#include <ldif/parse_error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dsplan::ldif {

/// What a reader does about something that the format, or ldifde, does not quite allow.
enum class policy_action : std::uint8_t {
    accept, ///< takes it and says nothing
    warn,   ///< takes it and adds a finding
    reject, ///< an error; reading goes on at the next record
};

/// Where files in the wild leave RFC 2849.
enum class policy : std::uint8_t {
    missing_version,   ///< no "version: 1" line in front of the first record
    version_line,      ///< there is one; nothing says that ldifde takes it
    byte_order_mark,   ///< U+FEFF in front of the text
    foreign_encoding,  ///< UTF-8 with a byte order mark, or big-endian UTF-16: nothing says that ldifde reads
                       ///< it
    trailing_blanks,   ///< blanks or tabs at the end of a value, which are part of it
    blank_separator,   ///< the line between two records holds blanks or tabs
    missing_separator, ///< "dn:" without an empty line before it
    duplicate_values,  ///< one attribute has the same value twice
    missing_final_dash,     ///< the last modification of a record has no line "-"
    dash_with_blanks,       ///< blanks after the line "-" that ends a modification
    stray_dash,             ///< a line "-" at the end of a record that is no modification
    missing_changetype,     ///< a record without changetype
    mixed_records,          ///< entries and changes in one file
    unknown_changetype,     ///< accept and warn both skip the record with a finding
    ntds_changetype,        ///< ntdsSchemaAdd and its kin, which only ldifde knows
    non_ascii,              ///< a plain value beyond ASCII, which ldifde reads by its code page
    invalid_utf8,           ///< a plain value that is no UTF-8; its octets are taken as they are
    invalid_unicode,        ///< a name that is no UTF-8, or broken text in a file that is Unicode for certain
    control_character,      ///< a control character other than a tab in a plain value
    forbidden_character,    ///< NUL or a lone CR in a plain value
    unsafe_first_character, ///< a plain value that begins with ':' or '<'
    unusual_attribute_name, ///< an underscore in an attribute name
    invalid_name,           ///< a dn, newrdn or newsuperior that is no distinguished name (a macro, say)
    empty_modification,     ///< "add:" without values
    empty_value,            ///< "description:" and nothing after it, which Active Directory refuses
    folded_comment, ///< a comment with a line that continues it; nothing says that ldifde unfolds comments
    entry_without_attributes, ///< a dn and nothing else
    control_line,             ///< "control:"; nothing says that ldifde takes it
    search_trailer,           ///< "search:", "result:" and "ref:" lines, which ldapsearch and ldbsearch add
    incomplete_result,        ///< the search that made the file ended with an error
    wrong_total,              ///< a search says at its end that it wrote another number of entries
    missing_final_line_end,   ///< the last line has no line end
    incomplete_record,        ///< the file ends inside its last record; accept and warn leave that record out
    empty_file,               ///< a file without a single octet
};
inline constexpr std::size_t policy_count = static_cast<std::size_t>(policy::empty_file) + 1;

/// "trailing-blanks"
[[nodiscard]] std::string_view to_string(policy policy);

/// The policy of that name; nothing where there is none.
[[nodiscard]] std::optional<policy> policy_named(std::string_view name);

/// One action for each policy.
///
///     auto strict = policies::ldifde();
///     strict[policy::duplicate_values] = policy_action::reject;
class policies {
public:
    /// What the RFC says, word for word.
    [[nodiscard]] static policies rfc2849();

    /// What ldifde writes and is known to read; doubtful things are findings.
    [[nodiscard]] static policies ldifde();

    /// Takes what there is of a file that was cut off: without its last record, with a finding.
    void allow_incomplete_files();

    [[nodiscard]] policy_action operator[](policy policy) const { return actions_[index(policy)]; }
    [[nodiscard]] policy_action& operator[](policy policy) { return actions_[index(policy)]; }

private:
    static constexpr std::size_t index(policy policy) { return static_cast<std::size_t>(policy); }
    std::array<policy_action, policy_count> actions_{};
};

/// Something that was taken although a policy frowns on it.
struct finding {
    policy rule = policy::missing_version;
    parse_error what;

    friend bool operator==(finding const&, finding const&) = default;
};

} // namespace dsplan::ldif
