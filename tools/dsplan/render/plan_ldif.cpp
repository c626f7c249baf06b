#include <ldif/writer.hpp>
#include <tools/dsplan/render/plan_ldif.hpp>

#include <string_view>

namespace dsplan::render {
namespace {

ldif::record modify(std::string_view dn, ldif::modification_operation operation, std::string_view attribute,
                    std::string value) {
    ldif::record made;
    made.dn = dn;
    made.changetype = ldif::change_type::modify;
    made.modifications.push_back({operation, std::string(attribute), {std::move(value)}});
    return made;
}

void append_descriptor(std::string& text, plan::permission_change const& change, std::string const& octets) {
    if (change.is_importable())
        ldif::write(text,
                    modify(change.dn, ldif::modification_operation::replace, "nTSecurityDescriptor", octets));
}

} // namespace

std::string group_ldif(plan::domain_changes const& changes) {
    if (!changes.group)
        return {};
    constexpr std::string_view global_security_group = "-2147483646"; // [MS-ADTS] 2.2.12: 0x80000002
    ldif::record made;
    made.dn = changes.group->dn;
    made.changetype = ldif::change_type::add;
    made.attributes = {{"objectClass", "group"},
                       {"sAMAccountName", changes.group->sam_account_name},
                       {"groupType", std::string(global_security_group)}};
    return ldif::write(made);
}

std::string permissions_ldif(plan::domain_changes const& changes) {
    std::string text;
    for (plan::permission_change const& change : changes.permissions)
        append_descriptor(text, change, change.after);
    return text;
}

std::string members_ldif(plan::domain_changes const& changes) {
    std::string text;
    for (plan::member_addition const& member : changes.members)
        ldif::write(text,
                    modify(member.group_dn, ldif::modification_operation::add, "member", member.member_dn));
    return text;
}

std::string rollback_ldif(plan::domain_changes const& changes) {
    std::string text;
    for (auto member = changes.members.rbegin(); member != changes.members.rend(); ++member)
        ldif::write(text, modify(member->group_dn, ldif::modification_operation::delete_values, "member",
                                 member->member_dn));
    for (auto change = changes.permissions.rbegin(); change != changes.permissions.rend(); ++change)
        append_descriptor(text, *change, change->before);
    if (changes.group) {
        ldif::record removed;
        removed.dn = changes.group->dn;
        removed.changetype = ldif::change_type::delete_entry;
        ldif::write(text, removed);
    }
    return text;
}

} // namespace dsplan::render
