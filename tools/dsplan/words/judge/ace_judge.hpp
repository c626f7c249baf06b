#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/words/judge/object_type_reach.hpp>
#include <tools/dsplan/words/judge/standing.hpp>
#include <tools/dsplan/words/judge/takeover_rights.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::words {

/// What is known of the object whose list an ACE stands in.
struct ace_place {
    directory::schema_class const* object_class = nullptr; ///< null where it is not known
    bool is_domain_root = false;
    bool is_admin_sd_holder = false;
    bool is_group_with_power = false; ///< its members can take over the domain
    bool is_ordinary_group = false;   ///< known to give no power of that kind
    bool may_be_a_file = false;       ///< nobody said that the list is a directory object's
};

/// What is dangerous about an ACE.
struct ace_danger {
    std::string_view rule; ///< of the review
    std::string why;       ///< what its trustee can do: "can set a new password without the old one"

    friend bool operator==(ace_danger const&, ace_danger const&) = default;
};

/// What the ACE gives away to somebody who does not hold the directory anyway, each rule once; empty for one
/// that allows nothing dangerous. Neither the order of the list nor a deny ACE is looked at. Every command
/// asks this function.
[[nodiscard]] std::vector<ace_danger> dangers_of(directory::schema const& known, sddl::ace const& value,
                                                 ace_place const& place, standing of_trustee);

} // namespace dsplan::words
