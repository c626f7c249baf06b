#include <tools/dsplan/ground/keyed_hash.hpp>
#include <tools/dsplan/ground/sha256.hpp>

#include <cstdint>

namespace dsplan {
namespace {

constexpr std::size_t block_size = 64; // of SHA-256

std::string padded(std::string secret, unsigned char mask) {
    secret.resize(block_size, '\0');
    for (char& octet : secret)
        octet = static_cast<char>(static_cast<unsigned char>(octet) ^ mask);
    return secret;
}

// RFC 2104, with a secret that is no longer than a block.
std::string hmac(std::string const& secret, std::string const& text) {
    return sha256_octets(padded(secret, 0x5C) + sha256_octets(padded(secret, 0x36) + text));
}

} // namespace

std::string keyed_octets(std::string_view key, std::string_view text, std::size_t size) {
    auto const secret = sha256_octets(key);
    std::string made;
    for (std::uint32_t block = 0; made.size() < size; ++block)
        made += hmac(secret, std::to_string(block) + ':' + std::string(text));
    made.resize(size);
    return made;
}

} // namespace dsplan
