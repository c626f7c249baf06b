#include <tools/dsplan/directory/public_key.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace dsplan::directory {
namespace {

std::uint32_t word_at(std::string_view octets, std::size_t offset) {
    std::uint32_t value = 0;
    for (std::size_t index = 4; index-- > 0;)
        value = value << 8U | static_cast<unsigned char>(octets[offset + index]);
    return value;
}

std::string without_leading_zeros(std::string_view octets) {
    auto const first = octets.find_first_not_of('\0');
    return std::string(octets.substr(std::min(first, octets.size())));
}

// Magic, bits, sizes of exponent, modulus and two primes; then exponent and modulus. BCRYPT_RSAKEY_BLOB
public_key read_rsa_blob(std::string_view material) {
    constexpr std::size_t header = 24;
    public_key made{.form = key_form::rsa_blob};
    if (material.size() < header) {
        made.fault = "the header of the RSA key is cut off";
        return made;
    }
    std::uint64_t const exponent = word_at(material, 8);
    std::uint64_t const modulus = word_at(material, 12);
    if (header + exponent + modulus > material.size()) {
        made.fault = "exponent and modulus are longer than the key";
        return made;
    }
    made.exponent = without_leading_zeros(material.substr(header, exponent));
    made.modulus = without_leading_zeros(material.substr(header + exponent, modulus));
    return made;
}

// The content of the first element of DER, which must have this tag, and the rest after it. X.690 8.1
struct der_element {
    std::string_view content;
    std::string_view rest;
};

std::optional<der_element> read_der(std::string_view octets, unsigned char tag) {
    if (octets.size() < 2 || static_cast<unsigned char>(octets[0]) != tag)
        return std::nullopt;
    std::size_t size = static_cast<unsigned char>(octets[1]);
    std::size_t header = 2;
    if (size >= 0x80) {
        auto const count = size & 0x7FU;
        header += count;
        if (count == 0 || count > 4 || octets.size() < header)
            return std::nullopt;
        size = 0;
        for (std::size_t index = 2; index < header; ++index)
            size = size << 8U | static_cast<unsigned char>(octets[index]);
    }
    if (octets.size() - header < size)
        return std::nullopt;
    return der_element{octets.substr(header, size), octets.substr(header + size)};
}

constexpr unsigned char der_sequence = 0x30;
constexpr unsigned char der_integer = 0x02;
constexpr unsigned char der_bit_string = 0x03;

// RSAPublicKey: modulus and exponent. RFC 8017 A.1.1
std::optional<public_key> read_rsa_sequence(std::string_view sequence) {
    auto const modulus = read_der(sequence, der_integer);
    auto const exponent = modulus ? read_der(modulus->rest, der_integer) : std::nullopt;
    if (!exponent)
        return std::nullopt;
    return public_key{.form = key_form::rsa_der,
                      .modulus = without_leading_zeros(modulus->content),
                      .exponent = without_leading_zeros(exponent->content)};
}

// A key, or a SubjectPublicKeyInfo around one. RFC 5280 4.1
public_key read_rsa_der(std::string_view material) {
    auto const outer = read_der(material, der_sequence);
    if (outer) {
        if (auto plain = read_rsa_sequence(outer->content))
            return *std::move(plain);
        auto const algorithm = read_der(outer->content, der_sequence);
        auto const bits = algorithm ? read_der(algorithm->rest, der_bit_string) : std::nullopt;
        auto const inner =
            bits && !bits->content.empty() ? read_der(bits->content.substr(1), der_sequence) : std::nullopt;
        if (inner)
            if (auto wrapped = read_rsa_sequence(inner->content))
                return *std::move(wrapped);
    }
    public_key made{.form = key_form::rsa_der};
    made.fault = "the DER holds no RSA key";
    return made;
}

public_key read_fido(std::string_view material) {
    public_key made{.form = key_form::fido};
    auto const read = nlohmann::json::parse(material, nullptr, false);
    if (!read.is_object()) {
        made.fault = "the JSON of the FIDO key cannot be read";
        return made;
    }
    if (auto const name = read.find("displayName"); name != read.end() && name->is_string())
        made.name = name->get<std::string>();
    return made;
}

unsigned remainder_of(std::string_view modulus, unsigned divisor) {
    unsigned left = 0;
    for (char const octet : modulus)
        left = (left << 8U | static_cast<unsigned char>(octet)) % divisor;
    return left;
}

bool is_power_of_65537(unsigned value, unsigned prime) {
    auto const base = 65537U % prime;
    auto power = 1U;
    do {
        if (power == value)
            return true;
        power = power * base % prime;
    } while (power != 1);
    return false;
}

} // namespace

std::size_t public_key::bits() const {
    if (modulus.empty())
        return 0;
    return modulus.size() * 8 -
           static_cast<std::size_t>(std::countl_zero(static_cast<unsigned char>(modulus.front())));
}

public_key read_public_key(std::string_view material) {
    if (material.starts_with("RSA1"))
        return read_rsa_blob(material);
    if (material.starts_with("PCPM"))
        return {.form = key_form::tpm_blob};
    if (material.starts_with('{'))
        return read_fido(material);
    if (material.starts_with(static_cast<char>(der_sequence)))
        return read_rsa_der(material);
    return {};
}

// The primes of such a key are k * M + (65537^a mod M) with M the product of the first primes, so that the
// modulus is a power of 65537 modulo each of them. A key of other making is so for all of these by chance
// only.
bool has_roca_fingerprint(std::string_view modulus) {
    constexpr std::array<unsigned, 38> primes{3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,
                                              47,  53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103,
                                              107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};
    if (modulus.empty())
        return false;
    for (auto const prime : primes)
        if (!is_power_of_65537(remainder_of(modulus, prime), prime))
            return false;
    return true;
}

} // namespace dsplan::directory
