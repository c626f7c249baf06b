#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::review {

/// A descriptor that a record writes.
struct written_descriptor {
    changed_object const& object;
    sddl::security_descriptor const& after;
    sddl::security_descriptor const* before = nullptr; ///< of the base; null where it has none
    bool is_new_object = false;
    std::string_view attribute = "nTSecurityDescriptor";
    bool edits_the_list = false;          ///< a command adds to it; nothing is replaced
    std::optional<bool> gives_power = {}; ///< of a group of the base: its members can take over the domain

    /// True for nTSecurityDescriptor, which LDIF writes in any case of letters.
    [[nodiscard]] bool is_the_descriptor() const;

    /// True where the descriptor of an object that is there is replaced.
    [[nodiscard]] bool is_whole_write() const;

    /// The evidence that `value` is: SDDL of the descriptor or of a part.
    [[nodiscard]] evidence seen(std::string value) const;
};

/// What is risky, lost or without effect about it. Of a descriptor that the base has too, only ACEs that come
/// or change are looked at.
void find_in_descriptor(written_descriptor const& written, words::name_context const& names,
                        finding_list const& findings);

/// The ACEs one by one: what they give away, and whether they do anything. `candidates` are indices into the
/// DACL.
void find_in_aces(written_descriptor const& written, std::vector<std::size_t> const& candidates,
                  words::name_context const& names, finding_list const& findings);

/// Who owns the object then.
void find_in_owner(written_descriptor const& written, words::name_context const& names,
                   finding_list const& findings);

/// What becomes of auditing.
void find_in_audit_list(written_descriptor const& written, words::name_context const& names,
                        finding_list const& findings);

} // namespace dsplan::review
