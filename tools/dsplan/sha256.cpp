#include <tools/dsplan/sha256.hpp>

#include <array>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

namespace dsplan {

std::string sha256_hex(std::string_view octets) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<unsigned char const*>(octets.data()), octets.size());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    return text.data();
}

} // namespace dsplan
