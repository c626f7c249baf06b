#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/directory/ds_heuristics.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace dsplan::directory {
namespace {

using sddl::named_rid;

struct protected_group {
    std::uint32_t relative_identifier;
    bool is_builtin;
    unsigned exclusion_bit; // of dSHeuristics character 16, 0 where it cannot be left out
};

// [MS-ADTS] 3.1.1.6.1, sorted by relative identifier
constexpr std::array<protected_group, 11> groups_with_members{{
    {named_rid("Domain Admins"), false, 0},
    {named_rid("Schema Admins"), false, 0},
    {named_rid("Enterprise Admins"), false, 0},
    {named_rid("Key Admins"), false, 0},            // if at all
    {named_rid("Enterprise Key Admins"), false, 0}, // if at all
    {named_rid("Administrators"), true, 0},
    {named_rid("Account Operators"), true, 1},
    {named_rid("Server Operators"), true, 2},
    {named_rid("Print Operators"), true, 4},
    {named_rid("Backup Operators"), true, 8},
    {named_rid("Replicator"), true, 0},
}};

// The object, not its members.
constexpr std::array objects_alone{named_rid("Administrator"), named_rid("krbtgt"),
                                   named_rid("Domain Controllers"),
                                   named_rid("Read-only Domain Controllers")};

bool is_builtin(sddl::sid const& sid) {
    return sid.sub_authority_count == 2 && sid.sub_authorities[0] == 32 && sid.identifier_authority[5] == 5;
}

protected_group const* find_group(sddl::sid const& sid) {
    auto const rid = sddl::relative_identifier(sid);
    auto const found =
        std::find_if(groups_with_members.begin(), groups_with_members.end(), [&](auto const& group) {
            return rid == group.relative_identifier &&
                   (group.is_builtin ? is_builtin(sid) : is_account_sid(sid));
        });
    return found == groups_with_members.end() ? nullptr : &*found;
}

bool is_key_admins(protected_group const& group) {
    return group.relative_identifier == named_rid("Key Admins") ||
           group.relative_identifier == named_rid("Enterprise Key Admins");
}

// Character 16 of dSHeuristics, a hexadecimal digit. [MS-ADTS] 6.1.1.2.4.1.2
unsigned exclusion_mask(snapshot const& exported) {
    for (char const digit : ds_heuristics(exported, 16)) {
        if (digit >= '0' && digit <= '9')
            return static_cast<unsigned>(digit - '0');
        if ((digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F'))
            return static_cast<unsigned>((digit | 0x20) - 'a' + 10);
    }
    return 0;
}

// Whether the task has been at a group: whether it protects Key Admins differs by the domain controllers'
// version.
bool is_protected_itself(snapshot const& exported, entry const& group) {
    auto const* const holder = find_admin_sd_holder(exported, group);
    auto const dacl_of = [](entry const* object) -> sddl::acl const* {
        bool const is_there = object != nullptr && object->descriptor != nullptr &&
                              object->descriptor->value && object->descriptor->value->dacl;
        return is_there ? &*object->descriptor->value->dacl : nullptr;
    };
    auto const* const own = dacl_of(&group);
    auto const* const held = dacl_of(holder);
    return group.number(attribute::admin_count) == 1 && own != nullptr &&
           (held == nullptr ? group.descriptor->value->has(sddl::control_bit::dacl_protected)
                            : own->aces == held->aces);
}

} // namespace

bool is_privileged_group(sddl::sid const& group) {
    auto const* const found = find_group(group);
    return found != nullptr && !is_key_admins(*found);
}

protected_accounts::protected_accounts(snapshot const& exported, membership const& members,
                                       protection_rules const& rules) {
    unsigned const excluded = exclusion_mask(exported);
    for (entry const& object : exported.entries()) {
        if (!object.sid)
            continue;
        auto const rid = sddl::relative_identifier(*object.sid);
        if (is_account_sid(*object.sid) && rid &&
            std::find(objects_alone.begin(), objects_alone.end(), *rid) != objects_alone.end())
            protected_.emplace(&object, protection{});
        auto const* const group = find_group(*object.sid);
        if (group == nullptr || (group->exclusion_bit & excluded) != 0 ||
            (is_key_admins(*group) && !rules.key_admins && !is_protected_itself(exported, object)))
            continue;
        protected_.emplace(&object, protection{&object});
        for (entry const* const member : members.all_members_of(object))
            if (auto const [held, added] = protected_.emplace(member, protection{&object});
                !added && held->second.through == nullptr)
                held->second = protection{&object};
    }
    for (entry const& object : exported.entries())
        if (object.number(attribute::admin_count).value_or(0) == 1)
            protected_.emplace(&object, protection{nullptr, true});
}

std::optional<protection> protected_accounts::find(entry const& account) const {
    auto const found = protected_.find(&account);
    return found == protected_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace dsplan::directory
