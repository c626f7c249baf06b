#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>

namespace dsplan::review {

/// A descriptor that a record writes.
struct written_descriptor {
    changed_object const& object;
    sddl::security_descriptor const& after;
    sddl::security_descriptor const* before = nullptr; ///< of the base; null where it has none
    bool is_new_object = false;
    std::string_view attribute = "nTSecurityDescriptor";
    bool edits_the_list = false; ///< a command adds to it; nothing is replaced
};

/// What is risky, lost or without effect about it. Inherited ACEs are not looked at: the directory computes
/// them anew. Of a descriptor that the base has too, only ACEs that come or change are.
void find_in_descriptor(written_descriptor const& written, words::name_context const& names,
                        finding_list const& findings);

/// The indices of the explicit ACEs of the DACL that come or change; all explicit ones without a base.
[[nodiscard]] std::vector<std::size_t> new_aces(sddl::security_descriptor const& after,
                                                sddl::security_descriptor const* before);

/// The ACEs one by one: what they give away, and whether they do anything. `candidates` are indices into the
/// DACL.
void find_in_aces(written_descriptor const& written, std::vector<std::size_t> const& candidates,
                  words::name_context const& names, finding_list const& findings);

} // namespace dsplan::review
