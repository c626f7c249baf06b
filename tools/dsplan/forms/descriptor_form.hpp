#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>

#include <tl/expected.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan {

/// The forms in which a security descriptor goes in and out.
enum class descriptor_form { sddl, base64, hex, binary, json };

[[nodiscard]] std::optional<descriptor_form> find_descriptor_form(std::string_view name);

/// What is wrong with an input, or odd about it.
struct descriptor_problem {
    std::size_t column = 1; ///< in the input, from 1
    std::string message;    ///< one printable line
    std::string detail;     ///< the place with a caret, and what to do: whole indented lines; may be empty
};

/// A descriptor with what is to be said about it.
struct read_descriptor {
    sddl::security_descriptor value;
    std::vector<descriptor_problem> warnings;
};

/// Reads one descriptor. `is_strict` refuses what would be a warning.
[[nodiscard]] tl::expected<read_descriptor, descriptor_problem>
read_form(std::string_view input, descriptor_form form, sddl::domain_sids const& sids, bool is_strict);

/// Writes one descriptor; JSON on one line or indented. No line end after it.
[[nodiscard]] std::string write_form(sddl::security_descriptor const& descriptor, descriptor_form form,
                                     sddl::domain_sids const& sids, bool on_one_line);

/// True for what begins as the octets of a self-relative descriptor do; no text does.
[[nodiscard]] bool starts_as_octets(std::string_view input);

} // namespace dsplan
