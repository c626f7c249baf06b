#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <optional>

namespace dsplan::effect {

/// The record that replaces an object's whole descriptor.
[[nodiscard]] ldif::record descriptor_record(std::string dn, sddl::security_descriptor const& descriptor);

/// What a domain controller does to the descriptor of one object of `change.after` after the records of the
/// change, as a record of its own; nothing where it does nothing. Written descriptors as they are stored,
/// inherited ACEs below what changed. A new object without a descriptor of its own gets none: who will own it
/// is not known. [MS-ADTS] 3.1.1.6.3
[[nodiscard]] std::optional<ldif::record> propagated_record(projection const& change,
                                                            access::object_index index);

} // namespace dsplan::effect
