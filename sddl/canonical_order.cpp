#include <sddl/canonical_order.hpp>

#include <algorithm>

namespace dsplan::sddl {
namespace {

struct range {
    std::size_t begin;
    std::size_t end;
};

// Where a new explicit ACE of `block` may go. A list that is not canonical keeps its faults: denials are the
// leading run, grants what follows the last denial and precedes the first inherited ACE.
range place_of(ace_block block, acl const& list) {
    auto const index_of = [&list](auto place) {
        return static_cast<std::size_t>(place - list.aces.begin());
    };
    auto const first = list.aces.begin();
    if (block == ace_block::explicit_deny) {
        auto const end = std::find_if(first, list.aces.end(), [](ace const& entry) {
            return block_of(entry) != ace_block::explicit_deny;
        });
        return {0, index_of(end)};
    }
    auto const end = std::find_if(first, list.aces.end(),
                                  [](ace const& entry) { return block_of(entry) == ace_block::inherited; });
    auto begin = end;
    while (begin != first && block_of(*(begin - 1)) == ace_block::explicit_allow)
        --begin;
    return {index_of(begin), index_of(end)};
}

} // namespace

ace_block block_of(ace const& value) {
    if (value.has(ace_flag::inherited))
        return ace_block::inherited;
    return is_deny(value.type) ? ace_block::explicit_deny : ace_block::explicit_allow;
}

std::optional<misplaced_ace> find_misplaced(acl const& list) {
    for (std::size_t index = 1; index < list.aces.size(); ++index) {
        if (block_of(list.aces[index]) >= block_of(list.aces[index - 1]))
            continue;
        auto const own = block_of(list.aces[index]);
        std::size_t behind = 0;
        while (block_of(list.aces[behind]) <= own)
            ++behind;
        return misplaced_ace{index, behind};
    }
    return std::nullopt;
}

acl in_canonical_order(acl list) {
    std::stable_sort(list.aces.begin(), list.aces.end(),
                     [](ace const& a, ace const& b) { return block_of(a) < block_of(b); });
    return list;
}

bool stands_before(ace const& a, ace const& b) {
    if (auto const a_size = size_of(a), b_size = size_of(b); a_size != b_size)
        return a_size > b_size;
    byte_string a_octets;
    byte_string b_octets;
    append(a_octets, a);
    append(b_octets, b);
    return a_octets < b_octets;
}

std::size_t position_for_new_ace(acl const& list, ace const& added) {
    auto const block = is_deny(added.type) ? ace_block::explicit_deny : ace_block::explicit_allow;
    auto const place = place_of(block, list);
    auto const begin = list.aces.begin() + static_cast<std::ptrdiff_t>(place.begin);
    auto const end = list.aces.begin() + static_cast<std::ptrdiff_t>(place.end);
    if (!std::is_sorted(begin, end, stands_before))
        return place.end;
    return static_cast<std::size_t>(std::upper_bound(begin, end, added, stands_before) - list.aces.begin());
}

} // namespace dsplan::sddl
