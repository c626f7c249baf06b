#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/forms/stand_in_domains.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <vector>

namespace dsplan {
namespace {

// A part that no SID of the text has, so that nothing in it is taken for an account of the stand-in.
std::uint32_t unused_part(std::string_view text) {
    constexpr std::uint32_t first = 0xFFFF'0000;
    std::vector<bool> is_used(0x1'0000);
    for (auto const* place = text.data(); place != text.data() + text.size();) {
        std::uint64_t number = 0;
        auto const read = std::from_chars(place, text.data() + text.size(), number);
        if (read.ec == std::errc{} && number >= first && number <= 0xFFFF'FFFF)
            is_used[number - first] = true;
        place = read.ptr == place ? place + 1 : read.ptr;
    }
    auto const free = std::find(is_used.rbegin(), is_used.rend(), false);
    return first + static_cast<std::uint32_t>(is_used.rend() - free) - 1;
}

} // namespace

sddl::domain_sids with_stand_ins(sddl::domain_sids sids, std::string_view text) {
    auto const number = unused_part(text);
    if (!sids.domain)
        sids.domain = sddl::well_known(5, {21, number, number, 0});
    if (!sids.forest_root)
        sids.forest_root = sddl::well_known(5, {21, number, number, 1});
    return sids;
}

} // namespace dsplan
