#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/directory/key_survey.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/review/review.hpp>
#include <tools/dsplan/words/account_names.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace dsplan::review {

/// A value in words, and why it is not what its attribute takes.
struct read_result {
    value_reading words;
    std::string fault; ///< empty where the value is as it should be
};

/// Reads any value but a descriptor's octets.
[[nodiscard]] read_result read_value(std::string_view description, std::string_view octets,
                                     words::name_context const& names);

/// A descriptor from its octets, or from SDDL, as some exports have it; an error in one line.
[[nodiscard]] tl::expected<sddl::security_descriptor, std::string>
descriptor_of(std::string_view value, sddl::domain_sids const& sids);

using directory::linked_key;
[[nodiscard]] tl::expected<linked_key, std::string> key_of(std::string_view value);

/// A number that stands for bits; negative ones as the directory stores them.
[[nodiscard]] std::optional<std::uint32_t> bits_of(std::string_view value);

} // namespace dsplan::review
