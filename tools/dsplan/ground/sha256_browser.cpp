// Where there is no library of it: the functions of FIPS 180-4, 4.1.2 and 6.2, octet by octet as they stand
// there.
#include <tools/dsplan/ground/sha256.hpp>

#include <array>
#include <bit>
#include <cstdint>

namespace dsplan {
namespace {

constexpr std::size_t octets_of_block = 64;

// FIPS 180-4, 4.2.2
constexpr std::array<std::uint32_t, 64> constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using words = std::array<std::uint32_t, 8>;

// FIPS 180-4, 6.2.2, step 1
std::array<std::uint32_t, 64> schedule_of(std::string_view block) {
    std::array<std::uint32_t, 64> schedule{};
    for (std::size_t place = 0; place < octets_of_block; ++place)
        schedule[place / 4] = schedule[place / 4] << 8U | static_cast<unsigned char>(block[place]);
    for (std::size_t place = 16; place < schedule.size(); ++place) {
        auto const early = schedule[place - 15];
        auto const late = schedule[place - 2];
        schedule[place] = (std::rotr(late, 17) ^ std::rotr(late, 19) ^ late >> 10U) + schedule[place - 7] +
                          (std::rotr(early, 7) ^ std::rotr(early, 18) ^ early >> 3U) + schedule[place - 16];
    }
    return schedule;
}

// FIPS 180-4, 6.2.2, steps 2 to 4
void mix(words& hash, std::string_view block) {
    auto const schedule = schedule_of(block);
    auto [a, b, c, d, e, f, g, h] = hash;
    for (std::size_t place = 0; place < schedule.size(); ++place) {
        auto const first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                           ((e & f) ^ (~e & g)) + constants[place] + schedule[place];
        auto const second =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    words const mixed{a, b, c, d, e, f, g, h};
    for (std::size_t place = 0; place < hash.size(); ++place)
        hash[place] += mixed[place];
}

// FIPS 180-4, 5.1.1
std::string padding_behind(std::uint64_t octets) {
    constexpr std::size_t length_size = 8;
    std::string padding = "\x80";
    padding.resize(1 + (2 * octets_of_block - 1 - length_size - octets % octets_of_block) % octets_of_block,
                   '\0');
    for (unsigned shift = 64; shift > 0; shift -= 8)
        padding += static_cast<char>(octets * 8 >> (shift - 8) & 0xffU);
    return padding;
}

} // namespace

struct sha256_sum::state {
    // FIPS 180-4, 5.3.3
    words hash{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::string rest;
    std::uint64_t size = 0;
};

sha256_sum::sha256_sum() : state_(std::make_unique<state>()) {}
sha256_sum::sha256_sum(sha256_sum&&) noexcept = default;
sha256_sum& sha256_sum::operator=(sha256_sum&&) noexcept = default;
sha256_sum::~sha256_sum() = default;

void sha256_sum::add(std::string_view octets) {
    state_->size += octets.size();
    state_->rest += octets;
    std::string_view left = state_->rest;
    for (; left.size() >= octets_of_block; left.remove_prefix(octets_of_block))
        mix(state_->hash, left.substr(0, octets_of_block));
    state_->rest = std::string(left);
}

std::string sha256_sum::octets() {
    add(padding_behind(state_->size));
    std::string digest;
    for (auto const word : state_->hash)
        for (unsigned shift = 32; shift > 0; shift -= 8)
            digest += static_cast<char>(word >> (shift - 8) & 0xffU);
    return digest;
}

} // namespace dsplan
