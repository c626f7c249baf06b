#pragma once

namespace dsplan {

/// What the program tells its caller, as `diff` does.
enum class exit_status : int {
    success = 0,  ///< done, or no difference
    findings = 1, ///< differences or findings: diff, verify, review, check
    error = 2,    ///< nothing was done, nothing was written
    planned = 3,  ///< changes are planned, where the caller asks to tell that from nothing to do
};

} // namespace dsplan
