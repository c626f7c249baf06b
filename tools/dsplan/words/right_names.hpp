#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/words/type_meaning.hpp>

#include <optional>
#include <string_view>

namespace dsplan::words {

/// "5b47d60f-…", in braces or not.
[[nodiscard]] std::optional<sddl::guid> parse_type(std::string_view text);

/// The object type that one bit makes of a name: reading and writing ask for an attribute or a set, creating
/// and deleting for a class, and so on. Errors: a name of another kind, with what to ask for; one that the
/// schema lacks, with the nearest.
[[nodiscard]] result<sddl::guid> find_type(sddl::access_mask bit, std::string_view name,
                                           directory::schema const& known);

/// Why a name without a verb is no right: an attribute or a class, or nothing's name.
[[nodiscard]] failure no_right(std::string_view name, directory::schema const& known);

} // namespace dsplan::words
