#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <string_view>
#include <unordered_set>

namespace dsplan::review {

/// Of which parts of a directory a base tells what there is.
class base_coverage {
public:
    explicit base_coverage(directory::snapshot const& exported);

    /// Whether the base says nothing of the part that a name lies in: neither the object, nor a container
    /// above it, within its naming context, with something in it.
    [[nodiscard]] bool is_outside(std::string_view dn) const;

private:
    directory::snapshot const& exported_;
    std::unordered_set<directory::entry const*> containers_; // with something in them
};

/// The record with `<SID=…>` in its name and among its members replaced by the names of the base.
[[nodiscard]] ldif::record with_names_of(directory::snapshot const& exported, ldif::record change);

} // namespace dsplan::review
