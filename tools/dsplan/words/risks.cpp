#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace dsplan::words {
namespace {

/// A right that lets its holder take more than its name says.
struct dangerous_object {
    std::string_view id;
    sddl::access_mask right;
    std::string_view why;
};

// [MS-ADTS] 5.1.3.2.1, [MS-ADA2]
constexpr std::array<dangerous_object, 6> dangerous_objects{{
    {"00299570-246d-11d0-a768-00aa006e0529", sddl::right_control_access,
     "can set a new password without the old one"},
    {"1131f6ad-9c07-11d1-f79f-00c04fc2dcd2", sddl::right_control_access,
     "can, with Replicating Directory Changes, read every password hash of the domain"},
    {"5b47d60f-6090-40b2-9f37-2a4de88f3063", sddl::right_write_property,
     "can add a key of its own to the account and log on as it"},
    {"9b026da6-0d3c-465c-8bee-5199d7165cba", sddl::right_write_property,
     "covers msDS-KeyCredentialLink: can add a key of its own to the account and log on as it"},
    {"3f78c3e5-f79a-46bd-a0b8-9d18116ddc79", sddl::right_write_property,
     "can choose who may act as other users towards this computer"},
    {"bf9679c0-0de6-11d0-a285-00aa003049e2", sddl::right_write_property, "can put anybody into the group"},
}};

constexpr sddl::access_mask changing_rights =
    sddl::right_create_child | sddl::right_delete_child | sddl::right_write_property |
    sddl::right_delete_tree | sddl::right_delete | sddl::right_write_dac | sddl::right_write_owner;

bool is_everybody(sddl::sid const& account) {
    constexpr std::array<std::string_view, 5> aliases{"WD", "AU", "AN", "BU", "BG"};
    return std::any_of(aliases.begin(), aliases.end(), [&account](std::string_view alias) {
        return sddl::find_alias(alias)->value == account;
    });
}

// Who holds the directory anyway.
bool is_administrative(sddl::sid const& account, sddl::domain_sids const& sids) {
    auto const* const row = sddl::find_well_known(account, sids);
    constexpr std::array<std::string_view, 8> aliases{"BA", "SY", "DA", "EA", "SA", "CO", "OW", "ED"};
    return row && std::find(aliases.begin(), aliases.end(), row->alias) != aliases.end();
}

std::optional<std::string> control_reason(sddl::access_mask mask) {
    if (mask.contains(sddl::directory_full_control))
        return "full control";
    if (mask.contains(sddl::right_write_dac))
        return "can give itself every right: WD changes the permissions";
    if (mask.contains(sddl::right_write_owner))
        return "can make itself owner, and the owner changes the permissions: WO";
    return std::nullopt;
}

std::optional<std::string> object_reason(sddl::ace const& value, sddl::access_mask mask) {
    for (auto const& row : dangerous_objects)
        if (mask.contains(row.right) && value.object_type == sddl::parse_guid(row.id).value())
            return std::string(row.why);
    if (value.object_type)
        return std::nullopt;
    if (mask.contains(sddl::right_write_property))
        return "can write every property, msDS-KeyCredentialLink and member among them";
    if (mask.contains(sddl::right_control_access))
        return "has all extended rights, Reset Password among them";
    return std::nullopt;
}

// FR, FX and KR say that this is a file or a key, where the bits of the other rights only read.
bool only_reads(sddl::access_mask mask) {
    return mask.bits == 0x120089 || mask.bits == 0x1200A0 || mask.bits == 0x20019;
}

std::optional<std::string> reason(sddl::ace const& value, sddl::domain_sids const& sids) {
    if (!sddl::is_allow(value.type) || only_reads(value.mask) || is_administrative(value.trustee, sids))
        return std::nullopt;
    auto const mask = sddl::map_generic(value.mask);
    auto found = value.object_type ? std::nullopt : control_reason(mask);
    if (!found)
        found = object_reason(value, mask);
    if (!found && is_everybody(value.trustee) && (mask & changing_rights).bits != 0)
        found = "can change something, and is nearly everybody";
    if (!found)
        return std::nullopt;
    return fmt::format("{}: {}{}", account_name(value.trustee, sids), *found,
                       sddl::is_callback(value.type) ? " (where its condition holds)" : "");
}

} // namespace

std::vector<risk> find_risks(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids) {
    std::vector<risk> risks;
    if (dacl_state(descriptor) == sddl::acl_state::null)
        risks.push_back({std::nullopt, "the DACL is NULL: everybody may do everything"});
    if (dacl_state(descriptor) == sddl::acl_state::absent)
        risks.push_back(
            {std::nullopt, "there is no DACL in this value: what it allows cannot be seen from it"});
    if (descriptor.owner && is_everybody(*descriptor.owner))
        risks.push_back(
            {std::nullopt, "the owner is nearly everybody, and the owner changes the permissions"});
    if (!descriptor.dacl)
        return risks;
    for (std::size_t index = 0; index < descriptor.dacl->aces.size(); ++index)
        if (auto found = reason(descriptor.dacl->aces[index], sids))
            risks.push_back({index, std::move(*found)});
    return risks;
}

} // namespace dsplan::words
