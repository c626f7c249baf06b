#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/review/account_names.hpp>
#include <tools/dsplan/review/review.hpp>

namespace dsplan::review {

/// The descriptor in words: whole, or where `before` is not null what differs from it.
[[nodiscard]] descriptor_reading read_descriptor(sddl::security_descriptor const& after,
                                                 sddl::security_descriptor const* before,
                                                 name_context const& names);

/// One ACE in words.
[[nodiscard]] explain::explained_ace read_ace(sddl::ace const& value, name_context const& names);

} // namespace dsplan::review
