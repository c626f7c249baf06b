#pragma once
#include <sddl/bytes.hpp>

#include <boost/endian/conversion.hpp>

#include <cstdint>
#include <cstring>

namespace dsplan::sddl {

// Writes the little-endian fields of the binary forms; <sddl/bytes.hpp> reads them. Not installed.

/// Makes room for `count` octets at the end and gives the place where they go.
[[nodiscard]] inline unsigned char* grown(byte_string& bytes, std::size_t count) {
    bytes.resize(bytes.size() + count);
    return reinterpret_cast<unsigned char*>(bytes.data() + bytes.size()) - count;
}

/// Writes them to `place`, which has room for them, and gives the place after them.
inline unsigned char* put_octets(unsigned char* place, byte_view octets) {
    if (!octets.empty())
        std::memcpy(place, octets.data(), octets.size());
    return place + octets.size();
}

inline void append_octet(byte_string& bytes, std::uint8_t value) {
    bytes.push_back(std::byte{value});
}

inline void append_u16(byte_string& bytes, std::uint16_t value) {
    boost::endian::store_little_u16(grown(bytes, sizeof value), value);
}

inline void append_u32(byte_string& bytes, std::uint32_t value) {
    boost::endian::store_little_u32(grown(bytes, sizeof value), value);
}

inline void append_u64(byte_string& bytes, std::uint64_t value) {
    boost::endian::store_little_u64(grown(bytes, sizeof value), value);
}

inline void append_octets(byte_string& bytes, byte_view octets) {
    bytes.insert(bytes.end(), octets.begin(), octets.end());
}

inline void store_u32(byte_string& bytes, std::size_t offset, std::uint32_t value) {
    boost::endian::store_little_u32(reinterpret_cast<unsigned char*>(bytes.data()) + offset, value);
}

} // namespace dsplan::sddl
