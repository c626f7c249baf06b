#pragma once
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/record.hpp>

#include <optional>

namespace dsplan::ldif {

/// The change with the names of its attributes where it has their numbers ("2.5.4.31" for member); nothing
/// where it has no number that the schema knows. RFC 4512 section 2.5
[[nodiscard]] std::optional<record> with_attribute_names(record const& change,
                                                         attribute_schema const& schema);

} // namespace dsplan::ldif
