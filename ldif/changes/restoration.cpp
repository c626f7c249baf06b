#include <ldif/attribute_description.hpp>
#include <ldif/changes/first_value.hpp>
#include <ldif/changes/restoration.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace dsplan::ldif {
namespace {

constexpr std::uint32_t account_disable = 0x2; // userAccountControl, MS-ADTS 2.2.16
constexpr std::uint32_t lockout = 0x10;
constexpr std::uint32_t server_trust = 0x2000;
constexpr std::uint32_t password_expired = 0x800000;
constexpr std::uint32_t partial_secrets = 0x4000000;

bool has_class(entry const& object, std::string_view lower_name) {
    auto const* const classes = object.find("objectClass");
    return classes != nullptr && std::any_of(classes->values.begin(), classes->values.end(),
                                             [&](auto const& it) { return equals_keyword(it, lower_name); });
}

std::uint32_t account_control(entry const& object) {
    auto const text = first_value(object, "userAccountControl");
    std::uint32_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool is_named(attribute const& it, std::string_view lower_name) {
    return equals_keyword(it.description, lower_name);
}

record modification_of(std::string dn, modification change) {
    record made;
    made.dn = std::move(dn);
    made.changetype = change_type::modify;
    made.modifications.push_back(std::move(change));
    return made;
}

bool same_name(std::string_view left, std::string_view right) {
    return normalize(left) == normalize(right);
}

// Takes the member out of the record of that group; true where it was there.
bool drop_member(std::vector<record>& links, std::string_view group) {
    bool was_there = false;
    for (auto& it : links)
        if (same_name(it.dn, group))
            was_there = std::erase_if(it.modifications, [](auto const& change) {
                            return same_description(change.description, "member");
                        }) != 0;
    std::erase_if(links, [](auto const& it) { return it.modifications.empty(); });
    return was_there;
}

// The account joins its primary group, which then becomes that: the server moves the account to the members
// of the group that it had by default.
void restore_primary_group(restoration& made, entry const& deleted, std::vector<record>& links,
                           directory_tree const& tree) {
    auto const wanted = first_value(deleted, "primaryGroupID");
    auto const given = default_primary_group(deleted);
    std::vector<record> later;
    if (!wanted.empty() && !given.empty() && wanted != given) {
        auto const group = tree.primary_group(deleted, wanted);
        auto const default_group = tree.primary_group(deleted, given);
        if (!group)
            made.left_out.push_back("primaryGroupID " + wanted + " (its group is not in the export)");
        else {
            later.push_back(modification_of(*group, {modification_operation::add, "member", {deleted.dn}}));
            later.push_back(
                modification_of(deleted.dn, {modification_operation::replace, "primaryGroupID", {wanted}}));
            if (default_group && !drop_member(links, *default_group))
                later.push_back(modification_of(
                    *default_group, {modification_operation::delete_values, "member", {deleted.dn}}));
        }
    }
    std::move(links.begin(), links.end(), std::back_inserter(made.records));
    std::move(later.begin(), later.end(), std::back_inserter(made.records));
}

std::string restored_control(std::uint32_t before) {
    return std::to_string((before | account_disable) & ~(lockout | password_expired));
}

} // namespace

std::string default_primary_group(entry const& account) {
    if (!has_class(account, "user") && !has_class(account, "computer") &&
        !has_class(account, "inetorgperson"))
        return {};
    auto const control = account_control(account);
    if ((control & partial_secrets) != 0)
        return "521";
    if ((control & server_trust) != 0)
        return "516";
    return has_class(account, "computer") ? "515" : "513";
}

bool is_password_time(std::string_view description, std::string_view value) {
    return equals_keyword(description, "pwdlastset") && value != "0" && value != "-1";
}

bool is_refused_in_additions(std::string_view description, std::string_view value) {
    return is_password_time(description, value) || is_never_read(description) ||
           equals_keyword(description, "primarygroupid") || equals_keyword(description, "sidhistory");
}

restoration restore(entry const& deleted, std::vector<record> links, directory_tree const& tree) {
    restoration made;
    auto& addition = made.records.emplace_back();
    addition.dn = deleted.dn;
    addition.changetype = change_type::add;
    auto const& schema = *tree.options().schema;
    bool const is_account = !default_primary_group(deleted).empty();
    for (auto const& it : deleted.attributes) {
        if (is_named(it, "primarygroupid"))
            continue;
        bool const is_time = is_account && is_named(it, "pwdlastset");
        if (!is_time &&
            (schema.is_outside_change_files(it.description) ||
             (!it.values.empty() && is_refused_in_additions(it.description, it.values.front())))) {
            made.left_out.push_back(it.description);
            continue;
        }
        if (it.is_open)
            made.left_out.push_back(it.description + " after the range that was exported");
        bool const is_control = is_account && is_named(it, "useraccountcontrol");
        made.is_disabled = made.is_disabled || is_control || is_time;
        for (auto const& value : it.values)
            addition.attributes.push_back({it.description, is_time ? std::string("0")
                                                           : is_control
                                                               ? restored_control(account_control(deleted))
                                                               : value});
    }
    restore_primary_group(made, deleted, links, tree);
    return made;
}

} // namespace dsplan::ldif
