#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/effect/harm.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/effect_findings.hpp>

#include <fmt/format.h>

#include <algorithm>
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

std::string gain_text(effect::folded_right const& gain) {
    auto const& row = gain.row;
    auto const kind = gain.classes.size() == 1 ? row.object_class + " " : std::string();
    auto const on = row.objects == 1 && !row.first.empty()
                        ? row.first.front()
                        : counted(row.objects, kind + "object", kind + "objects");
    return fmt::format("{} on {}{}", row.right, on, effect::time_text(row.when));
}

void add_finding(std::vector<std::string> const& accounts, std::vector<effect::folded_right> const& gains,
                 finding_list const& findings) {
    constexpr std::size_t at_most = 8;
    std::vector<evidence> seen;
    for (auto const& gain : gains)
        if (seen.size() < at_most)
            seen.push_back(
                {gain.row.first.empty() ? std::string() : gain.row.first.front(), {}, gain_text(gain)});
    findings.add("effect-takeover",
                 fmt::format("{} would gain: {}{}", who_text(accounts), gain_text(gains.front()),
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
        std::vector<right_change> rows;
        for (auto const& gain : each.rights)
            if (gain.gained && !known.is_on_itself(each.accounts, gain) && is_on_old_objects(gain, created))
                rows.push_back(gain);
        auto gains = effect::fold_rows(std::move(rows));
        std::erase_if(gains, [](auto const& gain) { return !gain.row.takes_over; });
        std::vector<std::string> accounts;
        for (auto const& account : each.accounts)
            if (!gains.empty() && !known.is_administrator(account))
                accounts.push_back(account);
        if (gains.empty() || accounts.empty())
            continue;
        add_finding(accounts, gains, findings);
    }
}

} // namespace dsplan::review
