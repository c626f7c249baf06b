#pragma once
#include <algorithm>
#include <functional>

namespace dsplan {

/// Puts the values in the order of `less`, each once.
template <class Values, class Less = std::less<>>
void sort_and_unite(Values& values, Less less = {}) {
    std::sort(values.begin(), values.end(), less);
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

} // namespace dsplan
