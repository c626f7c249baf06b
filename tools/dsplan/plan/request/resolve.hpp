#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/principal_index.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/list_edit.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace dsplan::plan {

/// What the names of a request mean.
struct request_context {
    directory::snapshot const& exported;
    directory::forest const& forest;
    directory::membership const& members;
    directory::schema const& known;
    directory::principal_index const* accounts = nullptr; ///< of the export, where many names are looked up

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
    std::string name;    ///< as people know it
    std::string place{}; ///< "new.csv:3", where a list names it; not compared

    friend bool operator==(named_account const& a, named_account const& b) {
        return a.object == b.object && a.sid == b.sid && a.name == b.name;
    }
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

/// That an object inherits, or no longer.
struct wanted_inheritance {
    inheritance_change set = inheritance_change::block_copy;
    bool is_of_the_sacl = false;
    bool drop_copies = false;
    std::string order; ///< "auto", "keep", "canonical"

    friend bool operator==(wanted_inheritance const&, wanted_inheritance const&) = default;
};

/// A descriptor, or parts of it, to come back to.
struct wanted_restore {
    std::optional<sddl::security_descriptor> source; ///< nothing: the default of the object's class
    bool dacl = true;
    bool owner = false;
    bool sacl = false;
    bool is_stored = false; ///< as a server keeps it, not as somebody writes it

    friend bool operator==(wanted_restore const&, wanted_restore const&) = default;
};

/// The explicit ACEs that an object is to have, and no others.
struct wanted_state {
    std::vector<sddl::permission> tolerated;
    bool drops_defaults = false;
    std::vector<sddl::permission> aces; ///< which are granted apart

    friend bool operator==(wanted_state const&, wanted_state const&) = default;
};

struct wanted_replacement {
    named_account old_trustee;
    named_account new_trustee;
    bool owners = false;
    bool audit = true;
    bool keep_old = false;

    friend bool operator==(wanted_replacement const&, wanted_replacement const&) = default;
};

struct wanted_cleaning {
    std::vector<std::string> what; ///< of `clean_words`
    bool report_only = true;
    bool export_is_complete = false;

    friend bool operator==(wanted_cleaning const&, wanted_cleaning const&) = default;
};

struct wanted_owner {
    named_account owner;
    std::optional<named_account> group;

    friend bool operator==(wanted_owner const&, wanted_owner const&) = default;
};

struct wanted_audit {
    named_account who;
    sddl::permission said; ///< as a grant says it
    std::uint8_t when = 0; ///< ace_flag::successful_access, failed_access
    bool removes = false;
    std::string words;

    friend bool operator==(wanted_audit const&, wanted_audit const&) = default;
};

/// The kinds in the order in which they happen to a descriptor: the owner first, as ACEs for CREATOR OWNER
/// are kept with the owner's; permissions before the cleaning, so that nothing is left to clean the next
/// time.
using edit_content = std::variant<wanted_owner, wanted_inheritance, wanted_restore, wanted_state,
                                  wanted_replacement, wanted_cleaning, wanted_audit>;

struct wanted_edit {
    std::size_t table = 0;
    bool is_named = true; ///< the request names the object itself, and does not find it below another
    edit_content content;
};

/// Everything that the request wants of one object's descriptor.
struct wanted_descriptor {
    directory::entry const* object = nullptr;
    std::vector<wanted_permission> permissions{};
    std::vector<wanted_edit> edits{}; ///< in the order of their kinds
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
