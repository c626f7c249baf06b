#include <sddl/detail/sid_octets.hpp>
#include <sddl/detail/sid_text.hpp>
#include <sddl/detail/text.hpp>
#include <sddl/sid.hpp>

#include <boost/endian/conversion.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace dsplan::sddl {
namespace {

// Why the SID at the start of `bytes` cannot be read.
tl::unexpected<parse_error> no_sid(byte_view bytes) {
    if (bytes.size() < sid_fixed_size)
        return unexpected_at(0, bytes.size(), "a SID of at least 8 octets",
                             fmt::format("{} octets", bytes.size()), "SID");
    if (auto const revision = octet_at(bytes, 0); revision != 1)
        return unexpected_at(0, 1, "the SID revision 1", fmt::format("{}", revision), "SID");
    auto const count = octet_at(bytes, 1);
    if (count > sid::max_sub_authorities)
        return unexpected_at(1, 2, "at most 15 sub-authorities", fmt::format("{}", count), "SID");
    return unexpected_at(1, 2, fmt::format("room for the {} octets of this SID", sid_fixed_size + 4U * count),
                         fmt::format("{} octets", bytes.size()), "SID");
}

} // namespace

std::optional<std::uint32_t> relative_identifier(sid const& value) {
    if (value.sub_authority_count == 0)
        return std::nullopt;
    return value.sub_authorities[value.sub_authority_count - 1U];
}

std::optional<sid> domain_of(sid const& account) {
    if (account.sub_authority_count == 0)
        return std::nullopt;
    auto domain = account;
    domain.sub_authorities[--domain.sub_authority_count] = 0;
    return domain;
}

std::optional<sid> with_relative_identifier(sid const& domain, std::uint32_t rid) {
    if (domain.sub_authority_count >= sid::max_sub_authorities)
        return std::nullopt;
    auto account = domain;
    account.sub_authorities[account.sub_authority_count++] = rid;
    return account;
}

bool is_domain_sid(sid const& value) {
    constexpr std::array<std::uint8_t, 6> nt_authority{0, 0, 0, 0, 0, 5};
    return value.revision == 1 && value.identifier_authority == nt_authority &&
           value.sub_authority_count == 4 && value.sub_authorities[0] == 21;
}

result<sid> parse_sid(std::string_view text) {
    std::vector<parse_error> warnings;
    auto parsed = parse_sid_text(text, warnings);
    if (parsed && !warnings.empty())
        return tl::unexpected(warnings.front());
    return parsed;
}

result<sid> read_sid(byte_view bytes) {
    result<sid> read;
    if (!take_sid(*read, bytes))
        return no_sid(bytes);
    return read;
}

void append(byte_string& bytes, sid const& value) {
    put_sid(grown(bytes, size_of(value)), value);
}

char* put_text(char* place, sid const& value) {
    auto const& authority = value.identifier_authority;
    auto* const last = place + largest_sid_text;
    *place++ = 'S';
    *place++ = '-';
    place = std::to_chars(place, last, value.revision).ptr;
    *place++ = '-';
    if (authority[0] == 0 && authority[1] == 0)
        place = std::to_chars(place, last, boost::endian::load_big_u32(authority.data() + 2)).ptr;
    else
        place = fmt::format_to(place, "0x{:X}", boost::endian::load_big_u48(authority.data()));
    for (std::size_t index = 0; index < value.sub_authority_count; ++index) {
        *place++ = '-';
        place = std::to_chars(place, last, value.sub_authorities[index]).ptr;
    }
    return place;
}

} // namespace dsplan::sddl

fmt::format_context::iterator fmt::formatter<dsplan::sddl::sid>::format(dsplan::sddl::sid const& value,
                                                                        format_context& context) const {
    std::array<char, dsplan::sddl::largest_sid_text> text;
    return std::copy(text.data(), dsplan::sddl::put_text(text.data(), value), context.out());
}
