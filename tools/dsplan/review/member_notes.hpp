#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/review/group_powers.hpp>
#include <tools/dsplan/review/review.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::review {

/// What a new member of a group may do: what the base grants the group, and what the changes so far do.
class member_notes {
public:
    explicit member_notes(words::name_context const& names);

    /// A change before grants what the ACEs of `after` say that `before` lacks; null stands for no list.
    void remember(sddl::security_descriptor const& after, sddl::security_descriptor const* before,
                  changed_object const& object, finding_list const& findings);

    /// Sentences; empty where the base does not have the group.
    [[nodiscard]] std::vector<std::string> of(changed_object const& group);

private:
    struct grants {
        std::vector<std::string> told; ///< in words
        std::size_t more = 0;
    };

    words::name_context const& names_;
    std::optional<group_powers> powers_;  // with a base
    std::map<sddl::sid, grants> granted_; // by the changes so far
};

/// Adds account and class to values that are the names of members.
void name_members(attribute_reading& made, words::name_context const& names);

} // namespace dsplan::review
