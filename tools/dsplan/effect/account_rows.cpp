#include <sddl/access_check.hpp>
#include <tools/dsplan/directory/identity.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/effect/account_rows.hpp>
#include <tools/dsplan/effect/harm.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::effect {
namespace {

void add_first(std::vector<access::object_index>& shown, std::vector<access::object_index> const& of) {
    constexpr std::size_t at_most = 3;
    for (std::size_t index = 0; index < of.size() && shown.size() < at_most; ++index)
        shown.push_back(of[index]);
}

bool is_row_before(right_change const& a, right_change const& b) {
    return std::tie(a.object_class, a.gained, a.right, a.when, a.objects, a.first) <
           std::tie(b.object_class, b.gained, b.right, b.when, b.objects, b.first);
}

struct are_rows_before {
    bool operator()(std::vector<right_change> const& a, std::vector<right_change> const& b) const {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), is_row_before);
    }
};

// Groups that hold everybody first.
account_change change_of(std::vector<directory::identity> holders, std::vector<right_change> const& rights) {
    std::sort(holders.begin(), holders.end(), [](directory::identity const& a, directory::identity const& b) {
        return std::tie(a.name, a.dn, a.sid) < std::tie(b.name, b.dn, b.sid);
    });
    auto const others =
        std::stable_partition(holders.begin(), holders.end(), [](directory::identity const& each) {
            return each.name.ends_with(everybody_remark);
        });
    bool const includes_everybody = others != holders.begin();
    account_change made{.accounts = {},
                        .rights = rights,
                        .includes_everybody = includes_everybody,
                        .identities = std::move(holders)};
    for (auto const& each : made.identities)
        made.accounts.push_back(each.name);
    return made;
}

} // namespace

void account_rows::add(std::uint32_t token_class, object_group const& group,
                       timed_differences const& differences) {
    if (!differences.empty())
        count(rows_[token_class], group, differences, group.objects);
}

void account_rows::add_self(object_group const& group, timed_differences const& differences,
                            std::vector<access::object_index> const& objects) {
    count(self_rows_, group, differences, objects);
}

std::vector<account_change> account_rows::summarize(access::token_classes const& tokens,
                                                    asked_trustees const& asked) const {
    std::map<std::vector<right_change>, std::vector<directory::identity>, are_rows_before> by_rows;
    auto const take = [&](rows const& from, std::vector<directory::identity> const& holders) {
        if (from.empty())
            return;
        auto& together = by_rows[words(from)];
        together.insert(together.end(), holders.begin(), holders.end());
    };
    for (auto const& [index, made] : rows_)
        take(made, holders_of(index, tokens, asked));
    take(self_rows_, {{"SELF", fmt::format("{}", sddl::principal_self), {}}});
    std::vector<account_change> changes;
    for (auto& [made, holders] : by_rows)
        changes.push_back(change_of(std::move(holders), made));
    std::stable_sort(changes.begin(), changes.end(), [](account_change const& a, account_change const& b) {
        return a.accounts < b.accounts;
    });
    return changes;
}

std::vector<directory::identity> account_rows::holders_of(std::uint32_t token_class,
                                                          access::token_classes const& tokens,
                                                          asked_trustees const& asked) const {
    std::vector<directory::identity> holders;
    for (auto const account : tokens.classes[token_class].accounts) {
        auto& holder = holders.emplace_back(directory::identity_of(*change_.after.objects[account].exported));
        holder.dn = change_.after.dn(account);
        holder.name = name_of(account, asked);
    }
    if (token_class >= tokens.first_bare) {
        auto const& bare = asked.bare[token_class - tokens.first_bare];
        holders.push_back(directory::identity_of(&context_.exported, bare,
                                                 directory::account_name(context_.exported, bare)));
    }
    return holders;
}

void account_rows::count(rows& into, object_group const& group, timed_differences const& differences,
                         std::vector<access::object_index> const& objects) const {
    std::vector<access::object_index> privileged;
    for (auto const object : objects)
        if (is_privileged(object))
            privileged.push_back(object);
    for (auto const& [gained, right, when] : differences) {
        auto& row = into[{change_.after.classes[group.classes].structural->name, !gained, right, when}];
        row.objects += objects.size();
        row.privileged += privileged.size();
        add_first(row.first, objects);
        add_first(row.first_privileged, privileged);
    }
}

bool account_rows::is_privileged(access::object_index object) const {
    constexpr std::int64_t server_trust = 0x2000;
    auto const& exported = *change_.after.objects[object].exported;
    bool const is_protected = object < change_.is_protected.size() && change_.is_protected[object];
    return is_protected || exported.is_a("domainDNS") ||
           (exported.number(directory::attribute::user_account_control).value_or(0) & server_trust) != 0;
}

std::string account_rows::name_of(access::object_index account, asked_trustees const& asked) const {
    auto const& is = change_.after.objects[account];
    auto const name = directory::account_name(*is.exported);
    if (is.is_added)
        return name + " (a new account)";
    auto const remark = asked.remarks.find(account);
    return remark == asked.remarks.end() ? name : name + std::string(remark->second);
}

std::vector<right_change> account_rows::words(rows const& from) const {
    std::vector<right_change> made;
    for (auto const& [key, row_tally] : from) {
        auto& row = made.emplace_back();
        row.object_class = std::get<0>(key);
        row.gained = !std::get<1>(key);
        row.right = std::get<2>(key);
        row.when = std::get<3>(key);
        row.objects = row_tally.objects;
        for (auto const object : row_tally.first)
            row.first.push_back(change_.after.dn(object));
        row.privileged = row_tally.privileged;
        for (auto const object : row_tally.first_privileged)
            row.first_privileged.push_back(change_.after.dn(object));
        row.takes_over = row.gained && takes_over(row.right, row.object_class, context_.known);
    }
    return made;
}

} // namespace dsplan::effect
