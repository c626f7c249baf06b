#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <string_view>

namespace dsplan::review {

/// Whether the base says nothing of the part of the directory that a name lies in: neither the object nor any
/// container above it within its naming context.
[[nodiscard]] bool is_outside(directory::snapshot const& exported, std::string_view dn);

/// The record with `<SID=…>` in its name and among its members replaced by the names of the base.
[[nodiscard]] ldif::record with_names_of(directory::snapshot const& exported, ldif::record change);

} // namespace dsplan::review
