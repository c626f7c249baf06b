#pragma once
#include <sddl/bytes.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/forms/descriptor_form.hpp>

#include <tl/expected.hpp>

#include <string>
#include <string_view>

namespace dsplan {

/// The descriptor as a JSON object, described by render/descriptor.schema.json. Nothing is lost:
/// the octets that the descriptor was read from can be written again from it.
[[nodiscard]] std::string descriptor_json(sddl::security_descriptor const& descriptor,
                                          sddl::domain_sids const& sids, bool on_one_line);

/// Reads such an object. Members that only help a reader ("sddl", "type_name") are not looked at.
[[nodiscard]] tl::expected<sddl::security_descriptor, descriptor_problem>
read_descriptor_json(std::string_view text);

/// "0100048c": two lower-case digits for each octet.
[[nodiscard]] std::string hex_text(sddl::byte_view octets);

} // namespace dsplan
