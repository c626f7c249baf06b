#pragma once
#include <tools/dsplan/forms/descriptor_form.hpp>

#include <tl/expected.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan {

/// A descriptor in a text that names what it belongs to.
struct exported_descriptor {
    std::string object;    ///< a DN, a path; empty for a line without one
    std::string attribute; ///< empty where only one is meant
    descriptor_form form = descriptor_form::sddl;
    std::string content;              ///< octets or SDDL
    std::vector<std::string> names{}; ///< what else the object is called: `object_names`
};

/// True for LDIF: a record, or lines of one.
[[nodiscard]] bool is_ldif_text(std::string_view text);

/// The descriptors in LDIF text: nTSecurityDescriptor, defaultSecurityDescriptor, and every value that is the
/// octets of one.
[[nodiscard]] tl::expected<std::vector<exported_descriptor>, descriptor_problem>
descriptors_of_ldif(std::string_view text);

/// The descriptors in a file of icacls /save, a line with a path before each; none for other text.
[[nodiscard]] std::vector<exported_descriptor> descriptors_of_icacls(std::string_view text);

/// The one that is asked for: by object where `on` names it, with its DN or a name that its record says, else
/// the only one. An error where several objects are called so.
[[nodiscard]] tl::expected<exported_descriptor, descriptor_problem>
chosen_descriptor(std::vector<exported_descriptor> found, std::string_view on);

/// True for text that starts as SDDL does: a section letter and what may follow it.
[[nodiscard]] bool starts_as_sddl(std::string_view text);

} // namespace dsplan
