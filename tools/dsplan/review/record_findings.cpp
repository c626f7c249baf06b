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

bool is_deletion(ldif::record const& change) {
    return change.changetype == change_type::delete_entry ||
           change.changetype == change_type::ntds_schema_delete;
}

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
    return is_deletion(change) &&
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
    if (is_deletion(change) && !critical.empty())
        findings.add("critical-object-deleted", critical, seen);
    if (deletes_tree(change))
        findings.add("tree-delete", "the object and everything below it is deleted", seen);
    if (is_deletion(change) && object.holds_administrators && critical.empty())
        findings.add("critical-object-deleted", "a container of administrators", seen);
    if (change.renamed)
        judge_rename(change, critical, findings);
}

} // namespace dsplan::review
