#pragma once
#include <ldif/changes/value_places.hpp>
#include <tools/dsplan/review/planned_removals.hpp>
#include <tools/dsplan/review/review.hpp>
#include <tools/dsplan/review/rule_table.hpp>

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace dsplan::review {

/// Where the findings of the record that is being read go.
struct finding_list {
    std::vector<finding>& found;
    std::function<bool(rule const&)> const& is_wanted;
    std::size_t record = 0;
    std::string const& file;
    std::uint64_t line = 0;
    std::set<std::string, std::less<>>* unjudged = nullptr; ///< where attributes without a rule are named
    planned_removals const* planned = nullptr;              ///< of the plan that the files belong to
    ldif::value_places const* places = nullptr;             ///< where the values of the record stand

    /// What is about one value of the record has the line of that value.
    void add(rule_name name, std::string text, std::vector<evidence> seen) const;

    /// The same for what stands in that line of the record.
    [[nodiscard]] finding_list at_line(std::uint64_t of_value) const {
        auto other = *this;
        other.line = of_value;
        other.places = nullptr;
        return other;
    }
};

} // namespace dsplan::review
