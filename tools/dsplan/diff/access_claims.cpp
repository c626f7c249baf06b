#include <sddl/inherit.hpp>
#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/diff/access_claims.hpp>
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/words/right_words.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace dsplan::diff {
namespace {

// Accounts that nobody has: who stands for the object itself, and who creates one below.
constexpr sddl::sid stand_in(std::uint32_t rid) {
    return {.sub_authority_count = 5,
            .identifier_authority = {0, 0, 0, 0, 0, 5},
            .sub_authorities = {21, 0, 0, 0, rid}};
}
constexpr sddl::sid the_object = stand_in(1);
constexpr sddl::sid the_creator = stand_in(2);

// One trustee, or two that one account may be at once.
struct party {
    sddl::sid who;
    std::optional<sddl::sid> denied_by; // the other, whose ACEs deny

    friend auto operator<=>(party const&, party const&) = default;
};

bool is_role(sddl::sid const& trustee) {
    return trustee == sddl::owner_rights || trustee == sddl::creator_owner || trustee == sddl::creator_group;
}

// SYSTEM, services and ANONYMOUS LOGON are in no group of a domain; SYSTEM is in Administrators.
bool is_in_no_group(sddl::sid const& trustee) {
    constexpr std::array<std::uint32_t, 4> alone{7, 18, 19, 20};
    return trustee.sub_authority_count == 1 && trustee.identifier_authority[5] == 5 &&
           std::find(alone.begin(), alone.end(), trustee.sub_authorities[0]) != alone.end();
}

bool acts(sddl::ace const& value) {
    return !value.has(sddl::ace_flag::inherit_only) &&
           (sddl::is_allow(value.type) || sddl::is_deny(value.type));
}

// Whom a difference of two lists can concern.
class parties {
public:
    parties(sddl::security_descriptor const& before, sddl::security_descriptor const& after)
        : concerned_(access::concerned_trustees(before, after)) {
        if (concerned_.empty())
            return;
        bool const all = std::any_of(concerned_.begin(), concerned_.end(), directory::is_everybody);
        for (auto const* const side : {&before, &after}) {
            if (side->owner && (all || concerns(*side->owner)))
                found_.insert({*side->owner, {}});
            for (auto const& value : aces_of(*side)) {
                if (acts(value) && (all || concerns(value.trustee)))
                    found_.insert({value.trustee, {}});
            }
            add_pairs(*side, all);
        }
        for (auto const& trustee : concerned_)
            found_.insert({trustee, {}});
    }

    [[nodiscard]] std::set<party> const& found() const { return found_; }

private:
    static std::vector<sddl::ace> const& aces_of(sddl::security_descriptor const& from) {
        static std::vector<sddl::ace> const none;
        return from.dacl ? from.dacl->aces : none;
    }

    [[nodiscard]] bool concerns(sddl::sid const& trustee) const {
        return std::binary_search(concerned_.begin(), concerned_.end(), trustee);
    }

    // A right is decided by the first ACE for any of an account's SIDs, so what two of them decide
    // differently shows with those two alone.
    void add_pairs(sddl::security_descriptor const& from, bool all) {
        for (auto const& denial : aces_of(from)) {
            if (!acts(denial) || !sddl::is_deny(denial.type) || !can_be_paired(denial.trustee))
                continue;
            for (auto const& grant : aces_of(from)) {
                bool const meet = (sddl::map_generic(denial.mask) & sddl::map_generic(grant.mask)).bits != 0;
                if (acts(grant) && sddl::is_allow(grant.type) && meet && can_be_paired(grant.trustee) &&
                    grant.trustee != denial.trustee &&
                    (all || concerns(denial.trustee) || concerns(grant.trustee)))
                    found_.insert({grant.trustee, denial.trustee});
            }
        }
    }

    static bool can_be_paired(sddl::sid const& trustee) {
        return !directory::is_everybody(trustee) && !is_role(trustee) && !is_in_no_group(trustee);
    }

    std::vector<sddl::sid> concerned_;
    std::set<party> found_;
};

struct place {
    bool below = false;
    bool gained = false;
    std::optional<sddl::sid> denied_by;
    std::string account; // the party's name; empty where `denied_by` gathers several

    friend auto operator<=>(place const&, place const&) = default;
};

// By who has them where: the rights, and the classes of the objects.
using found_rights = std::map<place, std::map<std::string, std::set<std::string>>>;

struct two_states {
    directory::class_rights const& asked;
    sddl::security_descriptor const& before;
    sddl::security_descriptor const& after;
};

struct statement {
    place where;
    std::string rights;
    std::set<std::string> classes;

    friend auto operator<=>(statement const&, statement const&) = default;
};

// Those in two groups at once are gathered by the one that denies.
std::map<statement, std::vector<std::string>> statements(found_rights const& found) {
    std::map<statement, std::vector<std::string>> made;
    for (auto const& [where, rights] : found) {
        std::map<std::set<std::string>, std::vector<std::string>> by_classes;
        for (auto const& [right, class_names] : rights)
            by_classes[class_names].push_back(right);
        auto together = where;
        if (where.denied_by)
            together.account.clear();
        for (auto const& [class_names, words] : by_classes)
            made[{together, fmt::format("{}", fmt::join(words, ", ")), class_names}].push_back(where.account);
    }
    return made;
}

bool speaks_of_deletion(found_rights const& found) {
    return std::any_of(found.begin(), found.end(), [](auto const& each) {
        return each.second.contains(words::right_text(sddl::right_delete)) ||
               each.second.contains(words::right_text(sddl::right_delete_tree));
    });
}

std::vector<sddl::sid> session_of(two_states const& states, party const& asked) {
    if (asked.who == directory::everyone)
        return {directory::everyone};
    std::vector<sddl::sid> made(directory::everybody.begin(), directory::everybody.end());
    made.push_back(asked.who == sddl::principal_self ? the_object : asked.who);
    if (asked.who == sddl::owner_rights && states.after.owner)
        made.push_back(*states.after.owner);
    if (asked.denied_by)
        made.push_back(*asked.denied_by == sddl::principal_self ? the_object : *asked.denied_by);
    return made;
}

// Gathers rights by who has them where; the same rights on objects of several classes are said once.
class gathering {
public:
    gathering(words::name_context const& names, asked_classes const& asked) : names_(names), asked_(asked) {}

    void compare(directory::class_rights const& asked, std::string const& class_name, bool below,
                 sddl::security_descriptor const& before, sddl::security_descriptor const& after) {
        two_states const states{asked, before, after};
        parties const concerned(before, after);
        for (auto const& one : concerned.found()) {
            for (auto const& [gained, right] : differences(states, one))
                found_[{below, gained, one.denied_by, name_of(one.who)}][right].insert(class_name);
        }
    }

    [[nodiscard]] compared_access take() const {
        compared_access made{.claims = {},
                             .has_unknown_condition = has_unknown_condition_,
                             .speaks_of_deletion = speaks_of_deletion(found_)};
        for (auto const& [said, accounts] : statements(found_))
            made.claims.push_back(
                {said.where.gained ? claim_kind::wider : claim_kind::narrower,
                 fmt::format("{} by {}, for {}, {}", said.where.gained ? "wider" : "narrower", said.rights,
                             accounts_text(said.where, accounts), objects(said.where.below, said.classes))});
        return made;
    }

private:
    [[nodiscard]] std::string accounts_text(place const& where,
                                            std::vector<std::string> const& accounts) const {
        return where.denied_by ? fmt::format("accounts in both {} and {}", name_of(*where.denied_by),
                                             fmt::join(accounts, " or "))
                               : where.account;
    }

    // What a party's own ACEs make; what Everyone, all Authenticated Users or one of two trustees gain or
    // lose is said of those.
    access::right_differences differences(two_states const& states, party const& asked) {
        auto made = differences_of(states, session_of(states, asked), asked.who == sddl::principal_self);
        if (made.empty() || asked.who == directory::everyone)
            return made;
        std::vector<sddl::sid> const nobody{directory::everyone};
        auto const all = std::vector<sddl::sid>(directory::everybody.begin(), directory::everybody.end());
        take_away(made, states, directory::is_everybody(asked.who) ? nobody : all, false);
        if (!asked.denied_by)
            return made;
        take_away(made, states, session_of(states, {asked.who, {}}), asked.who == sddl::principal_self);
        take_away(made, states, session_of(states, {*asked.denied_by, {}}), false);
        return made;
    }

    void take_away(access::right_differences& made, two_states const& states, std::vector<sddl::sid> sids,
                   bool is_self) {
        for (auto const& said : differences_of(states, std::move(sids), is_self))
            made.erase(said);
    }

    access::right_differences differences_of(two_states const& states, std::vector<sddl::sid> sids,
                                             bool is_self) {
        sddl::security_token const token(std::move(sids));
        auto const self = is_self ? std::optional(the_object) : std::nullopt;
        auto made =
            access::compare_access(states.asked, {.descriptor = states.before, .token = token, .self = self},
                                   {.descriptor = states.after, .token = token, .self = self});
        has_unknown_condition_ |= made.has_unknown_condition;
        return std::move(made.rights);
    }

    [[nodiscard]] std::string name_of(sddl::sid const& trustee) const {
        return trustee == the_creator ? "the creator of an object" : names_.account(trustee);
    }

    [[nodiscard]] std::string objects(bool below, std::set<std::string> const& class_names) const {
        auto const list = fmt::format("{}", fmt::join(class_names, ", "));
        bool const is_all = class_names.size() == (below ? asked_.below : asked_.itself).size();
        if (below)
            return is_all ? "on objects below" : fmt::format("on objects below of class {}", list);
        return is_all ? "on the object itself"
                      : fmt::format("on the object itself if it is of class {}", list);
    }

    words::name_context const& names_;
    asked_classes const& asked_;
    bool has_unknown_condition_ = false;
    found_rights found_;
};

sddl::security_descriptor child_of(sddl::security_descriptor const& parent,
                                   directory::object_classes const& classes) {
    sddl::inheriting_object const child{
        .classes = directory::inheriting_classes(classes), .owner = the_creator, .group = std::nullopt};
    sddl::security_descriptor made;
    sddl::set_dacl(made, {.aces = sddl::inherited_aces(*parent.dacl, child), .slack = {}});
    return made;
}

} // namespace

compared_access compare_access(sddl::security_descriptor const& before,
                               sddl::security_descriptor const& after, words::name_context const& names,
                               asked_classes const& asked) {
    directory::class_rights_cache rights(names.known);
    gathering found(names, asked);
    for (auto const* const each : asked.itself)
        found.compare(rights.find({each, {}, {}}), std::string(each->name), false, before, after);
    for (auto const* const each : asked.below) {
        directory::object_classes const resolved{each, {}, {}};
        found.compare(rights.find(resolved), std::string(each->name), true, child_of(before, resolved),
                      child_of(after, resolved));
    }
    return found.take();
}

} // namespace dsplan::diff
