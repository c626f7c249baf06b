#pragma once

/// What a walk over a file with libldap's LDIF functions found.
struct openldap_totals {
    unsigned long records = 0;
    unsigned long values = 0;
    unsigned long octets = 0; ///< of all values, decoded
};

/// Reads every record of a file with libldap's LDIF functions, values decoded.
[[nodiscard]] openldap_totals read_with_openldap(char const* file);
