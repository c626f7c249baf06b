#include <ldif/changes/change_reach.hpp>
#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/alternative_name.hpp>
#include <tools/dsplan/review/record_findings.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::review {
namespace {

using ldif::change_type;

// Operations of the rootDSE that only refresh what the directory keeps. [MS-ADTS] 3.1.1.3.3
constexpr std::array refreshing_operations{
    std::string_view{"checkPhantoms"},    std::string_view{"doGarbageCollection"},
    std::string_view{"fixupInheritance"}, std::string_view{"fixupObjectState"},
    std::string_view{"recalcHierarchy"},  std::string_view{"runProtectAdminGroupsTask"},
    std::string_view{"schemaUpdateNow"},  std::string_view{"updateCachedMemberships"},
};

bool is_refreshing(std::string_view operation) {
    return std::any_of(refreshing_operations.begin(), refreshing_operations.end(),
                       [operation](std::string_view each) { return equal_ignoring_case(each, operation); });
}

void judge_operations(ldif::record const& change, finding_list const& findings) {
    for (auto const& each : change.modifications)
        if (!is_refreshing(each.description))
            findings.add("directory-operation",
                         fmt::format("the domain controller runs {}", each.description),
                         {{{}, each.description, each.values.empty() ? std::string() : each.values.front()}});
}

// The group policies that every domain is made with. [MS-GPOL] 1.9
std::string default_policy(changed_object const& object) {
    if (object.first_name == "{31b2f340-016d-11d2-945f-00c04fb984f9}")
        return "the default policy of the domain";
    return object.first_name == "{6ac1786c-016f-11d2-945f-00c04fb984f9}"
               ? "the default policy of the domain controllers"
               : std::string();
}

// Objects that guard others: by their class or, where no base says it, by the container that they lie in.
struct guard_row {
    std::string_view object_class;
    std::string_view container;
    rule_name rule;
    std::string_view words;
};
constexpr std::array guards{
    guard_row{"groupPolicyContainer", "CN=Policies", "policy-content",
              "the policy is deleted: what it sets ends"},
    guard_row{"msDS-PasswordSettings", "CN=Password Settings Container", "password-policy",
              "the password policy is deleted: that of the domain counts"},
    guard_row{"msDS-AuthNPolicy", "CN=AuthN Policies", "authentication-policy", "the policy is deleted"},
    guard_row{"msDS-AuthNPolicySilo", "CN=AuthN Silos", "authentication-policy", "the silo is deleted"},
    guard_row{"crossRef", "CN=Partitions", "critical-object-deleted",
              "the cross-reference of a naming context"},
    guard_row{"trustedDomain", "", "critical-object-deleted", "a trust"},
    guard_row{"nTDSDSA", "", "critical-object-deleted", "what makes a server a domain controller"},
};

void judge_lost_guard(changed_object const& object, finding_list const& findings) {
    auto const container = ldif::first_rdn_text(ldif::parent_text(object.dn));
    auto const is_it = [&](guard_row const& row) {
        return object.object_class.empty()
                   ? !row.container.empty() && equal_ignoring_case(container, row.container)
                   : equal_ignoring_case(object.object_class, row.object_class);
    };
    auto const* const row = std::find_if(guards.begin(), guards.end(), is_it);
    if (row != guards.end())
        findings.add(row->rule, std::string(row->words), {{std::string(object.dn), {}, {}}});
}

// Why the directory cannot do without the object; empty for ordinary ones.
std::string why_critical(changed_object const& object, std::string const& why_privileged) {
    if (object.is_domain_root)
        return "the root of a domain";
    if (object.is_admin_sd_holder)
        return "AdminSDHolder, whose list protects every administrator";
    if (object.is_controllers_container)
        return "the container of the domain controllers";
    if (object.is_domain_controller)
        return "a domain controller";
    if (object.is_krbtgt)
        return "krbtgt, whose key signs every ticket";
    if (object.is_privileged_group)
        return "a privileged group";
    if (object.is_administrator)
        return "the built-in Administrator";
    if (!why_privileged.empty())
        return why_privileged;
    if (auto policy = default_policy(object); !policy.empty())
        return policy;
    return object.is_system_container ? "a container that the directory itself uses" : std::string();
}

void judge_rename(ldif::record const& change, std::string const& critical, finding_list const& findings) {
    auto const& to = *change.renamed;
    std::vector<evidence> const seen{{change.dn, {}, to.relative_distinguished_name}};
    bool const moves =
        to.superior && ldif::normalize(*to.superior) != ldif::normalize(ldif::parent_text(change.dn));
    if (!critical.empty())
        findings.add(moves ? rule_name("critical-object-moved") : rule_name("critical-object-renamed"),
                     critical, seen);
    else if (moves)
        findings.add("moved", fmt::format("it moves below {}", *to.superior), seen);
}

} // namespace

bool deletes_tree(ldif::record const& change) {
    static constexpr std::string_view tree_delete = "1.2.840.113556.1.4.805";
    return ldif::is_deletion(change) &&
           std::any_of(change.controls.begin(), change.controls.end(),
                       [](ldif::control const& each) { return each.oid == tree_delete; });
}

void find_in_record(ldif::record const& change, changed_object const& object,
                    std::string const& why_privileged, finding_list const& findings) {
    if (change.dn.empty())
        return judge_operations(change, findings);
    if (is_alternative_name(change.dn) && object.exported == nullptr && !object.sid)
        findings.add("unresolved-name",
                     fmt::format("{}: what object it is, the review cannot tell", change.dn),
                     {{change.dn, {}, {}}});
    auto const critical = why_critical(object, why_privileged);
    std::vector<evidence> const seen{{change.dn, {}, {}}};
    if (ldif::is_deletion(change) && !critical.empty())
        findings.add("critical-object-deleted", critical, seen);
    else if (ldif::is_deletion(change))
        judge_lost_guard(object, findings);
    if (deletes_tree(change))
        findings.add("tree-delete", "the object and everything below it is deleted", seen);
    if (ldif::is_deletion(change) && object.holds_administrators && critical.empty())
        findings.add("critical-object-deleted", "a container of administrators", seen);
    if (change.renamed)
        judge_rename(change, critical, findings);
}

} // namespace dsplan::review
