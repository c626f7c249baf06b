#pragma once
#include <tools/dsplan/plan/plan.hpp>

#include <string>
#include <string_view>

namespace dsplan::plan::whfb {

/// "MSOL_1 gains write of msDS-KeyCredentialLink on 16 users; nobody else gains or loses anything."
/// `drawn` has a reach and a prediction.
[[nodiscard]] std::string effect_sentence(plan const& drawn, std::string_view attribute);

/// Why there is nothing to do: what covers the grant, and the membership.
[[nodiscard]] std::string reason_for_no_changes(plan const& drawn);

} // namespace dsplan::plan::whfb
