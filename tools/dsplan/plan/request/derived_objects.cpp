#include <tools/dsplan/plan/request/derived_objects.hpp>

namespace dsplan::plan {
namespace {

bool comes_from_a_structural_class(directory::schema_class const& value) {
    for (auto const* above = value.superclass; above != nullptr && above->superclass != above;
         above = above->superclass)
        if (above->category == directory::class_category::structural)
            return true;
    return false;
}

} // namespace

derived_objects::derived_objects(directory::snapshot const& exported, directory::schema const& known) {
    for (auto const& object : exported.entries()) {
        auto const* const its_class = known.find_class(object.structural_class());
        if (its_class == nullptr || !comes_from_a_structural_class(*its_class))
            continue;
        for (auto const* above = object.parent; above != nullptr; above = above->parent) {
            auto& counted = counts_[above][its_class];
            ++counted.all;
            counted.children += above == object.parent ? 1U : 0U;
        }
    }
}

std::map<std::string, std::size_t> derived_objects::below(directory::entry const& object,
                                                          directory::schema_class const& base,
                                                          bool only_children) const {
    std::map<std::string, std::size_t> made;
    auto const found = counts_.find(&object);
    if (found == counts_.end())
        return made;
    for (auto const& [its_class, counted] : found->second)
        if (its_class != &base && its_class->is_a(base) &&
            (only_children ? counted.children : counted.all) != 0)
            made.emplace(its_class->name, only_children ? counted.children : counted.all);
    return made;
}

} // namespace dsplan::plan
