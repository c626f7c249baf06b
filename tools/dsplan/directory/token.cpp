#include <tools/dsplan/directory/token.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace dsplan::directory {
namespace {

constexpr std::array<std::uint32_t, 1> everyone{0};             // S-1-1-0
constexpr std::array<std::uint32_t, 1> authenticated_users{11}; // S-1-5-11

void add_with_groups(std::vector<sddl::sid>& token, membership const& members, entry const& account) {
    auto const add = [&](entry const& object) {
        if (object.sid)
            token.push_back(*object.sid);
        object.for_each(attribute::sid_history, [&](std::string_view octets) {
            if (auto const sid = sddl::read_sid(std::as_bytes(std::span(octets))))
                token.push_back(*sid);
        });
    };
    add(account);
    for (entry const* const group : members.all_groups_of(account))
        add(*group);
}

} // namespace

std::vector<sddl::sid> token_of(snapshot const& exported, membership const& members, entry const& account,
                                std::span<entry const* const> also) {
    std::vector<sddl::sid> token;
    add_with_groups(token, members, account);
    for (entry const* const group : also)
        add_with_groups(token, members, *group);
    for (auto const& sid : {sddl::make_sid(1, everyone), sddl::make_sid(5, authenticated_users)}) {
        token.push_back(sid);
        if (entry const* const known = exported.find(sid))
            add_with_groups(token, members, *known);
    }
    std::sort(token.begin(), token.end());
    token.erase(std::unique(token.begin(), token.end()), token.end());
    return token;
}

} // namespace dsplan::directory
