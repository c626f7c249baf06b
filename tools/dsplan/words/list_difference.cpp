#include <tools/dsplan/words/list_difference.hpp>

#include <algorithm>

namespace dsplan::words {
namespace {

constexpr std::size_t nowhere = SIZE_MAX;

// For each ACE of `after` the index of its equal in `before`. Equal lists are walked once: the search goes on
// where the last one was found.
std::vector<std::size_t> find_equals(std::vector<sddl::ace> const& before,
                                     std::vector<sddl::ace> const& after, std::vector<bool>& is_taken) {
    std::vector<std::size_t> equals(after.size(), nowhere);
    std::size_t start = 0;
    for (std::size_t index = 0; index < after.size(); ++index)
        for (std::size_t step = 0; step < before.size(); ++step) {
            auto const candidate = (start + step) % before.size();
            if (is_taken[candidate] || before[candidate] != after[index])
                continue;
            is_taken[candidate] = true;
            equals[index] = candidate;
            start = candidate + 1;
            break;
        }
    return equals;
}

// Which of the numbers are in a longest ascending subsequence; `nowhere` is left out.
std::vector<bool> longest_ascending(std::vector<std::size_t> const& numbers) {
    std::vector<std::size_t> ends; // index of the smallest number that ends a sequence of each length
    std::vector<std::size_t> previous(numbers.size(), nowhere);
    for (std::size_t index = 0; index < numbers.size(); ++index) {
        if (numbers[index] == nowhere)
            continue;
        auto const place =
            std::lower_bound(ends.begin(), ends.end(), numbers[index],
                             [&](std::size_t end, std::size_t number) { return numbers[end] < number; });
        if (place != ends.begin())
            previous[index] = *std::prev(place);
        if (place == ends.end())
            ends.push_back(index);
        else
            *place = index;
    }
    std::vector<bool> in(numbers.size(), false);
    for (auto index = ends.empty() ? nowhere : ends.back(); index != nowhere; index = previous[index])
        in[index] = true;
    return in;
}

bool says_otherwise(sddl::ace const& a, sddl::ace const& b) {
    return sddl::is_allow(a.type) == sddl::is_allow(b.type) &&
           sddl::is_deny(a.type) == sddl::is_deny(b.type) && a.trustee == b.trustee &&
           a.object_type == b.object_type && a.inherited_object_type == b.inherited_object_type &&
           a.has(sddl::ace_flag::inherited) == b.has(sddl::ace_flag::inherited);
}

} // namespace

std::vector<ace_change> compare_lists(std::vector<sddl::ace> const& before,
                                      std::vector<sddl::ace> const& after) {
    using enum ace_change::kind;
    std::vector<bool> is_taken(before.size(), false);
    auto const equals = find_equals(before, after, is_taken);
    auto const in_order = longest_ascending(equals);
    std::vector<ace_change> changes;
    for (std::size_t index = 0; index < after.size(); ++index) {
        if (equals[index] != nowhere) {
            changes.push_back({in_order[index] ? kept : moved, equals[index], index});
            continue;
        }
        std::size_t went = 0;
        while (went < before.size() && (is_taken[went] || !says_otherwise(before[went], after[index])))
            ++went;
        if (went == before.size()) {
            changes.push_back({added, std::nullopt, index});
            continue;
        }
        is_taken[went] = true;
        changes.push_back({changed, went, index});
    }
    for (std::size_t index = 0; index < before.size(); ++index)
        if (!is_taken[index])
            changes.push_back({removed, index, std::nullopt});
    return changes;
}

} // namespace dsplan::words
