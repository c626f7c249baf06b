#include <ldif/changes/storage_failure.hpp>

namespace dsplan::ldif {

char const* storage_failure::what() const noexcept {
    return "a temporary file cannot be written or read";
}

parse_error storage_error() {
    parse_error error;
    error.expected = "room for temporary files";
    error.found = "a temporary file that cannot be written or read";
    error.hint = "free some space, or set TMPDIR to a folder that has it";
    return error;
}

} // namespace dsplan::ldif
