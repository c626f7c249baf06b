#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstddef>
#include <map>
#include <string>

namespace dsplan::plan {

/// Objects below others whose class comes from another one that objects have: computers come from user, and
/// an ACE for user objects reaches none of them. [MS-ADTS] 6.1.3
class derived_objects {
public:
    derived_objects(directory::snapshot const& exported, directory::schema const& known);

    /// How many objects of each class that comes from `base` lie below; direct children alone, or all.
    [[nodiscard]] std::map<std::string, std::size_t>
    below(directory::entry const& object, directory::schema_class const& base, bool only_children) const;

private:
    struct count {
        std::size_t children = 0;
        std::size_t all = 0;
    };
    std::map<directory::entry const*, std::map<directory::schema_class const*, count>> counts_;
};

} // namespace dsplan::plan
