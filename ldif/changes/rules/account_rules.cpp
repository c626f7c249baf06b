// What accounts may hold, and what only one object may. MS-SAMR 3.1.1.8, MS-ADTS 3.1.1.5.1.3, 3.1.1.5.3.2
#include <ldif/attribute_description.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/changes/storage/unique_values.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::ldif {
namespace {

// Classes whose objects the security accounts manager keeps; of the domain, the auxiliary class samDomain.
constexpr std::array<std::string_view, 5> account_classes{"user", "group", "domaindns", "samdomain",
                                                          "samserver"};

bool is_of_accounts(std::vector<std::string> const& classes) {
    return std::any_of(classes.begin(), classes.end(), [](auto const& it) {
        return std::any_of(account_classes.begin(), account_classes.end(),
                           [&it](auto name) { return equals_keyword(it, name); });
    });
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
        subject.refuse_value(
            rule.description, value, apply_fault::value_taken,
            fmt::format("a {} that no other object has", rule.description),
            fmt::format("{}, which {} has", quoted(value), quoted(subject.store->head_of(*other).dn)),
            std::string(rule.hint));
}

} // namespace

void check_accounts(rule_subject const& subject) {
    bool const is_new = subject.is_addition() && subject.change.changetype.has_value();
    if (is_new && writes(subject, "primaryGroupID"))
        subject.refuse_value(
            "primaryGroupID", {}, apply_fault::primary_group, "an addition without primaryGroupID",
            "one with it",
            "set it in a record of its own, after one that makes the account a member of that group");
    if (writes(subject, "description") && is_of_accounts(subject.classes()) &&
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
