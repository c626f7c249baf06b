#pragma once
#include <ldif/record.hpp>

#include <cstddef>
#include <string>

namespace dsplan::ldif {

enum class writer_profile : std::uint8_t {
    ldifde, ///< ASCII only, CR LF, always a changetype, "-" behind every modification, a blank line behind
            ///< every record
    rfc2849,
};

struct writer_options {
    writer_profile profile = writer_profile::ldifde;
    std::size_t fold_column = 76; ///< longest line without its line end; 0 never folds
};

/// Appends one record with everything that `options.profile` wants around it.
void write(std::string& text, record const& record, writer_options const& options = {});

/// The record alone.
[[nodiscard]] std::string write(record const& record, writer_options const& options = {});

} // namespace dsplan::ldif
