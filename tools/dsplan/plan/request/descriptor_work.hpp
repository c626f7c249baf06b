#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/inherit.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/plan/list_cover.hpp>
#include <tools/dsplan/plan/request/planning.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::plan {

/// One object while its descriptor is edited.
struct descriptor_work {
    planning& facts;
    wanted_descriptor const& wanted;
    sddl::domain_sids sids;          ///< of the object's domain
    sddl::acl before;                ///< the DACL in the export
    sddl::security_descriptor after; ///< its DACL is that of the export until the end
    tracked_list dacl;               ///< as it is by now
    std::size_t table = 0;           ///< of the request, whose edit is at hand

    [[nodiscard]] directory::entry const& object() const { return *wanted.object; }
    [[nodiscard]] std::vector<evidence> seen(std::vector<std::size_t> const& places) const;
    [[nodiscard]] evidence seen(sddl::ace const& value) const;
    [[nodiscard]] std::vector<evidence> seen(std::vector<sddl::ace> const& values) const;
    [[nodiscard]] sddl::property_set_of set_of() const;
    void note(std::string_view rule, std::string text, std::vector<evidence> seen = {},
              std::string advice = {}) const;
    void warn(std::string_view rule, std::string text, std::vector<evidence> seen = {},
              std::string advice = {}) const;
    void stop(std::string_view rule, std::string text, std::vector<evidence> seen = {},
              std::string advice = {}) const;
};

/// Does what the request grants, denies and revokes to the list, and says what became of each.
void edit_permissions(descriptor_work& work);

/// Each does one edit of the request to the descriptor, and says what stays as it is and why.
void edit(descriptor_work& work, wanted_inheritance const& wanted);
void edit(descriptor_work& work, wanted_restore const& wanted);
void edit(descriptor_work& work, wanted_state const& wanted);
void edit(descriptor_work& work, wanted_replacement const& wanted);
void edit(descriptor_work& work, wanted_cleaning const& wanted);
void edit(descriptor_work& work, wanted_owner const& wanted);
void edit(descriptor_work& work, wanted_audit const& wanted);

/// The inherited ACEs that the object gets from the container above it; nothing where the export does not
/// hold that container's list.
[[nodiscard]] std::optional<std::vector<sddl::ace>> inherited_from_above(descriptor_work const& work,
                                                                         bool of_the_sacl);

/// How ACEs arrive at the object, with its owner as it is by now.
[[nodiscard]] sddl::inheriting_object inheriting(descriptor_work const& work);

/// Lets the list inherit, or no longer: the inherited ACEs come or go with it.
void set_protection(descriptor_work& work, bool is_protected);

} // namespace dsplan::plan
