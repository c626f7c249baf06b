#pragma once
#include <ldif/changes/entry.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// An entry taken apart into its attributes, so that many modifications of it take no longer than they are.
class indexed_entry {
public:
    explicit indexed_entry(entry whole);

    /// An entry with the name of the whole and, where it has it, that attribute alone; to be changed.
    [[nodiscard]] entry& part(std::string_view description);

    /// Those attributes alone, in the order of the whole; names in lower case.
    [[nodiscard]] entry only(std::set<std::string> const& descriptions) const;

    /// The parts together: the attributes that stayed in their order, then those that came.
    [[nodiscard]] entry whole() &&;

private:
    entry head_;                                             // without attributes
    std::vector<entry> parts_;                               // in the order of the attributes
    std::map<std::string, std::size_t, std::less<>> places_; // by description in lower case
};

} // namespace dsplan::ldif
