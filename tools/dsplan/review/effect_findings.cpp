#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/effect_findings.hpp>
#include <tools/dsplan/words/judge/ace_judge.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace dsplan::review {
namespace {

using effect::account_change;
using effect::right_change;

using names_of_objects = std::set<std::string, std::less<>>; // normalised

names_of_objects created_by(std::span<ldif::record const> changes) {
    names_of_objects made;
    for (auto const& change : changes)
        if (!change.attributes.empty())
            if (auto name = ldif::normalize(change.dn))
                made.insert(*std::move(name));
    return made;
}

// Whether the gain is on objects that were there before the change; of many the first ones speak for all.
bool is_on_old_objects(right_change const& gain, names_of_objects const& created) {
    return gain.first.empty() || std::any_of(gain.first.begin(), gain.first.end(), [&](auto const& dn) {
               auto const name = ldif::normalize(dn);
               return !name || !created.contains(*name);
           });
}

// What the right gives away, asked as an ACE on an object of the class.
bool takes_over(right_change const& gain, words::name_context const& names) {
    auto const right = words::parse_right(gain.right, names.known);
    if (!right)
        return gain.right == "all extended rights" || gain.right == "write all properties";
    sddl::ace value{.type = sddl::ace_type::access_allowed_object,
                    .mask = right->mask,
                    .object_type = right->type,
                    .inherited_object_type = {},
                    .trustee = {},
                    .data = {}};
    auto const* const of = names.known.find_class(gain.object_class);
    words::ace_place const place{
        .object_class = of, .is_domain_root = gain.object_class == "domainDNS", .is_ordinary_group = true};
    auto const dangers = words::dangers_of(names.known, value, place, words::standing::ordinary);
    return std::any_of(dangers.begin(), dangers.end(),
                       [](auto const& each) { return each.rule.starts_with("takeover-"); });
}

// The most harmful first.
int rank(right_change const& gain) {
    constexpr std::array<std::string_view, 6> classes{
        "domainDNS", "group", "user", "computer", "groupPolicyContainer", "organizationalUnit"};
    auto const* const found = std::find(classes.begin(), classes.end(), gain.object_class);
    return static_cast<int>(found - classes.begin());
}

// Accounts by the names that an effect calls them by.
class account_names {
public:
    explicit account_names(words::name_context const& names) : names_(names) {
        if (names.exported == nullptr)
            return;
        for (auto const& each : names.exported->entries())
            if (each.sid)
                entries_[directory::account_name(each)].push_back(&each);
    }

    // One of several of that name speaks for none: it is ordinary then.
    [[nodiscard]] bool is_administrator(std::string_view account) const {
        auto const name = account.substr(0, account.find(" ("));
        if (auto const sid = sddl::parse_sid(name))
            return names_.standing_of(*sid) == words::standing::administrative;
        auto const found = entries_.find(name);
        if (found == entries_.end() || found->second.size() != 1 || names_.members == nullptr)
            return account == "SELF";
        auto const& entry = *found->second.front();
        auto const groups = names_.members->all_groups_of(entry);
        return names_.standing_of(*entry.sid) == words::standing::administrative ||
               std::any_of(groups.begin(), groups.end(), [this](auto const* each) {
                   return each->sid && names_.standing_of(*each->sid) == words::standing::administrative;
               });
    }

    // Whether the gain is an account's on itself and on nothing else.
    [[nodiscard]] bool is_on_itself(std::vector<std::string> const& accounts,
                                    right_change const& gain) const {
        auto const found = accounts.size() == 1 ? entries_.find(accounts.front()) : entries_.end();
        return found != entries_.end() && found->second.size() == 1 && gain.objects == 1 &&
               !gain.first.empty() && gain.first.front() == found->second.front()->dn;
    }

private:
    words::name_context const& names_;
    std::map<std::string, std::vector<directory::entry const*>, std::less<>> entries_;
};

std::string who_text(std::vector<std::string> const& accounts) {
    return accounts.size() == 1
               ? accounts.front()
               : fmt::format("{} and {}", accounts.front(),
                             counted(accounts.size() - 1, "other account", "other accounts"));
}

std::string gain_text(right_change const& gain) {
    return gain.objects == 1 && !gain.first.empty()
               ? fmt::format("{} on {}", gain.right, gain.first.front())
               : fmt::format(
                     "{} on {}", gain.right,
                     counted(gain.objects, gain.object_class + " object", gain.object_class + " objects"));
}

void add_finding(std::vector<std::string> const& accounts, std::vector<right_change const*> const& gains,
                 finding_list const& findings) {
    constexpr std::size_t at_most = 8;
    std::vector<evidence> seen;
    for (auto const* const gain : gains)
        if (seen.size() < at_most)
            seen.push_back({gain->first.empty() ? std::string() : gain->first.front(), {}, gain_text(*gain)});
    findings.add("effect-takeover",
                 fmt::format("{} would gain: {}{}", who_text(accounts), gain_text(*gains.front()),
                             gains.size() == 1
                                 ? ""
                                 : fmt::format(", and {}", counted(gains.size() - 1, "more such right",
                                                                   "more such rights"))),
                 std::move(seen));
}

} // namespace

void find_in_effect(effect::effect const& computed, std::span<ldif::record const> changes,
                    words::name_context const& names, finding_list const& findings) {
    auto const created = created_by(changes);
    account_names const known(names);
    for (account_change const& each : computed.changes) {
        std::vector<right_change const*> gains;
        for (auto const& gain : each.rights)
            if (gain.gained && !known.is_on_itself(each.accounts, gain) && is_on_old_objects(gain, created) &&
                takes_over(gain, names))
                gains.push_back(&gain);
        std::vector<std::string> accounts;
        for (auto const& account : each.accounts)
            if (!gains.empty() && !known.is_administrator(account))
                accounts.push_back(account);
        if (gains.empty() || accounts.empty())
            continue;
        std::stable_sort(gains.begin(), gains.end(),
                         [](auto const* left, auto const* right) { return rank(*left) < rank(*right); });
        add_finding(accounts, gains, findings);
    }
}

} // namespace dsplan::review
