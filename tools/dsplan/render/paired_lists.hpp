#pragma once
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <cstddef>
#include <vector>

namespace dsplan::render {

/// An ACE in one of two lists.
struct placed_ace {
    std::size_t place = 0;                       ///< from 1
    words::explained_ace const* words = nullptr; ///< of the reading that it comes from
};

/// A row of two lists side by side; one of the sides may be empty.
struct paired_aces {
    words::mark what = words::mark::none;
    placed_ace before;
    placed_ace after;
};

/// Both lists from the top: what stays and what changed beside each other, what went on the left alone, what
/// came on the right alone, what moved on the left in its old place and on the right in its new one.
[[nodiscard]] std::vector<paired_aces> pair_lists(words::list_reading const& list);

} // namespace dsplan::render
