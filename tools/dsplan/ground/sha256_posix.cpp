// By libsodium.
#include <tools/dsplan/ground/sha256.hpp>

#include <array>
#include <sodium/crypto_hash_sha256.h>

namespace dsplan {

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
    crypto_hash_sha256_update(&state_->value, reinterpret_cast<unsigned char const*>(octets.data()),
                              octets.size());
}

std::string sha256_sum::octets() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state_->value, digest.data());
    return {digest.begin(), digest.end()};
}

} // namespace dsplan
