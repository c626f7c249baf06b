#pragma once
#include <cstdint>

/// Bits of userAccountControl. [MS-ADTS] 2.2.16
namespace dsplan::paths::account_flag {

inline constexpr std::int64_t disabled = 0x2;
inline constexpr std::int64_t server_trust = 0x2000;
inline constexpr std::int64_t trusted_for_delegation = 0x80000;
inline constexpr std::int64_t trusted_to_authenticate = 0x1000000;
inline constexpr std::int64_t partial_secrets = 0x4000000;

} // namespace dsplan::paths::account_flag
