#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dsplan::directory {

/// The forms in which a public key is kept.
enum class key_form : std::uint8_t {
    rsa_blob, ///< BCRYPT_RSAPUBLIC_BLOB, of keys that people sign in with
    rsa_der,  ///< SubjectPublicKeyInfo or PKCS #1, of computers
    tpm_blob, ///< of the platform crypto provider; the key inside is not read
    fido,     ///< JSON with the attestation of a security key; the key inside is not read
    unknown,
};

/// A public key. Octets are those of the value.
struct public_key {
    key_form form = key_form::unknown;
    std::string modulus{};  ///< big-endian without leading zeros; empty for what is no RSA
    std::string exponent{}; ///< likewise
    std::string name{};     ///< displayName of a FIDO key
    std::string fault{};    ///< why a form that was recognised could not be read; empty where it could

    /// Bits of the modulus; 0 where there is none.
    [[nodiscard]] std::size_t bits() const;
};

/// The form by its first octets, and what can be read of it; never an error.
[[nodiscard]] public_key read_public_key(std::string_view material);

/// True where the modulus bears the mark of CVE-2017-15361, whose keys can be computed.
[[nodiscard]] bool has_roca_fingerprint(std::string_view modulus);

} // namespace dsplan::directory
