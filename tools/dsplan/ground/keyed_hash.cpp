#include <tools/dsplan/ground/keyed_hash.hpp>
#include <tools/dsplan/ground/sha256.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <sodium/crypto_generichash.h>

namespace dsplan {
namespace {

unsigned char const* unsigned_octets(std::string_view octets) {
    return reinterpret_cast<unsigned char const*>(octets.data());
}

} // namespace

std::string keyed_octets(std::string_view key, std::string_view text, std::size_t size) {
    auto const secret = sha256_octets(key); // of a length that BLAKE2b takes
    std::string made;
    for (std::uint32_t block = 0; made.size() < size; ++block) {
        auto const numbered = std::to_string(block) + ':' + std::string(text);
        std::array<unsigned char, crypto_generichash_BYTES_MAX> octets{};
        crypto_generichash(octets.data(), octets.size(), unsigned_octets(numbered), numbered.size(),
                           unsigned_octets(secret), secret.size());
        made.append(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(
                                                         std::min(octets.size(), size - made.size())));
    }
    return made;
}

} // namespace dsplan
