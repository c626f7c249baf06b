#include <tools/dsplan/directory/ds_heuristics.hpp>

namespace dsplan::directory {

std::vector<char> ds_heuristics(snapshot const& exported, std::size_t number) {
    std::vector<char> found;
    for (entry const& object : exported.entries())
        if (auto const value = object.first(attribute::ds_heuristics); value && value->size() >= number)
            found.push_back((*value)[number - 1]);
    return found;
}

} // namespace dsplan::directory
