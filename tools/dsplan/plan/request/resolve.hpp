#pragma once
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/list_edit.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::plan {

/// What the names of a request mean.
struct request_context {
    directory::snapshot const& exported;
    directory::forest const& forest;
    directory::membership const& members;
    directory::schema const& known;

    /// The property set that an attribute is in.
    [[nodiscard]] std::optional<sddl::guid> property_set_of(sddl::guid const& type) const {
        auto const* const attribute = known.find_attribute(type);
        return attribute == nullptr ? std::nullopt : attribute->property_set;
    }
};

/// A trustee or member: an account of the export, or a SID alone.
struct named_account {
    directory::entry const* object = nullptr;
    std::optional<sddl::sid> sid;
    std::string name; ///< as people know it

    friend bool operator==(named_account const&, named_account const&) = default;
};

/// One permission of one table, on one object.
struct wanted_permission {
    std::size_t table = 0; ///< index into the request's tables
    permission_verb verb = permission_verb::grant;
    named_account trustee;
    list_request wish;
    std::string words; ///< "Reset Password on descendant user objects"
    bool missing_is_ok = false;
};

/// Everything that the request wants of one object's descriptor.
struct wanted_descriptor {
    directory::entry const* object = nullptr;
    std::vector<wanted_permission> permissions;
};

/// Everything that the request wants of one group's members.
struct wanted_members {
    std::size_t table = 0;
    directory::entry const* group = nullptr;
    std::vector<named_account> add;
    std::vector<named_account> remove;
    std::optional<std::vector<named_account>> exactly;
    bool missing_is_ok = false;
};

struct resolved_request {
    std::vector<wanted_descriptor> descriptors; ///< parents before their children, then by name
    std::vector<wanted_members> members;        ///< by the group's name
};

/// Finds what a request names. Errors: all of the request, each with the place of its table: an account, an
/// object, a class or a right that is not known, with the nearest names; a right that means nothing where it
/// is asked for; tables that contradict each other.
[[nodiscard]] tl::expected<resolved_request, std::vector<failure>> resolve(change_request const& request,
                                                                           request_context const& context);

} // namespace dsplan::plan
