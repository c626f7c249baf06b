#include <sddl/ace_octets.hpp>
#include <sddl/acl.hpp>
#include <sddl/octets.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::size_t header_size = 8;

// Copied for each ACE of a list: the compilers clear a new one with one slow instruction, and copy with fast
// ones.
ace const blank_ace;

} // namespace

std::size_t size_of(acl const& value) {
    auto size = header_size + value.slack.size();
    for (auto const& entry : value.aces)
        size += size_of(entry);
    return size;
}

void append(byte_string& bytes, acl const& value) {
    append_octet(bytes, value.revision);
    append_octet(bytes, value.reserved1);
    append_u16(bytes, static_cast<std::uint16_t>(size_of(value)));
    append_u16(bytes, static_cast<std::uint16_t>(value.aces.size()));
    append_u16(bytes, value.reserved2);
    for (auto const& entry : value.aces)
        append(bytes, entry);
    append_octets(bytes, value.slack);
}

result<void> read_acl_into(acl& read, byte_view bytes) {
    if (bytes.size() < header_size)
        return unexpected_at(0, bytes.size(), "the 8 octets of an ACL header",
                             fmt::format("{} octets", bytes.size()));
    auto const size = u16_at(bytes, 2);
    if (size < header_size || size > bytes.size())
        return unexpected_at(2, 4, fmt::format("an ACL size from 8 to {}", bytes.size()),
                             fmt::format("{}", size));
    read.revision = octet_at(bytes, 0);
    read.reserved1 = octet_at(bytes, 1);
    read.reserved2 = u16_at(bytes, 6);
    auto const count = u16_at(bytes, 4);
    // A count that cannot be true must not decide how much memory is asked for.
    read.aces.reserve(std::min<std::size_t>(count, (size - header_size) / ace_header_size));
    auto const own = bytes.first(size);
    auto place = header_size;
    for (std::size_t number = 1; number <= count; ++number) {
        auto const rest = own.subspan(place);
        auto const ace_octets = ace_size(rest);
        read.aces.push_back(blank_ace);
        if (ace_octets == 0 || !take_ace(read.aces.back(), rest.first(ace_octets)))
            return moved(why_no_ace(rest), place, fmt::format("ACE {}", number));
        place += ace_octets;
    }
    if (place != own.size())
        read.slack.assign(own.begin() + static_cast<std::ptrdiff_t>(place), own.end());
    return success();
}

result<acl> read_acl(byte_view bytes) {
    acl read;
    if (auto const parts = read_acl_into(read, bytes); !parts)
        return tl::unexpected(parts.error());
    return read;
}

std::uint8_t revision_for(std::vector<ace> const& aces) {
    auto const is_object = [](ace const& entry) {
        return is_object_type(entry.type);
    };
    return std::any_of(aces.begin(), aces.end(), is_object) ? 4 : 2;
}

} // namespace dsplan::sddl
