#pragma once
#include <ldif/record.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

enum class writer_profile : std::uint8_t {
    ldifde,  ///< ASCII only, CR LF, always a changetype, "-" after every modification, a blank line after
             ///< every record
    rfc2849, ///< LF, entries stay entries, base64 where the RFC wants it
};

enum class line_ends : std::uint8_t { of_profile, lf, crlf };

struct writer_options {
    writer_profile profile = writer_profile::ldifde;
    std::size_t fold_column =
        76; ///< longest line without its line end; 0 never folds, less than 8 counts as 8

    line_ends line_end = line_ends::of_profile;

    /// What a comment above a base64 value says about it ("S-1-5-21-…", a GUID, SDDL); empty for nothing.
    /// Without it there are no comments.
    std::function<std::string(std::string_view description, std::string_view octets)> explain = {};
};

/// Appends one record with everything that `options.profile` wants around it.
///
/// What the profile cannot say stays as it is: a control is written, although nothing says that ldifde takes
/// it, and the ldifde profile writes an entry as "changetype: add".
void write(std::string& text, record const& record, writer_options const& options = {});

/// The record alone.
[[nodiscard]] std::string write(record const& record, writer_options const& options = {});

/// The line "version: 1" with the empty line after it; nothing in the ldifde profile.
[[nodiscard]] std::string file_head(writer_options const& options = {});

/// True where a value must be written as base64: RFC 2849 note 8, and a value with a blank at its end.
[[nodiscard]] bool needs_base64(std::string_view octets);

} // namespace dsplan::ldif
