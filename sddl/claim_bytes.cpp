#include <sddl/claim_types.hpp>
#include <sddl/detail/octets.hpp>
#include <sddl/resource_claim.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::size_t claim_header_size = 16;
constexpr std::string_view here = "resource attribute";

tl::unexpected<parse_error> too_short(std::size_t begin, std::size_t end, std::size_t needed,
                                      std::string_view what) {
    return unexpected_at(begin, end, fmt::format("the {} octets of {}", needed, what),
                         fmt::format("{}", end - std::min(begin, end)), std::string(here));
}

result<byte_view> part_at(byte_view bytes, std::size_t offset, std::size_t size, std::string_view what) {
    if (offset > bytes.size() || bytes.size() - offset < size)
        return too_short(std::min(offset, bytes.size()), bytes.size(), size, what);
    return bytes.subspan(offset, size);
}

result<std::u16string> read_string(byte_view bytes, std::size_t offset) {
    std::u16string text;
    for (;; offset += 2) {
        auto const unit = part_at(bytes, offset, 2, "the next letter of a string that ends in a zero");
        if (!unit)
            return tl::unexpected(unit.error());
        auto const letter = static_cast<char16_t>(u16_at(*unit, 0));
        if (letter == 0)
            return text;
        text += letter;
    }
}

result<byte_view> read_octets(byte_view bytes, std::size_t offset) {
    auto const size = part_at(bytes, offset, 4, "a length");
    if (!size)
        return size;
    return part_at(bytes, offset + 4, u32_at(*size, 0), "a value");
}

result<sid> read_account(byte_view bytes, std::size_t offset) {
    auto const octets = read_octets(bytes, offset);
    if (!octets)
        return tl::unexpected(octets.error());
    auto account = read_sid(*octets);
    if (!account)
        return moved(std::move(account.error()), offset + 4, here);
    return account;
}

result<claim_value> read_value(byte_view bytes, std::size_t offset, claim_type type) {
    auto const as_value = [](auto value) {
        return claim_value(std::move(value));
    };
    switch (type) {
    case claim_type::string:
        return read_string(bytes, offset).map(as_value);
    case claim_type::account:
        return read_account(bytes, offset).map(as_value);
    case claim_type::octets:
        return read_octets(bytes, offset).map([](byte_view octets) {
            return claim_value(byte_string(octets.begin(), octets.end()));
        });
    default:
        return part_at(bytes, offset, 8, "an integer").map([](byte_view octets) {
            return claim_value(u64_at(octets, 0));
        });
    }
}

struct value_writer {
    byte_string& bytes;

    void operator()(std::uint64_t value) const { append_u64(bytes, value); }
    void operator()(std::u16string const& value) const {
        for (auto const unit : value)
            append_u16(bytes, unit);
        append_u16(bytes, 0);
    }
    void operator()(sid const& value) const {
        append_u32(bytes, static_cast<std::uint32_t>(size_of(value)));
        append(bytes, value);
    }
    void operator()(byte_string const& value) const {
        append_u32(bytes, static_cast<std::uint32_t>(value.size()));
        append_octets(bytes, value);
    }
};

} // namespace

result<resource_claim> decode_claim(byte_view bytes) {
    if (bytes.size() < claim_header_size)
        return too_short(0, bytes.size(), claim_header_size, "the header");
    resource_claim read;
    read.type = static_cast<claim_type>(u16_at(bytes, 4));
    read.flags = u32_at(bytes, 8);
    if (!find_claim_type(read.type))
        return unexpected_at(4, 6, "a value type of 1, 2, 3, 5, 6 or 16",
                             fmt::format("{}", static_cast<unsigned>(read.type)), std::string(here));
    auto const count = u32_at(bytes, 12);
    if ((bytes.size() - claim_header_size) / 4 < count)
        return unexpected_at(12, 16, fmt::format("at most {} values", (bytes.size() - claim_header_size) / 4),
                             fmt::format("{}", count), std::string(here));
    auto name = read_string(bytes, u32_at(bytes, 0));
    if (!name)
        return tl::unexpected(std::move(name.error()));
    read.name = std::move(*name);
    // Offsets may point at the same octets again and again: what is read must not outgrow what was given.
    auto budget = bytes.size();
    for (std::size_t index = 0; index < count; ++index) {
        auto value = read_value(bytes, u32_at(bytes, claim_header_size + 4 * index), read.type);
        if (!value)
            return tl::unexpected(std::move(value.error()));
        byte_string octets;
        std::visit(value_writer{octets}, *value);
        if (octets.size() > budget)
            return unexpected_at(claim_header_size + 4 * index, claim_header_size + 4 * index + 4,
                                 "values that do not overlap", "more than the attribute holds",
                                 std::string(here));
        budget -= octets.size();
        read.values.push_back(std::move(*value));
    }
    return read;
}

byte_string encode_claim(resource_claim const& value) {
    byte_string bytes(claim_header_size + 4 * value.values.size());
    store_u32(bytes, 0, static_cast<std::uint32_t>(bytes.size()));
    store_u32(bytes, 4, static_cast<std::uint16_t>(value.type));
    store_u32(bytes, 8, value.flags);
    store_u32(bytes, 12, static_cast<std::uint32_t>(value.values.size()));
    value_writer const append_value{bytes};
    append_value(value.name);
    for (std::size_t index = 0; index < value.values.size(); ++index) {
        store_u32(bytes, claim_header_size + 4 * index, static_cast<std::uint32_t>(bytes.size()));
        std::visit(append_value, value.values[index]);
    }
    bytes.resize((bytes.size() + 3) / 4 * 4);
    return bytes;
}

} // namespace dsplan::sddl
