#pragma once
#include <sddl/ace.hpp>
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/directory/identity.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/effect/change_application.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::effect {

/// When a gain or loss is true: AdminSDHolder's task replaces the descriptors of protected accounts within
/// the hour.
enum class right_time : std::uint8_t {
    lasting,
    until_task, ///< the task takes it back
    after_task, ///< only once the task has run
};

/// ", for up to an hour: until AdminSDHolder's task runs"; empty for what lasts.
[[nodiscard]] std::string_view time_text(right_time when);

/// One right that is gained or lost on objects of one class.
struct right_change {
    bool gained = true;
    right_time when = right_time::lasting;
    std::string right;        ///< "write msDS-KeyCredentialLink"
    std::string object_class; ///< lDAPDisplayName
    std::size_t objects = 0;
    std::vector<std::string> first; ///< DNs of up to three of them
    bool takes_over = false;        ///< the right gives control of the objects, or of what they stand for
    std::size_t privileged = 0;     ///< protected accounts, domain controllers and domain roots among them
    std::vector<std::string> first_privileged{}; ///< DNs of up to three of these

    friend bool operator==(right_change const&, right_change const&) = default;
};

/// Accounts with the same gains and losses.
struct account_change {
    std::vector<std::string> accounts; ///< names, sorted, groups that hold everybody first; "SELF" for each
                                       ///< object on itself
    std::vector<right_change> rights;
    bool includes_everybody = false;
    std::vector<directory::identity> identities{}; ///< the same accounts, in the same order
};

enum class unchanged_reason : std::uint8_t {
    protected_account,   ///< AdminSDHolder's descriptor is on it
    blocked_inheritance, ///< its own list, or that of a container above, inherits nothing
    denied,              ///< an ACE before it denies the same
    had_it,              ///< it made no difference: another ACE says the same
    class_mismatch,      ///< the ACE is for objects of another class
    one_level,           ///< the ACE goes one level down only
    unknown,             ///< a descriptor that the export lacks
};

/// "protected account", "blocked inheritance", …
[[nodiscard]] std::string_view reason_text(unchanged_reason why);

/// Objects in the scope of a changed ACE where it changes nothing, of one class and for one reason.
struct unchanged_objects {
    unchanged_reason why = unchanged_reason::unknown;
    std::string because;      ///< DN of the container that blocks; may be empty
    std::string object_class; ///< lDAPDisplayName
    std::size_t objects = 0;
    std::vector<std::string> dns; ///< all of them, by tree order; empty for a class mismatch
};

/// One ACE that the change adds to or takes from an object, and how far it reaches.
struct scope_of_ace {
    bool added = true;
    std::string on; ///< DN of the object whose own ACE it is
    sddl::ace value;
    std::string planned_trustee{}; ///< the name of a trustee that has no SID yet; empty for every other
    std::size_t changed = 0;       ///< objects whose descriptor it changes effectively
    std::vector<unchanged_objects> unchanged;
};

/// What a change does.
struct effect {
    change_summary summary;
    std::vector<account_change> changes;
    std::vector<scope_of_ace> scopes;
    std::size_t descriptors_changed = 0; ///< objects whose stored descriptor is another one
    std::size_t newly_protected = 0;     ///< accounts that AdminSDHolder takes
    std::size_t settled_first = 0; ///< protected accounts that were taken as if AdminSDHolder's task had run
    std::size_t inherited_first = 0;  ///< objects that were taken to have what the containers above give
    std::vector<std::string> unknown; ///< what could not be known, with counts; sentences

    /// Whether what is not told here does not happen.
    [[nodiscard]] bool is_all_known() const {
        return unknown.empty() && summary.not_followed.empty() && summary.refused.empty();
    }
};

struct prediction_options {
    bool runs_protection_task = true; ///< false for a server without AdminSDHolder's task
    directory::protection_rules rules{};
    bool requires_parents = true; ///< false for an export that was filtered
};

/// The directory before a change and after it, everything propagated.
struct projection {
    access::directory_image before;
    access::directory_image after;
    std::vector<bool> is_protected; ///< after the change, one an object; empty where no task runs
    std::vector<sddl::security_descriptor const*>
        until_task; ///< after the change, before the task runs, one an object; empty where that is the same
    change_summary summary;
    std::size_t newly_protected = 0;
    std::size_t settled_first = 0;
    std::size_t inherited_first = 0;
    std::size_t unsettled = 0; ///< protected accounts whose AdminSDHolder descriptor the export lacks
};

/// Applies the changes to the export and propagates. Protected accounts whose AdminSDHolder is not in the
/// export have no known descriptor: within the hour they get one that nobody here has seen. Records that the
/// directory would refuse change nothing, and stand in the summary. Error: temporary files that fail.
[[nodiscard]] result<projection> project(change_context const& context, directory::membership const& members,
                                         std::span<ldif::record const> changes,
                                         prediction_options const& options = {});

/// Compares who may do what before and after.
///
/// Accounts that no descriptor tells apart are evaluated once, objects with the same descriptors and class
/// too.
[[nodiscard]] effect compare(change_context const& context, projection const& change);

/// The same for changes that were applied to the objects of the export.
[[nodiscard]] result<projection> project(change_context const& context, directory::membership const& members,
                                         change_application const& applied,
                                         prediction_options const& options = {});

/// Both.
[[nodiscard]] result<effect> predict(change_context const& context, directory::membership const& members,
                                     std::span<ldif::record const> changes,
                                     prediction_options const& options = {});

} // namespace dsplan::effect
