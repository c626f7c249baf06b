#pragma once
#include <sddl/guid.hpp>
#include <tools/dsplan/ground/sha256.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// KEYCREDENTIALLINK_BLOB values, put together as [MS-ADTS] 2.2.20 describes them.

inline std::string little_endian(std::uint64_t value, std::size_t size) {
    std::string octets;
    for (std::size_t index = 0; index < size; ++index)
        octets += static_cast<char>(value >> (8 * index));
    return octets;
}

struct key_entry {
    std::uint8_t identifier;
    std::string value;
};

/// The entries as octets; those of version 0 are filled up to whole groups of four.
inline std::string key_entries(std::uint32_t version, std::vector<key_entry> const& entries) {
    std::string octets;
    for (auto const& [identifier, value] : entries) {
        octets += little_endian(value.size(), 2) + static_cast<char>(identifier) + value;
        if (version == 0)
            octets.append((4 - value.size() % 4) % 4, '\0');
    }
    return octets;
}

/// A modulus of that many bits: no key of anybody, but the size of one.
inline std::string test_modulus(std::size_t bits) {
    std::string modulus(bits / 8, '\x5a');
    modulus.front() = '\xc3';
    modulus.back() = '\x07';
    return modulus;
}

/// BCRYPT_RSAPUBLIC_BLOB
inline std::string rsa_blob(std::string const& modulus) {
    std::string const exponent("\x01\x00\x01", 3);
    return "RSA1" + little_endian(modulus.size() * 8, 4) + little_endian(exponent.size(), 4) +
           little_endian(modulus.size(), 4) + little_endian(0, 8) + exponent + modulus;
}

inline constexpr std::int64_t filetime_of_2021 = 132'539'328'000'000'000; // 2021-01-01 00:00:00 UTC

struct key_plan {
    std::uint32_t version = 0x200;
    std::string material = rsa_blob(test_modulus(2048));
    std::uint8_t usage = 1;
    std::uint8_t source = 1;
    std::string device = std::string(16, '\x11');
    std::string custom = std::string("\x01\x00", 2);
    std::int64_t created = filetime_of_2021;
    std::vector<key_entry> more{}; ///< at the end
};

/// A whole value, with KeyID and KeyHash that are right.
inline std::string key_blob(key_plan const& plan) {
    std::vector<key_entry> behind{{3, plan.material},
                                  {4, std::string(1, static_cast<char>(plan.usage))},
                                  {5, std::string(1, static_cast<char>(plan.source))},
                                  {6, plan.device},
                                  {7, plan.custom},
                                  {8, little_endian(static_cast<std::uint64_t>(plan.created), 8)},
                                  {9, little_endian(static_cast<std::uint64_t>(plan.created), 8)}};
    behind.insert(behind.end(), plan.more.begin(), plan.more.end());
    auto const octets = key_entries(plan.version, behind);
    return little_endian(plan.version, 4) +
           key_entries(plan.version,
                       {{1, dsplan::sha256_octets(plan.material)}, {2, dsplan::sha256_octets(octets)}}) +
           octets;
}
