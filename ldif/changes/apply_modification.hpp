#pragma once
#include <ldif/changes/directory_tree.hpp>

#include <string_view>

namespace dsplan::ldif {

/// Why Active Directory would refuse any modification of this attribute of the object `dn`.
[[nodiscard]] tl::expected<void, apply_error> check_writable(std::string_view dn, modification const& change,
                                                             apply_options const& options);

/// Refuses more than one value of a single-valued attribute.
[[nodiscard]] tl::expected<void, apply_error> check_single(modification const& change, std::size_t count,
                                                           attribute_schema const& schema);

/// What is refused for a reason that names an attribute or a value of it; without a record.
[[nodiscard]] tl::unexpected<apply_error> refuse_no_values(modification const& change);
[[nodiscard]] tl::unexpected<apply_error> refuse_known_value(modification const& change,
                                                             std::string_view value);
[[nodiscard]] tl::unexpected<apply_error> refuse_repeated_value(modification const& change,
                                                                std::string_view value);
[[nodiscard]] tl::unexpected<apply_error> refuse_missing_attribute(modification const& change);
[[nodiscard]] tl::unexpected<apply_error> refuse_missing_value(modification const& change,
                                                               std::string_view value);

} // namespace dsplan::ldif
