#include <tools/dsplan/plan/change_records.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace dsplan::plan {

ldif::record modify_record(std::string_view dn, ldif::modification_operation operation,
                           std::string_view attribute, std::string value) {
    ldif::record made;
    made.dn = dn;
    made.changetype = ldif::change_type::modify;
    made.modifications.push_back({operation, std::string(attribute), {std::move(value)}});
    return made;
}

namespace {

ldif::record descriptor_record(permission_change const& change, std::string const& octets) {
    return modify_record(change.dn, ldif::modification_operation::replace, "nTSecurityDescriptor", octets);
}

std::vector<ldif::record> importable_records(domain_changes const& changes, bool can_dsacls) {
    std::vector<ldif::record> made;
    for (permission_change const& change : changes.permissions)
        if (change.is_importable() && obstacle_to_dsacls(change).empty() == can_dsacls)
            made.push_back(descriptor_record(change, change.after));
    return made;
}

// The server does all of a record or nothing of it; ldifde and the server bound how much one may hold.
void append_member(std::vector<ldif::record>& records, member_addition const& member, bool removes) {
    constexpr std::size_t most_values = 1000;
    auto const operation =
        removes ? ldif::modification_operation::delete_values : ldif::modification_operation::add;
    if (records.empty() || records.back().dn != member.group_dn) {
        records.push_back(modify_record(member.group_dn, operation, "member", member.member_dn));
        return;
    }
    auto& modifications = records.back().modifications;
    std::size_t values = 0;
    for (auto const& each : modifications)
        values += each.values.size();
    if (values >= most_values)
        records.push_back(modify_record(member.group_dn, operation, "member", member.member_dn));
    else if (modifications.back().operation == operation)
        modifications.back().values.emplace_back(member.member_dn);
    else
        modifications.push_back({operation, "member", {member.member_dn}});
}

} // namespace

std::vector<ldif::record> group_records(domain_changes const& changes) {
    if (!changes.group)
        return {};
    constexpr std::string_view global_security_group = "-2147483646"; // [MS-ADTS] 2.2.12: 0x80000002
    ldif::record made;
    made.dn = changes.group->dn;
    made.changetype = ldif::change_type::add;
    made.attributes = {{"objectClass", "group"},
                       {"sAMAccountName", changes.group->sam_account_name},
                       {"groupType", std::string(global_security_group)}};
    return {std::move(made)};
}

std::vector<ldif::record> permission_records(domain_changes const& changes) {
    return importable_records(changes, true);
}

std::vector<ldif::record> descriptor_records(domain_changes const& changes) {
    return importable_records(changes, false);
}

std::vector<ldif::record> known_descriptor_records(domain_changes const& changes) {
    std::vector<ldif::record> made;
    for (permission_change const& change : changes.permissions)
        if (!change.after.empty())
            made.push_back(descriptor_record(change, change.after));
    return made;
}

std::vector<ldif::record> member_records(domain_changes const& changes) {
    std::vector<ldif::record> made;
    for (member_addition const& member : changes.members)
        append_member(made, member, member.removes);
    return made;
}

std::vector<ldif::record> rollback_records(domain_changes const& changes) {
    std::vector<ldif::record> made;
    for (auto member = changes.members.rbegin(); member != changes.members.rend(); ++member)
        append_member(made, *member, !member->removes);
    for (auto change = changes.permissions.rbegin(); change != changes.permissions.rend(); ++change)
        if (change->is_importable())
            made.push_back(descriptor_record(*change, change->before));
    if (changes.group) {
        auto& removed = made.emplace_back();
        removed.dn = changes.group->dn;
        removed.changetype = ldif::change_type::delete_entry;
    }
    return made;
}

} // namespace dsplan::plan
