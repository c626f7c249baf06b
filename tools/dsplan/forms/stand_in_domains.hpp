#pragma once
#include <sddl/domain_sids.hpp>

#include <string_view>

namespace dsplan {

/// `sids` with stand-ins for the domains that are not known: SIDs that `text` does not hold. Good for words,
/// never for octets.
[[nodiscard]] sddl::domain_sids with_stand_ins(sddl::domain_sids sids, std::string_view text);

} // namespace dsplan
