#include <sddl/permission.hpp>
#include <tools/dsplan/words/judge/ace_judge.hpp>
#include <tools/dsplan/words/object_kind.hpp>
#include <tools/dsplan/words/rights.hpp>
#include <tools/dsplan/words/type_meaning.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::words {
namespace {

namespace flag = sddl::ace_flag;

constexpr sddl::access_mask changing_rights =
    sddl::right_create_child | sddl::right_delete_child | sddl::right_self_write |
    sddl::right_write_property | sddl::right_delete_tree | sddl::right_control_access | sddl::right_delete |
    sddl::right_write_dac | sddl::right_write_owner;

void add_danger(std::vector<ace_danger>& found, std::string_view rule, std::string_view why) {
    auto const is_same = [rule](ace_danger const& each) {
        return each.rule == rule;
    };
    if (std::none_of(found.begin(), found.end(), is_same))
        found.push_back({rule, std::string(why)});
}

bool is_named(takeover_right const& row, sddl::guid const& object_type, object_type_reach const& meaning) {
    if (row.attribute.empty())
        return row.id == object_type;
    return std::any_of(meaning.attributes.begin(), meaning.attributes.end(),
                       [&row](auto const* each) { return each->name == row.attribute; });
}

void add_control(std::vector<ace_danger>& found, sddl::access_mask mask) {
    if (mask.contains(sddl::directory_full_control))
        add_danger(found, "takeover-full-control", "full control");
    else if (mask.contains(sddl::right_write_dac))
        add_danger(found, "takeover-permissions", "can give itself every right: WD changes the permissions");
    else if (mask.contains(sddl::right_write_owner))
        add_danger(found, "takeover-permissions",
                   "can make itself owner, and the owner changes the permissions: WO");
}

// An ACE as the judge takes it.
struct reading {
    sddl::ace const& value;
    ace_place const& place;
    sddl::access_mask mask;
    std::uint32_t targets;
};

// The kinds of the objects that it counts on: the object itself, and those below that inherit it.
std::uint32_t targets(directory::schema const& known, sddl::ace const& value, ace_place const& place) {
    std::uint32_t found = 0;
    if (!value.has(flag::inherit_only)) {
        // The list on AdminSDHolder is for the accounts and groups that it is stamped on.
        if (place.is_admin_sd_holder)
            found |= target::accounts | target::groups;
        else
            found |= place.object_class == nullptr ? target::any : targets_of(*place.object_class);
        if (place.is_domain_root)
            found |= target::domain_roots | target::containers;
    }
    if (sddl::is_inheritable(value)) {
        auto const* const heir =
            value.inherited_object_type ? known.find_class(*value.inherited_object_type) : nullptr;
        found |= heir == nullptr ? target::any & ~target::domain_roots : targets_of(*heir);
    }
    return found;
}

// A group that is known to give no power is nobody's concern; of one that is not known, the reader decides.
std::string_view group_rule(reading const& read) {
    if (read.place.is_group_with_power || read.place.is_admin_sd_holder)
        return "takeover-group";
    return read.place.is_ordinary_group && !sddl::is_inheritable(read.value) ? "" : "group-writer";
}

void add_row(std::vector<ace_danger>& found, reading const& read, takeover_right const& row) {
    if (!has_any(read.mask, row.right) || (row.targets & read.targets) == 0)
        return;
    auto const rule = row.rule == "takeover-group" ? group_rule(read) : row.rule;
    if (!rule.empty())
        add_danger(found, rule, row.why);
}

void on_every_type(std::vector<ace_danger>& found, reading const& read) {
    add_control(found, read.mask);
    if (!found.empty() && found.front().rule == "takeover-full-control")
        return;
    if (has_any(read.mask, sddl::right_write_property))
        add_danger(found, "takeover-write-all",
                   "can write every property, msDS-KeyCredentialLink and member among them");
    if (has_any(read.mask, sddl::right_control_access)) {
        if ((read.targets & target::accounts) != 0)
            add_danger(found, "takeover-reset-password",
                       "has all extended rights, Reset Password among them");
        if (read.place.is_domain_root && (read.targets & target::domain_roots) != 0)
            add_danger(found, "takeover-replication",
                       "has all extended rights, the replication of password hashes among them");
    }
    for (auto const& row : takeover_rights())
        if (row.right == sddl::right_self_write)
            add_row(found, read, row);
    if (has_any(read.mask, sddl::right_create_child) && (read.targets & target::containers) != 0)
        add_danger(found, "takeover-successor",
                   "can create objects of every class, delegated managed service accounts among them");
    if (has_any(read.mask, sddl::right_delete_child | sddl::right_delete_tree) &&
        (read.targets & target::containers) != 0)
        add_danger(found, "deletion-right", "can delete everything below");
    else if (has_any(read.mask, sddl::right_delete) && sddl::is_inheritable(read.value) &&
             (read.targets & target::containers) != 0)
        add_danger(found, "deletion-right", "can delete the objects that inherit it");
}

// A class as the object type: on objects of the class every right counts, beside the creation of children.
void on_class(std::vector<ace_danger>& found, reading read, directory::schema_class const& of) {
    constexpr std::uint32_t child_rights = (sddl::right_create_child | sddl::right_delete_child).bits;
    auto const targets = targets_of(of);
    if (targets != 0 && (targets & read.targets) == 0)
        return;
    read.targets &= targets;
    if (sddl::map_generic(read.value.mask).contains(sddl::directory_full_control))
        read.mask = sddl::directory_full_control;
    else
        read.mask.bits &= ~child_rights;
    on_every_type(found, read);
}

void on_one_type(std::vector<ace_danger>& found, reading const& read, object_type_reach const& meaning) {
    for (auto const& row : takeover_rights())
        if (is_named(row, *read.value.object_type, meaning))
            add_row(found, read, row);
    if (meaning.of_class != nullptr)
        on_class(found, read, *meaning.of_class);
}

void on_nearly_everybody(std::vector<ace_danger>& found, reading const& read) {
    bool const is_harmless = read.mask == sddl::right_control_access && read.value.object_type &&
                             is_harmless_right(*read.value.object_type);
    if (has_any(read.mask, changing_rights) && !is_harmless)
        add_danger(found, "broad-trustee", "can change something, and is nearly everybody");
}

} // namespace

std::vector<ace_danger> dangers_of(directory::schema const& known, sddl::ace const& value,
                                   ace_place const& place, standing of_trustee) {
    std::vector<ace_danger> found;
    // AdminSDHolder's list is copied as it is: on the accounts nothing inherits from it.
    bool const counts_nowhere =
        value.has(flag::inherit_only) && (!sddl::is_inheritable(value) || place.is_admin_sd_holder);
    if (!sddl::is_allow(value.type) || of_trustee == standing::administrative || counts_nowhere)
        return found;
    reading const read{value, place, meaningful_bits(value.mask, value.object_type, known),
                       targets(known, value, place)};
    if (place.may_be_a_file && is_of_file(value.mask))
        add_control(found, read.mask);
    else if (value.object_type)
        on_one_type(found, read, reach_of(known, *value.object_type));
    else
        on_every_type(found, read);
    if (of_trustee == standing::nearly_everybody && !(place.may_be_a_file && is_of_file(value.mask)))
        on_nearly_everybody(found, read);
    if (of_trustee == standing::unknown_domain && !found.empty())
        return {{"unknown-domain",
                 found.front().why + ", and is an administrator only if its domain is this one"}};
    return found;
}

} // namespace dsplan::words
