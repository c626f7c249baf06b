// By the cryptography of Windows itself, which fails only without memory.
#include <tools/dsplan/ground/sha256.hpp>

// clang-format off
#include <windows.h>
#include <bcrypt.h>
// clang-format on

#include <algorithm>
#include <array>
#include <new>

namespace dsplan {
namespace {

void check(NTSTATUS status) {
    if (status != 0)
        throw std::bad_alloc();
}

// Opened once: that takes longer than a hash does.
BCRYPT_ALG_HANDLE algorithm() {
    static BCRYPT_ALG_HANDLE const opened = [] {
        BCRYPT_ALG_HANDLE handle = nullptr;
        check(BCryptOpenAlgorithmProvider(&handle, BCRYPT_SHA256_ALGORITHM, nullptr, 0));
        return handle;
    }();
    return opened;
}

} // namespace

struct sha256_sum::state {
    BCRYPT_HASH_HANDLE value = nullptr;

    state() { check(BCryptCreateHash(algorithm(), &value, nullptr, 0, nullptr, 0, 0)); }
    state(state const&) = delete;
    state& operator=(state const&) = delete;
    ~state() { BCryptDestroyHash(value); }
};

sha256_sum::sha256_sum() : state_(std::make_unique<state>()) {}
sha256_sum::sha256_sum(sha256_sum&&) noexcept = default;
sha256_sum& sha256_sum::operator=(sha256_sum&&) noexcept = default;
sha256_sum::~sha256_sum() = default;

void sha256_sum::add(std::string_view octets) {
    constexpr std::size_t largest = std::size_t{1} << 30U; // Windows counts in 32 bits
    for (; !octets.empty(); octets.remove_prefix(std::min(octets.size(), largest))) {
        auto const piece = octets.substr(0, largest);
        auto* const start = reinterpret_cast<unsigned char*>(const_cast<char*>(piece.data()));
        check(BCryptHashData(state_->value, start, static_cast<ULONG>(piece.size()), 0));
    }
}

std::string sha256_sum::octets() {
    std::array<unsigned char, 32> digest{};
    check(BCryptFinishHash(state_->value, digest.data(), static_cast<ULONG>(digest.size()), 0));
    return {digest.begin(), digest.end()};
}

} // namespace dsplan
