#include <sddl/ace.hpp>
#include <sddl/octets.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::uint32_t object_type_present = 0x1;
constexpr std::uint32_t inherited_object_type_present = 0x2;
constexpr std::size_t header_size = 4;
constexpr std::size_t guid_size = 16;

std::uint32_t object_flags(ace const& value) {
    return value.reserved_object_flags | (value.object_type ? object_type_present : 0U) |
           (value.inherited_object_type ? inherited_object_type_present : 0U);
}

// Reads the known layouts behind the header; `place` moves behind each part that was read.
class ace_reader {
public:
    ace_reader(byte_view bytes, ace& read) : bytes_(bytes), read_(read) {}

    result<void> read();

private:
    [[nodiscard]] result<void> need(std::size_t octets, std::string_view what) const;
    result<void> read_object_part();
    result<void> read_guid_field(std::optional<guid>& field, std::string_view what);
    result<void> read_trustee();

    byte_view bytes_;
    ace& read_;
    std::size_t place_ = header_size;
};

result<void> ace_reader::need(std::size_t octets, std::string_view what) const {
    if (bytes_.size() - place_ >= octets)
        return {};
    return unexpected_at(place_, bytes_.size(), fmt::format("the {} octets of {}", octets, what),
                         fmt::format("the end of the ACE after {}", bytes_.size() - place_));
}

result<void> ace_reader::read_guid_field(std::optional<guid>& field, std::string_view what) {
    if (auto const room = need(guid_size, what); !room)
        return room;
    guid& value = field.emplace();
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(place_), guid_size, value.octets.begin());
    place_ += guid_size;
    return {};
}

result<void> ace_reader::read_object_part() {
    if (auto const room = need(4, "the object flags"); !room)
        return room;
    auto const flags = u32_at(bytes_, place_);
    place_ += 4;
    read_.reserved_object_flags = flags & ~(object_type_present | inherited_object_type_present);
    if ((flags & object_type_present) != 0)
        if (auto const field = read_guid_field(read_.object_type, "the object type"); !field)
            return field;
    if ((flags & inherited_object_type_present) != 0)
        return read_guid_field(read_.inherited_object_type, "the inherited object type");
    return {};
}

result<void> ace_reader::read_trustee() {
    auto const trustee = read_sid(bytes_.subspan(place_));
    if (!trustee)
        return moved(trustee.error(), place_);
    read_.trustee = *trustee;
    place_ += size_of(*trustee);
    return {};
}

result<void> ace_reader::read() {
    if (auto const room = need(4, "the access mask"); !room)
        return room;
    read_.mask.bits = u32_at(bytes_, place_);
    place_ += 4;
    if (is_object_type(read_.type))
        if (auto const part = read_object_part(); !part)
            return part;
    if (auto const trustee = read_trustee(); !trustee)
        return trustee;
    read_.data.assign(bytes_.begin() + static_cast<std::ptrdiff_t>(place_), bytes_.end());
    return {};
}

} // namespace

std::size_t size_of(ace const& value) {
    if (!is_known_type(value.type))
        return header_size + value.data.size();
    auto size = header_size + 4 + size_of(value.trustee) + value.data.size();
    if (is_object_type(value.type))
        size += 4U + (value.object_type ? guid_size : 0U) + (value.inherited_object_type ? guid_size : 0U);
    return size;
}

void append(byte_string& bytes, ace const& value) {
    append_octet(bytes, static_cast<std::uint8_t>(value.type));
    append_octet(bytes, value.flags);
    append_u16(bytes, static_cast<std::uint16_t>(size_of(value)));
    if (is_known_type(value.type)) {
        append_u32(bytes, value.mask.bits);
        if (is_object_type(value.type)) {
            append_u32(bytes, object_flags(value));
            if (value.object_type)
                append_octets(bytes, value.object_type->octets);
            if (value.inherited_object_type)
                append_octets(bytes, value.inherited_object_type->octets);
        }
        append(bytes, value.trustee);
    }
    append_octets(bytes, value.data);
}

result<void> read_ace_into(ace& read, byte_view bytes) {
    if (bytes.size() < header_size)
        return unexpected_at(0, bytes.size(), "the 4 octets of an ACE header",
                             fmt::format("{} octets", bytes.size()));
    auto const size = u16_at(bytes, 2);
    if (size < header_size || size > bytes.size())
        return unexpected_at(2, 4, fmt::format("an ACE size from 4 to {}", bytes.size()),
                             fmt::format("{}", size));
    read.type = static_cast<ace_type>(octet_at(bytes, 0));
    read.flags = octet_at(bytes, 1);
    auto const own = bytes.first(size);
    if (is_known_type(read.type))
        return ace_reader(own, read).read();
    read.data.assign(own.begin() + header_size, own.end());
    return {};
}

result<ace> read_ace(byte_view bytes) {
    ace read;
    if (auto const parts = read_ace_into(read, bytes); !parts)
        return tl::unexpected(parts.error());
    return read;
}

} // namespace dsplan::sddl
