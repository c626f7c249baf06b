#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>

namespace dsplan {
namespace {

constexpr std::size_t longest_compared = 256; // the product of two lengths is worked through
constexpr std::size_t most = 3;

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t left = 0; left < a.size(); ++left) {
        std::size_t diagonal = row[0];
        row[0] = left + 1;
        for (std::size_t right = 0; right < b.size(); ++right) {
            std::size_t const changed = diagonal + (to_lower(a[left]) == to_lower(b[right]) ? 0 : 1);
            diagonal = row[right + 1];
            row[right + 1] = std::min({changed, row[right] + 1, diagonal + 1});
        }
    }
    return row.back();
}

bool begins_alike(std::string_view known, std::string_view typed) {
    constexpr std::size_t telling = 4;
    return known.size() >= telling && typed.size() >= telling &&
           equal_ignoring_case(known.substr(0, telling), typed.substr(0, telling));
}

bool holds(std::string_view known, std::string_view typed) {
    constexpr std::size_t telling = 4;
    auto const same = [](char a, char b) {
        return to_lower(a) == to_lower(b);
    };
    return typed.size() >= telling &&
           std::search(known.begin(), known.end(), typed.begin(), typed.end(), same) != known.end();
}

// Far names have none.
std::optional<std::size_t> distance_of(std::string_view known, std::string_view typed) {
    auto const edits = edit_distance(known, typed);
    auto const few = typed.size() < 4 ? 1 : std::max<std::size_t>(2, typed.size() / 3);
    if (edits <= few)
        return edits;
    if (begins_alike(known, typed) || holds(known, typed))
        return typed.size() + edits; // after what differs in few letters
    return std::nullopt;
}

} // namespace

void nearest_names::consider(std::string_view known, std::string_view suggested) {
    if (known.empty() || known.size() > longest_compared || typed_.size() > longest_compared)
        return;
    auto const distance = distance_of(known, typed_);
    if (!distance)
        return;
    near_.emplace(*distance, suggested);
    if (near_.size() > most)
        near_.erase(std::prev(near_.end()));
}

std::vector<std::string> nearest_names::take() const {
    std::vector<std::string> names;
    auto const best = near_.empty() ? 0 : near_.begin()->first;
    bool const is_a_slip = best < typed_.size(); // what else is near is not what was meant
    for (auto const& [distance, name] : near_)
        if (!is_a_slip || distance <= best + 1)
            names.push_back(name);
    return names;
}

} // namespace dsplan
