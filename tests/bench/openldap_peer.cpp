#include "openldap_peer.hpp"

#include <cstdio>
#include <cstdlib>
#include <ldap.h>
#include <ldif.h>

openldap_totals read_with_openldap(char const* file) {
    openldap_totals sum;
    LDIFFP* const input = ldif_open(file, "r");
    if (input == nullptr)
        return sum;
    unsigned long line_number = 0;
    char* buffer = nullptr;
    int size = 0;
    while (ldif_read_record(input, &line_number, &buffer, &size) > 0) {
        ++sum.records;
        char* rest = buffer;
        while (char* const line = ldif_getline(&rest)) {
            berval type{};
            berval value{};
            int must_free = 0;
            if (ldif_parse_line2(line, &type, &value, &must_free) != 0)
                continue;
            ++sum.values;
            sum.octets += value.bv_len;
            if (must_free != 0)
                std::free(value.bv_val);
        }
    }
    std::free(buffer);
    ldif_close(input);
    return sum;
}
