#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

/// Text of an export as ldifde and ldapsearch give it: users in folders, each with a security descriptor of
/// about 1.5 KB in base64. The same seed and size give the same octets on every machine. With `changed`, one
/// user in a hundred has another description, as in an export of the day after.
[[nodiscard]] std::string generated_export(std::size_t size, std::uint32_t seed, bool changed = false);
