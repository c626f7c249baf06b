#include <ldif/attribute_description.hpp>
#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/paths/change_places.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace dsplan::paths {
namespace {

// The name that the record leaves its object with.
std::string name_after(ldif::record const& change) {
    if (!change.renamed)
        return change.dn;
    return change.renamed->relative_distinguished_name + "," +
           (change.renamed->superior ? *change.renamed->superior : std::string(ldif::parent_text(change.dn)));
}

bool writes(ldif::record const& change, std::string_view attribute) {
    auto const is_it = [attribute](auto const& part) {
        return ldif::same_description(ldif::attribute_name(part.description), attribute);
    };
    return std::any_of(change.modifications.begin(), change.modifications.end(), is_it) ||
           std::any_of(change.attributes.begin(), change.attributes.end(), is_it);
}

} // namespace

void place_changes(path_report& report, std::span<placed_record const> change) {
    std::unordered_multimap<std::string, std::size_t> by_name;
    for (std::size_t index = 0; index < change.size(); ++index)
        for (auto const& name : {change[index].record->dn, name_after(*change[index].record)})
            if (auto const key = ldif::normalize(name))
                by_name.emplace(*key, index);
    for (auto& made : report.changes) {
        auto const [first, last] =
            by_name.equal_range(ldif::normalize(made.changed_object).value_or(std::string()));
        std::size_t best = SIZE_MAX;
        bool best_writes = false;
        for (auto found = first; found != last; ++found) {
            bool const is_writing = writes(*change[found->second].record, made.changed_attribute);
            bool const is_better = best == SIZE_MAX || (is_writing && !best_writes) ||
                                   (is_writing == best_writes && found->second > best);
            if (!is_better)
                continue;
            best = found->second;
            best_writes = is_writing;
        }
        if (best == SIZE_MAX)
            continue;
        made.record = best + 1;
        made.place = fmt::format("{}:{}", change[best].file, change[best].record->line);
    }
}

} // namespace dsplan::paths
