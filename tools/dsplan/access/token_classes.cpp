#include <sddl/condition.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/access/holder_search.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/directory/unknown_members.hpp>
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>
#include <variant>

namespace dsplan::access {
namespace {

using directory::everybody;

constexpr sddl::sid anonymous = sddl::named_sid("Anonymous Logon");

// SYSTEM, LOCAL SERVICE, NETWORK SERVICE: on the domain controller itself, not over the network.
bool is_local_service(sddl::sid const& sid) {
    return sid.sub_authority_count == 1 && sid.identifier_authority[5] == 5 && sid.sub_authorities[0] >= 18 &&
           sid.sub_authorities[0] <= 20;
}

using held_sids = std::vector<std::vector<std::uint32_t>>; // of each object or bare SID, ascending

struct held {
    held_sids own;
    held_sids bare;
    std::vector<std::uint32_t> by_all;
};

class holding {
public:
    holding(holder_search& everywhere, token_question const& question)
        : everywhere_(everywhere)
        , image_(everywhere.image())
        , question_(question) {
        made_.own.resize(question.after.image().objects.size());
        made_.bare.resize(question.bare.size());
        for (auto const& sid : question.bare)
            sessions_.push_back(session_of(sid));
        for (object_index object = 0; object < image_.objects.size(); ++object)
            if (is_account(image_, object))
                asked_.push_back(object);
        asked_.insert(asked_.end(), question.also.begin(), question.also.end());
        for (auto const& [account, group] : question.after.image().default_groups)
            asked_.push_back(group);
    }

    held search_all() && {
        auto const count = static_cast<std::uint32_t>(question_.sids.size());
        note(everywhere_, any_domain);
        for (std::uint32_t domain = any_domain + 1; domain < image_.domains; ++domain) {
            holder_search there(image_, domain);
            note(there, domain);
        }
        sids_above above(image_, everywhere_.carriers(), question_.sids);
        for (auto const object : asked_) {
            if (object >= image_.objects.size() || !made_.own[object].empty())
                continue;
            for (std::uint32_t domain = 0; domain < image_.domains; ++domain)
                for (auto const index : above.of(object, domain))
                    made_.own[object].push_back(domain * count + index);
        }
        return std::move(made_);
    }

private:
    void note(holder_search& search, std::uint32_t domain) {
        auto const found = search.summaries(question_.sids);
        auto key = domain * static_cast<std::uint32_t>(question_.sids.size());
        for (auto const& each : found)
            note(each, key++);
    }

    void note(holder_summary const& found, std::uint32_t key) {
        if (found.everybody())
            made_.by_all.push_back(key);
        for (std::size_t index = 0; index < sessions_.size(); ++index) {
            auto const& session = sessions_[index];
            if (std::find_first_of(found.bare.begin(), found.bare.end(), session.begin(), session.end()) !=
                found.bare.end())
                made_.bare[index].push_back(key);
        }
    }

    holder_search& everywhere_;
    directory_image const& image_;
    token_question const& question_;
    std::vector<std::vector<sddl::sid>> sessions_;
    std::vector<object_index> asked_; // accounts, and the groups that somebody asks about
    held made_;
};

std::vector<std::uint32_t> united(std::vector<std::uint32_t> const& a, std::vector<std::uint32_t> const& b) {
    std::vector<std::uint32_t> made;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(made));
    return made;
}

std::vector<sddl::security_token> tokens_of(std::vector<std::uint32_t> const& keys,
                                            std::vector<sddl::sid> const& sids, std::uint32_t domains,
                                            std::vector<sddl::sid> const& session) {
    std::vector<std::vector<sddl::sid>> made(domains, session);
    for (auto const key : keys)
        made[key / sids.size()].push_back(sids[key % sids.size()]);
    std::vector<sddl::security_token> tokens;
    for (auto& each : made)
        tokens.emplace_back(std::move(each));
    return tokens;
}

token_class make_class(token_question const& question, std::vector<std::uint32_t> before,
                       std::vector<std::uint32_t> after, std::vector<sddl::sid> const& session) {
    token_class made;
    made.tokens_before = tokens_of(before, question.sids, question.after.image().domains, session);
    made.tokens_after = tokens_of(after, question.sids, question.after.image().domains, session);
    made.before = std::move(before);
    made.after = std::move(after);
    return made;
}

} // namespace

std::vector<sddl::sid> deciding_sids(sddl::ace const& value) {
    std::vector<sddl::sid> sids{value.trustee};
    if (!sddl::is_callback(value.type))
        return sids;
    auto const condition = sddl::decode_condition(value.data);
    if (!condition)
        return sids;
    auto const add = [&](auto const& operand) {
        if (auto const* const sid = std::get_if<sddl::sid>(&operand))
            sids.push_back(*sid);
    };
    for (sddl::condition_token const& token : condition->postfix) {
        add(token);
        if (auto const* const list = std::get_if<sddl::condition_list>(&token))
            std::for_each(list->elements.begin(), list->elements.end(), add);
    }
    return sids;
}

bool stands_for_another(sddl::sid const& sid) {
    return sid == sddl::principal_self || sid == sddl::owner_rights || sid == sddl::creator_owner ||
           sid == sddl::creator_group;
}

bool counts_in(image_object const& group, std::uint32_t domain) {
    return group.scope == directory::group_scope::everywhere ||
           (group.scope == directory::group_scope::own_domain &&
            (domain == any_domain || group.domain == domain));
}

bool is_account(directory_image const& image, object_index object) {
    auto const* const exported = image.objects[object].exported;
    bool const has_sid = exported != nullptr && (exported->sid || image.objects[object].is_added);
    if (!has_sid || image.objects[object].is_deleted)
        return false;
    return directory::is_derived_from(image.classes[image.objects[object].classes], "user");
}

void unknown_memberships::add(sid_holders const& of) {
    incomplete.insert(of.incomplete.begin(), of.incomplete.end());
    untyped.insert(of.untyped.begin(), of.untyped.end());
    primary.insert(of.primary.begin(), of.primary.end());
}

void unknown_memberships::add(unknown_memberships const& other) {
    incomplete.insert(other.incomplete.begin(), other.incomplete.end());
    untyped.insert(other.untyped.begin(), other.untyped.end());
    primary.insert(other.primary.begin(), other.primary.end());
}

std::vector<std::string> unknown_memberships::texts(directory_image const& image) const {
    std::vector<std::string> made;
    for (auto const group : incomplete) {
        if (auto const* const exported = image.objects[group].exported)
            made.push_back(directory::text_of(*exported, image.outside.at(group)));
    }
    for (auto const group : untyped)
        made.push_back(directory::unknown_type_text(*image.objects[group].exported));
    for (auto const& [group, accounts] : primary) {
        std::vector<directory::entry const*> entries;
        for (auto const account : accounts)
            entries.push_back(image.objects[account].exported);
        made.push_back(directory::unknown_primary_text(entries, group));
    }
    return made;
}

std::string unseen_groups_text(directory_image const& image) {
    constexpr std::size_t shown_at_most = 3;
    std::set<std::string_view> groups;
    for (auto const& [object, names] : image.unseen_groups)
        groups.insert(names.begin(), names.end());
    if (groups.empty())
        return {};
    std::vector<std::string_view> shown;
    for (auto const name : groups)
        if (shown.size() < shown_at_most)
            shown.push_back(name);
    return fmt::format("{} in groups that the export lacks: {}{}",
                       counted(image.unseen_groups.size(), "account is", "accounts are"),
                       fmt::join(shown, "; "), groups.size() > shown.size() ? "; …" : "");
}

std::vector<sddl::sid> session_of(sddl::sid const& sid) {
    if (sid == everyone)
        return {everyone};
    if (sid == anonymous)
        return {anonymous, directory::network};
    if (is_local_service(sid))
        return {sid, everyone, authenticated_users};
    std::vector<sddl::sid> made(everybody.begin(), everybody.end());
    made.push_back(sid);
    return made;
}

token_classes make_token_classes(token_question const& question) {
    auto const& after = question.after.image();
    auto const count = after.objects.size();
    bool const is_one = &question.before == &question.after;
    auto const held_after = holding(question.after, question).search_all();
    auto const held_before = is_one ? held_after : holding(question.before, question).search_all();
    std::vector<sddl::sid> const session(everybody.begin(), everybody.end());
    std::vector<bool> is_asked(count);
    for (auto const object : question.also)
        is_asked[object] = true;
    token_classes made;
    made.class_of.assign(count, no_class);
    std::map<std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>, std::uint32_t> known;
    for (object_index object = 0; object < count; ++object) {
        if (!is_account(after, object) && !is_asked[object])
            continue;
        // What comes with the primary group of a new account is no gain.
        auto const added = after.default_groups.find(object);
        auto const& own_before =
            added == after.default_groups.end() ? held_before.own[object] : held_after.own[added->second];
        auto signature = std::pair(united(own_before, held_before.by_all),
                                   united(held_after.own[object], held_after.by_all));
        auto const [found, is_new] =
            known.emplace(std::move(signature), static_cast<std::uint32_t>(made.classes.size()));
        if (is_new)
            made.classes.push_back(make_class(question, found->first.first, found->first.second, session));
        made.classes[found->second].accounts.push_back(object);
        made.class_of[object] = found->second;
    }
    made.first_bare = static_cast<std::uint32_t>(made.classes.size());
    for (std::size_t index = 0; index < question.bare.size(); ++index)
        made.classes.push_back(make_class(question, held_before.bare[index], held_after.bare[index],
                                          session_of(question.bare[index])));
    return made;
}

} // namespace dsplan::access
