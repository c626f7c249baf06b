#include <tools/dsplan/ground/sha256.hpp>

namespace dsplan {
namespace {

std::string hexadecimal(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (char const octet : octets) {
        auto const value = static_cast<unsigned char>(octet);
        text += digits[value >> 4U];
        text += digits[value & 0xFU];
    }
    return text;
}

} // namespace

std::string sha256_sum::hex() {
    return hexadecimal(octets());
}

std::string sha256_octets(std::string_view octets) {
    sha256_sum sum;
    sum.add(octets);
    return sum.octets();
}

std::string sha256_hex(std::string_view octets) {
    return hexadecimal(sha256_octets(octets));
}

} // namespace dsplan
