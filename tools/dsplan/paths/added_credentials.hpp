#pragma once
#include <tools/dsplan/paths/path_side.hpp>

#include <string>
#include <vector>

namespace dsplan::paths {

/// A key or a certificate that a change puts on an account: who holds it logs on as the account, and nobody
/// can say who that is.
struct added_credential {
    std::string holder; ///< "the holder of the added key"
    walked_step step;
};

/// Those on accounts that lead on.
[[nodiscard]] std::vector<added_credential> added_credentials(path_side const& before,
                                                              path_side const& after);

} // namespace dsplan::paths
