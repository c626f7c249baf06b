#include <tools/dsplan/plan/list_edit.hpp>
#include <tools/dsplan/plan/list_target.hpp>

#include <algorithm>

namespace dsplan::plan {

void make_explicit_aces(tracked_list& aces, std::vector<sddl::ace> const& wanted) {
    auto missing = wanted;
    std::erase_if(aces, [&missing](placed_ace const& each) {
        if (!is_explicit(each))
            return false;
        auto const found = std::find(missing.begin(), missing.end(), each.value);
        if (found == missing.end())
            return true;
        missing.erase(found);
        return false;
    });
    for (auto const& each : missing)
        insert(aces, each);
}

} // namespace dsplan::plan
