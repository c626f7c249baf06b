#include <sddl/acl.hpp>
#include <sddl/detail/ace_octets.hpp>
#include <sddl/detail/octets.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::size_t list_header_size = 8;

// Walks over the octets again up to the first fault.
tl::unexpected<parse_error> why_no_acl(byte_view bytes) {
    if (bytes.size() < list_header_size)
        return unexpected_at(0, bytes.size(), "the 8 octets of an ACL header",
                             fmt::format("{} octets", bytes.size()));
    auto const size = u16_at(bytes, 2);
    if (size < list_header_size || size > bytes.size())
        return unexpected_at(2, 4, fmt::format("an ACL size from 8 to {}", bytes.size()),
                             fmt::format("{}", size));
    auto const own = bytes.first(size);
    std::size_t place = list_header_size;
    for (std::size_t number = 1;; ++number) {
        auto const rest = own.subspan(place);
        auto const octets = ace_size(rest);
        ace unread;
        if (octets == 0 || !take_ace(unread, rest.first(octets)))
            return moved(why_no_ace(rest), place, fmt::format("ACE {}", number));
        place += octets;
    }
}

} // namespace

std::size_t size_of(acl const& value) {
    auto size = list_header_size + value.slack.size();
    for (auto const& entry : value.aces)
        size += size_of(entry);
    return size;
}

void append(byte_string& bytes, acl const& value) {
    put_acl(grown(bytes, size_of(value)), value);
}

unsigned char* put_acl(unsigned char* first, acl const& value) {
    auto* place = first + list_header_size;
    for (auto const& entry : value.aces)
        place = put_ace(place, entry);
    place = put_octets(place, value.slack);
    first[0] = value.revision;
    first[1] = value.reserved1;
    boost::endian::store_little_u16(first + 2, static_cast<std::uint16_t>(place - first));
    boost::endian::store_little_u16(first + 4, static_cast<std::uint16_t>(value.aces.size()));
    boost::endian::store_little_u16(first + 6, value.reserved2);
    return place;
}

bool take_acl(acl& read, byte_view bytes) {
    if (bytes.size() < list_header_size)
        return false;
    std::size_t const size = u16_at(bytes, 2);
    if (size < list_header_size || size > bytes.size())
        return false;
    read.revision = octet_at(bytes, 0);
    read.reserved1 = octet_at(bytes, 1);
    read.reserved2 = u16_at(bytes, 6);
    std::size_t const count = u16_at(bytes, 4);
    auto rest = bytes.subspan(list_header_size, size - list_header_size);
    // A count that cannot be true must not decide how much memory is asked for.
    read.aces.reserve(std::min(count, rest.size() / ace_header_size));
    for (std::size_t number = 0; number < count; ++number) {
        auto const octets = ace_size(rest);
        if (octets == 0 || !take_ace(read.aces.emplace_back(), rest.first(octets)))
            return false;
        rest = rest.subspan(octets);
    }
    if (!rest.empty())
        read.slack.assign(rest.begin(), rest.end());
    return true;
}

result<acl> read_acl(byte_view bytes) {
    result<acl> read;
    if (!take_acl(*read, bytes))
        return why_no_acl(bytes);
    return read;
}

std::uint8_t revision_for(std::vector<ace> const& aces) {
    auto const is_object = [](ace const& entry) {
        return is_object_type(entry.type);
    };
    return std::any_of(aces.begin(), aces.end(), is_object) ? 4 : 2;
}

} // namespace dsplan::sddl
