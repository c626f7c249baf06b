#include <ldif/base64.hpp>
#include <ldif/printable.hpp>

#include <fmt/format.h>

#include <array>
#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

namespace dsplan::ldif {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t bad = 0x80000000U;

// One table for each of the four characters of a group: its six bits where they belong in the 24.
using group_table = std::array<std::uint32_t, 256>;
constexpr group_table make_table(unsigned shift) {
    group_table table{};
    table.fill(bad);
    for (std::uint32_t value = 0; value < alphabet.size(); ++value)
        table[static_cast<unsigned char>(alphabet[value])] = value << shift;
    return table;
}
constexpr group_table first = make_table(18);
constexpr group_table second = make_table(12);
constexpr group_table third = make_table(6);
constexpr group_table fourth = make_table(0);

std::uint32_t group(char const* text) {
    auto const at = [text](int i) {
        return static_cast<unsigned char>(text[i]);
    };
    return first[at(0)] | second[at(1)] | third[at(2)] | fourth[at(3)];
}

parse_error error_at(std::size_t offset, std::string expected, std::string found, std::string hint) {
    parse_error error;
    error.column = offset + 1;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

bool is_alphabet(char character) {
    return first[static_cast<unsigned char>(character)] != bad;
}

#if defined(__x86_64__) && defined(__GNUC__)
#define DSPLAN_BASE64_AVX2

// 32 characters at a time: two nibble tables find what is no base64 and how far each character is from its
// six bits, two multiplications put the bits together. (W. Mula, D. Lemire, "Faster Base64 Encoding and
// Decoding Using AVX2 Instructions", 2018.) Returns how many characters it did; what it refuses is left to
// the tables. Each step writes 32 octets of which 24 count, hence the margin; in place it never passes what
// it has read.
__attribute__((target("avx2"))) std::size_t decode_wide(char const* text, std::size_t size, char* octets) {
    constexpr std::size_t step = 32;
    constexpr std::size_t margin = 16;
    __m256i const low_table = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B, 0x1B, 0x1B, 0x1A));
    __m256i const high_table = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10));
    __m256i const distance_table =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0));
    __m256i const order =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
    __m256i const slash = _mm256_set1_epi8(0x2F);
    std::size_t done = 0;
    for (; size - done >= step + margin; done += step) {
        __m256i const input = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(text + done));
        __m256i const high = _mm256_and_si256(_mm256_srli_epi32(input, 4), slash);
        __m256i const low = _mm256_and_si256(input, slash);
        if (_mm256_testz_si256(_mm256_shuffle_epi8(low_table, low), _mm256_shuffle_epi8(high_table, high)) ==
            0)
            break;
        __m256i const is_slash = _mm256_cmpeq_epi8(input, slash);
        __m256i const distance = _mm256_shuffle_epi8(distance_table, _mm256_add_epi8(is_slash, high));
        __m256i const bits = _mm256_add_epi8(input, distance);
        __m256i const pairs = _mm256_maddubs_epi16(bits, _mm256_set1_epi32(0x01400140));
        __m256i const groups = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
        __m256i const packed = _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(groups, order),
                                                           _mm256_setr_epi32(0, 1, 2, 4, 5, 6, -1, -1));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(octets + done / 4 * 3), packed);
    }
    return done;
}
#endif

// As far as the processor has wide instructions and the text is base64.
std::size_t decode_beginning([[maybe_unused]] std::string_view text, [[maybe_unused]] char* octets) {
#ifdef DSPLAN_BASE64_AVX2
    static bool const has_avx2 = __builtin_cpu_supports("avx2") != 0;
    if (has_avx2)
        return decode_wide(text.data(), text.size(), octets);
#endif
    return 0;
}

// Says what is wrong with a text that the fast loop refused; `offset` is at or before the first fault.
parse_error explain(std::string_view text, std::size_t offset) {
    while (offset < text.size() && is_alphabet(text[offset]))
        ++offset;
    if (offset == text.size())
        return error_at(offset, "base64 in whole groups of four characters",
                        fmt::format("the end of the value after {} of 4", text.size() % 4),
                        "the value was cut off or edited: export it again");
    if (text[offset] != '=')
        return error_at(offset, "a base64 character (A-Z a-z 0-9 + /)", quoted_character(text, offset),
                        "the value was edited, or is plain text that needs ':' in place of '::'");
    std::size_t const padding = offset;
    while (offset < text.size() && text[offset] == '=')
        ++offset;
    if (offset < text.size())
        return error_at(offset, "nothing after the padding of base64", quoted(text.substr(offset)),
                        "two values were joined, or text was added: export it again");
    std::size_t const wanted = padding % 4 == 2 ? 2 : padding % 4 == 3 ? 1 : 0;
    if (offset - padding != wanted)
        return error_at(padding, fmt::format("{} padding characters at the end of base64", wanted),
                        fmt::format("{}", offset - padding),
                        "the value was cut off or edited: export it again");
    return error_at(padding - 1, "zero bits before the padding of base64",
                    quoted(text.substr(padding - 1, 1)), "the value was cut off or edited: export it again");
}

// The last group, with one or two padding characters: how many octets it holds, 0 where it is none. Writes
// nothing before it is sure, since `octets` may be `text`.
std::size_t decode_padded(char const* text, char* octets) {
    std::uint32_t const high =
        first[static_cast<unsigned char>(text[0])] | second[static_cast<unsigned char>(text[1])];
    bool const one = text[2] == '=';
    std::uint32_t const bits = one ? high : high | third[static_cast<unsigned char>(text[2])];
    std::uint32_t const spare = one ? 0xFFFFU : 0xFFU;
    if (text[3] != '=' || (bits & (bad | spare)) != 0)
        return 0;
    octets[0] = static_cast<char>(bits >> 16);
    if (one)
        return 1;
    octets[1] = static_cast<char>(bits >> 8);
    return 2;
}

} // namespace

void append_base64(std::string& text, std::string_view octets) {
    std::size_t const start = text.size();
    text.resize(start + (octets.size() + 2) / 3 * 4);
    char* out = text.data() + start;
    auto const at = [octets](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(octets[i]));
    };
    std::size_t i = 0;
    for (; i + 3 <= octets.size(); i += 3, out += 4) {
        std::uint32_t const bits = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
        out[0] = alphabet[bits >> 18];
        out[1] = alphabet[bits >> 12 & 63];
        out[2] = alphabet[bits >> 6 & 63];
        out[3] = alphabet[bits & 63];
    }
    if (i == octets.size())
        return;
    bool const two = i + 2 == octets.size();
    std::uint32_t const bits = at(i) << 16 | (two ? at(i + 1) << 8 : 0);
    out[0] = alphabet[bits >> 18];
    out[1] = alphabet[bits >> 12 & 63];
    out[2] = two ? alphabet[bits >> 6 & 63] : '=';
    out[3] = '=';
}

std::string encode_base64(std::string_view octets) {
    std::string text;
    append_base64(text, octets);
    return text;
}

result<std::size_t> decode_base64_into(std::string_view text, char* octets) {
    std::size_t const wide = decode_beginning(text, octets);
    char* out = octets + wide / 4 * 3;
    char const* in = text.data() + wide;
    char const* const end = text.data() + text.size() / 4 * 4;
    for (; in != end; in += 4, out += 3) {
        std::uint32_t const bits = group(in);
        if ((bits & bad) != 0)
            break;
        out[0] = static_cast<char>(bits >> 16);
        out[1] = static_cast<char>(bits >> 8);
        out[2] = static_cast<char>(bits);
    }
    auto const done = static_cast<std::size_t>(in - text.data());
    if (done == text.size())
        return static_cast<std::size_t>(out - octets);
    if (text.size() - done == 4)
        if (std::size_t const size = decode_padded(in, out); size != 0)
            return static_cast<std::size_t>(out - octets) + size;
    return tl::unexpected(explain(text, done));
}

result<std::string> decode_base64(std::string_view text) {
    std::string octets(decoded_size_limit(text.size()), '\0');
    auto const size = decode_base64_into(text, octets.data());
    if (!size)
        return tl::unexpected(size.error());
    octets.resize(*size);
    return octets;
}

} // namespace dsplan::ldif
