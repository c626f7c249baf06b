#include <tools/dsplan/ground/sha256.hpp>

#include <array>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

namespace dsplan {
namespace {

unsigned char const* unsigned_octets(std::string_view octets) {
    return reinterpret_cast<unsigned char const*>(octets.data());
}

} // namespace

std::string sha256_octets(std::string_view octets) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), unsigned_octets(octets), octets.size());
    return {digest.begin(), digest.end()};
}

std::string sha256_hex(std::string_view octets) {
    auto const digest = sha256_octets(octets);
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), unsigned_octets(digest), digest.size());
    return text.data();
}

} // namespace dsplan
