#pragma once
#include <tools/dsplan/effect/predict.hpp>

#include <string>
#include <vector>

namespace dsplan::effect {

/// Who may do more or less after a change, and what of that could not be known.
struct compared_access {
    std::vector<account_change> changes;
    std::vector<std::string> unknown; ///< sentences
};

/// Asks every account, every trustee that is none, and SELF on each object whose descriptor or whose holders
/// differ.
[[nodiscard]] compared_access compare_access(change_context const& context, projection const& change);

} // namespace dsplan::effect
