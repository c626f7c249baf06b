#include <tools/dsplan/ground/sha256.hpp>

#include <array>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

namespace dsplan {
namespace {

unsigned char const* unsigned_octets(std::string_view octets) {
    return reinterpret_cast<unsigned char const*>(octets.data());
}

std::string hexadecimal(std::string_view digest) {
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), unsigned_octets(digest), digest.size());
    return text.data();
}

} // namespace

struct sha256_sum::state {
    crypto_hash_sha256_state value{};
};

sha256_sum::sha256_sum() : state_(std::make_unique<state>()) {
    crypto_hash_sha256_init(&state_->value);
}

sha256_sum::sha256_sum(sha256_sum&&) noexcept = default;
sha256_sum& sha256_sum::operator=(sha256_sum&&) noexcept = default;
sha256_sum::~sha256_sum() = default;

void sha256_sum::add(std::string_view octets) {
    crypto_hash_sha256_update(&state_->value, unsigned_octets(octets), octets.size());
}

std::string sha256_sum::hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state_->value, digest.data());
    return hexadecimal({reinterpret_cast<char const*>(digest.data()), digest.size()});
}

std::string sha256_octets(std::string_view octets) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), unsigned_octets(octets), octets.size());
    return {digest.begin(), digest.end()};
}

std::string sha256_hex(std::string_view octets) {
    return hexadecimal(sha256_octets(octets));
}

} // namespace dsplan
