#include <sddl/ace.hpp>
#include <sddl/detail/ace_octets.hpp>
#include <sddl/detail/sid_octets.hpp>

#include <fmt/format.h>

#include <cstring>

namespace dsplan::sddl {
namespace {

constexpr std::size_t guid_size = sizeof(guid::octets);

std::uint32_t object_flags(ace const& value) {
    return value.reserved_object_flags | (value.object_type ? object_type_present : 0U) |
           (value.inherited_object_type ? inherited_object_type_present : 0U);
}

// Why the octets of an ACE of a known layout are none: walks over them again, part by part.
class ace_diagnosis {
public:
    explicit ace_diagnosis(byte_view bytes) : bytes_(bytes) {}

    result<void> find();

private:
    result<void> skip(std::size_t octets, std::string_view what);
    result<void> skip_object_part();

    byte_view bytes_;
    std::size_t place_ = ace_header_size;
};

result<void> ace_diagnosis::skip(std::size_t octets, std::string_view what) {
    if (auto const left = bytes_.size() - place_; left < octets)
        return unexpected_at(place_, bytes_.size(), fmt::format("the {} octets of {}", octets, what),
                             fmt::format("the end of the ACE after {}", left));
    place_ += octets;
    return success();
}

result<void> ace_diagnosis::skip_object_part() {
    if (auto const flags = skip(4, "the object flags"); !flags)
        return flags;
    auto const flags = u32_at(bytes_, place_ - 4);
    if ((flags & object_type_present) != 0)
        if (auto const type = skip(guid_size, "the object type"); !type)
            return type;
    if ((flags & inherited_object_type_present) != 0)
        return skip(guid_size, "the inherited object type");
    return success();
}

result<void> ace_diagnosis::find() {
    if (auto const mask = skip(4, "the access mask"); !mask)
        return mask;
    if (is_object_type(static_cast<ace_type>(octet_at(bytes_, 0))))
        if (auto const part = skip_object_part(); !part)
            return part;
    if (auto const trustee = read_sid(bytes_.subspan(place_)); !trustee)
        return moved(trustee.error(), place_);
    return success();
}

unsigned char* put_guid(unsigned char* place, std::optional<guid> const& value) {
    if (!value)
        return place;
    std::memcpy(place, value->octets.data(), guid_size);
    return place + guid_size;
}

unsigned char* put_u32(unsigned char* place, std::uint32_t value) {
    boost::endian::store_little_u32(place, value);
    return place + sizeof value;
}

} // namespace

std::size_t size_of(ace const& value) {
    if (!is_known_type(value.type))
        return ace_header_size + value.data.size();
    auto size = ace_header_size + 4 + size_of(value.trustee) + value.data.size();
    if (is_object_type(value.type))
        size += 4U + (value.object_type ? guid_size : 0U) + (value.inherited_object_type ? guid_size : 0U);
    return size;
}

void append(byte_string& bytes, ace const& value) {
    put_ace(grown(bytes, size_of(value)), value);
}

unsigned char* put_ace(unsigned char* first, ace const& value) {
    first[0] = static_cast<std::uint8_t>(value.type);
    first[1] = value.flags;
    auto* place = first + ace_header_size;
    if (is_known_type(value.type)) {
        place = put_u32(place, value.mask.bits);
        if (is_object_type(value.type)) {
            place = put_u32(place, object_flags(value));
            place = put_guid(place, value.object_type);
            place = put_guid(place, value.inherited_object_type);
        }
        place = put_sid(place, value.trustee);
    }
    place = put_octets(place, value.data);
    boost::endian::store_little_u16(first + 2, static_cast<std::uint16_t>(place - first));
    return place;
}

parse_error why_no_ace(byte_view bytes) {
    if (bytes.size() < ace_header_size)
        return unexpected_at(0, bytes.size(), "the 4 octets of an ACE header",
                             fmt::format("{} octets", bytes.size()))
            .value();
    auto const size = u16_at(bytes, 2);
    if (size < ace_header_size || size > bytes.size())
        return unexpected_at(2, 4, fmt::format("an ACE size from 4 to {}", bytes.size()),
                             fmt::format("{}", size))
            .value();
    return ace_diagnosis(bytes.first(size)).find().error();
}

result<ace> read_ace(byte_view bytes) {
    ace read;
    auto const size = ace_size(bytes);
    if (size == 0 || !take_ace(read, bytes.first(size)))
        return tl::unexpected(why_no_ace(bytes));
    return read;
}

} // namespace dsplan::sddl
