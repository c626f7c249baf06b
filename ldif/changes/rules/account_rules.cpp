// What accounts may hold, and what only one object may. MS-SAMR 3.1.1.8, MS-ADTS 3.1.1.5.1.3, 3.1.1.5.3.2
#include <ldif/attribute_description.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/changes/storage/unique_values.hpp>
#include <ldif/decimal.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <optional>

namespace dsplan::ldif {
namespace {

// Classes whose objects the security accounts manager keeps; of the domain, the auxiliary class samDomain.
constexpr std::array<std::string_view, 5> account_classes{"user", "group", "domaindns", "samdomain",
                                                          "samserver"};

bool is_of(rule_subject const& subject, std::string_view class_name) {
    auto const classes = subject.classes();
    return std::any_of(classes.begin(), classes.end(),
                       [&](auto const& it) { return subject.schema.classes().is_a(it, class_name); });
}

bool is_of_accounts(rule_subject const& subject) {
    return std::any_of(account_classes.begin(), account_classes.end(),
                       [&](auto name) { return is_of(subject, name); });
}

// Those that the object has already are refused as such.
std::size_t count_new(rule_subject const& subject, modification const& added, attribute const* before) {
    auto const is_new = [&](std::string const& value) {
        return before == nullptr ||
               std::none_of(before->values.begin(), before->values.end(), [&](auto const& old) {
                   return subject.schema.same_value(added.description, old, value);
               });
    };
    return static_cast<std::size_t>(std::count_if(added.values.begin(), added.values.end(), is_new));
}

// How many values the attribute has after all modifications.
std::size_t count_afterwards(rule_subject const& subject, std::string_view description) {
    auto const* const before = subject.target == nullptr ? nullptr : subject.target->find(description);
    std::size_t count = before == nullptr ? 0 : before->values.size();
    for (auto const& it : subject.written) {
        if (!same_description(it.description, description))
            continue;
        auto const changed = it.values.size();
        if (it.operation == modification_operation::add)
            count += count_new(subject, it, before);
        else if (it.operation == modification_operation::replace)
            count = changed;
        else
            count = changed == 0 ? 0 : count - std::min(count, changed);
    }
    return count;
}

bool writes(rule_subject const& subject, std::string_view description) {
    return std::any_of(subject.written.begin(), subject.written.end(), [description](auto const& it) {
        return same_description(it.description, description) && !it.values.empty();
    });
}

constexpr std::uint32_t global_scope = 0x2; // groupType, MS-ADTS 2.2.12
constexpr std::uint32_t local_scope = 0x4;
constexpr std::uint32_t universal_scope = 0x8;
constexpr std::uint32_t application_group = 0x30; // of Authorization Manager, which has no scope

std::optional<std::uint32_t> group_type(std::string_view text) {
    auto const value = read_decimal<std::int64_t>(text);
    bool const is_type = value && *value >= INT32_MIN && *value <= UINT32_MAX;
    return is_type ? std::optional(static_cast<std::uint32_t>(*value)) : std::nullopt;
}

// The scope that a group has now; 0 where it is not known.
std::uint32_t scope_before(rule_subject const& subject) {
    auto const* const found = subject.target == nullptr ? nullptr : subject.target->find("groupType");
    if (found == nullptr || found->values.empty())
        return 0;
    return group_type(found->values[0]).value_or(0) & (global_scope | local_scope | universal_scope);
}

// MS-SAMR 3.1.1.8.5
void check_group_type(rule_subject const& subject) {
    auto const* const text = written_value(subject.written, "groupType");
    auto const type = text == nullptr ? std::nullopt : group_type(*text);
    if (!type)
        return; // told as a value that is no number
    auto const scope = *type & (global_scope | local_scope | universal_scope);
    if (std::popcount(scope) != 1 && (*type & application_group) == 0)
        return subject.refuse_value(
            "groupType", *text, apply_fault::value_syntax, "a groupType with one scope",
            fmt::format("{}, which has {}", *text, scope == 0 ? "none" : "several"),
            "global is 2, domain local 4, universal 8; of a security group -2147483646, "
            "-2147483644, -2147483640");
    auto const before = scope_before(subject);
    if ((before | scope) == (global_scope | local_scope) && before != scope && before != 0)
        subject.refuse_value("groupType", *text, apply_fault::value_syntax,
                             fmt::format("a group that stays {} or becomes universal",
                                         before == global_scope ? "global" : "domain local"),
                             *text, "make it universal first, in a record of its own");
}

bool sets(rule_subject const& subject, std::string_view description) {
    return std::any_of(subject.written.begin(), subject.written.end(), [description](auto const& it) {
        return same_description(it.description, description) && !it.values.empty() &&
               it.operation != modification_operation::delete_values;
    });
}

struct taken {
    std::string_view description;
    bool in_domain; ///< others of the same domain alone
    std::string_view hint;
};
constexpr std::array<taken, 3> taken_once{{
    {"sAMAccountName", true, "an account name stands once in a domain"},
    {"userPrincipalName", false, "a user principal name stands once in a forest"},
    {"servicePrincipalName", false, "a service principal name stands once in a forest"},
}};

void check_taken(rule_subject const& subject, taken const& rule, std::string const& value) {
    auto const own_key = tree_key(subject.change.dn);
    auto const other =
        subject.store->unique().other_holder(rule.description, value, subject.id, [&](auto id) {
            auto const key = tree_key(subject.store->head_of(id).dn);
            return !rule.in_domain || domain_key(key) == domain_key(own_key);
        });
    if (other)
        subject.refuse_value(rule.description, value, apply_fault::value_taken,
                             fmt::format("a {} that no other object has", rule.description),
                             fmt::format("{}, which {} has", ldif::quoted(value),
                                         ldif::quoted(subject.store->head_of(*other).dn)),
                             std::string(rule.hint));
}

} // namespace

// What an account cannot be without. MS-SAMR 3.1.1.8.2, MS-ADTS 3.1.1.5.3.2
void check_kept_values(rule_subject const& subject) {
    if (subject.is_addition() || !is_of(subject, "user"))
        return;
    for (std::string_view const kept : {"sAMAccountName", "primaryGroupID"})
        for (auto const& it : subject.written) {
            bool const removes = it.values.empty() || it.operation == modification_operation::delete_values;
            if (removes && same_description(it.description, kept) && !sets(subject, kept))
                subject.refuse_value(kept, {}, apply_fault::system_owned,
                                     fmt::format("an account that keeps its {}", kept),
                                     "a modification that removes it", "replace it with another value");
        }
}

// Names that no user can log on with. MS-SAMR 3.1.1.8.4
void check_account_name(rule_subject const& subject) {
    constexpr std::string_view refused = "\"/\\[]:;|=,+*?<>";
    constexpr std::size_t longest = 20;
    auto const* const name = written_value(subject.written, "sAMAccountName");
    if (name == nullptr || !is_of(subject, "user") || is_of(subject, "computer"))
        return;
    if (auto const place = name->find_first_of(refused); place != std::string::npos)
        subject.refuse_value("sAMAccountName", *name, apply_fault::value_syntax,
                             fmt::format("an account name without {}", (*name)[place]), ldif::quoted(*name),
                             fmt::format("a user's account name takes none of {}", refused));
    else if (name->size() > longest)
        subject.doubt(apply_fault::value_syntax,
                      fmt::format("an account name of at most {} characters", longest), ldif::quoted(*name),
                      "Windows takes no longer one for a user");
}

void check_accounts(rule_subject const& subject) {
    bool const is_new = subject.is_addition() && subject.change.changetype.has_value();
    if (is_new && writes(subject, "primaryGroupID"))
        subject.refuse_value(
            "primaryGroupID", {}, apply_fault::primary_group, "an addition without primaryGroupID",
            "one with it",
            "set it in a record of its own, after one that makes the account a member of that group");
    check_group_type(subject);
    check_kept_values(subject);
    check_account_name(subject);
    if (writes(subject, "description") && is_of_accounts(subject) &&
        count_afterwards(subject, "description") > 1)
        subject.refuse_value(
            "description", {}, apply_fault::single_valued, "one value of description",
            fmt::format("{}", count_afterwards(subject, "description")),
            "users, groups and the domain take one; contacts and organizational units several");
}

void check_taken_values(rule_subject const& subject) {
    for (auto const& rule : taken_once)
        for (auto const& it : subject.written)
            if (it.operation != modification_operation::delete_values &&
                same_description(it.description, rule.description))
                for (auto const& value : it.values)
                    check_taken(subject, rule, value);
}

} // namespace dsplan::ldif
