#include <sddl/condition.hpp>
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
using directory::is_everybody;

constexpr sddl::sid anonymous{
    .sub_authority_count = 1, .identifier_authority = {0, 0, 0, 0, 0, 5}, .sub_authorities = {7}};

struct sid_hash {
    std::size_t operator()(sddl::sid const& value) const {
        std::size_t seed = value.sub_authority_count;
        for (auto const part : value.sub_authorities)
            seed = seed * 0x100000001B3U ^ part;
        return seed;
    }
};

// Walks down the groups of one image, again and again, with one set of marks.
class holder_search {
public:
    explicit holder_search(directory_image const& image)
        : image_(image)
        , seen_(image.objects.size())
        , kinds_(image.objects.size()) {
        for (object_index object = 0; object < image.objects.size(); ++object) {
            auto const* const exported = image.objects[object].exported;
            if (exported == nullptr || image.objects[object].is_deleted)
                continue;
            if (is_account(image, object))
                kinds_[object] = kind::account;
            else if (exported->sid && is_everybody(*exported->sid))
                kinds_[object] = kind::in_every_token;
            else if (exported->sid && exported->is_a("foreignSecurityPrincipal"))
                kinds_[object] = kind::foreign;
            if (exported->sid)
                carriers_.emplace(*exported->sid, object);
            exported->for_each(directory::attribute::sid_history, [&](std::string_view octets) {
                if (auto const sid = sddl::read_sid(std::as_bytes(std::span(octets))))
                    carriers_.emplace(*sid, object);
            });
        }
    }

    // Everything that holds a SID, groups too.
    struct found {
        std::vector<object_index> objects;
        std::vector<sddl::sid> bare; ///< SIDs that hold it, Everyone among them; objects have them or not
        std::vector<sddl::sid> outsiders; ///< members that have a SID here, and no account
        std::vector<object_index> incomplete;
        bool accounts = false; ///< one at least

        [[nodiscard]] bool everybody() const { return std::any_of(bare.begin(), bare.end(), is_everybody); }
    };

    found search(sddl::sid const& sid, std::uint32_t domain) {
        found made;
        ++round_;
        made.bare.push_back(sid);
        add_primary_members(made, sid);
        auto const [first, last] = carriers_.equal_range(sid);
        for (auto carrier = first; carrier != last; ++carrier)
            reach(made, carrier->second, domain);
        for (std::size_t next = 0; next < made.objects.size(); ++next)
            pass_on(made, made.objects[next], domain);
        return made;
    }

    /// Objects with that objectSid.
    [[nodiscard]] std::vector<object_index> carriers_of(sddl::sid const& sid) const {
        std::vector<object_index> made;
        auto const [first, last] = carriers_.equal_range(sid);
        for (auto carrier = first; carrier != last; ++carrier)
            if (image_.objects[carrier->second].exported->sid == sid)
                made.push_back(carrier->second);
        return made;
    }

private:
    void reach(found& made, object_index object, std::uint32_t domain) {
        auto const& is = image_.objects[object];
        if (seen_[object] == round_ || !counts_in(is, domain) || is.is_deleted)
            return;
        seen_[object] = round_;
        made.objects.push_back(object);
        made.accounts |= kinds_[object] == kind::account;
        if (kinds_[object] == kind::in_every_token)
            made.bare.push_back(*is.exported->sid);
        if (kinds_[object] == kind::foreign)
            made.outsiders.push_back(*is.exported->sid);
    }

    void pass_on(found& made, object_index group, std::uint32_t domain) {
        for (auto const member : image_.members[group])
            reach(made, member, domain);
        auto const outside = image_.outside.find(group);
        if (outside == image_.outside.end())
            return;
        if (!outside->second.are_known())
            made.incomplete.push_back(group);
        for (auto const& sid : outside->second.sids) {
            made.bare.push_back(sid);
            if (!is_everybody(sid))
                made.outsiders.push_back(sid);
            add_primary_members(made, sid);
        }
    }

    void add_primary_members(found& made, sddl::sid const& sid) {
        auto const members = image_.primary_members.find(sid);
        if (members == image_.primary_members.end())
            return;
        for (auto const member : members->second)
            reach(made, member, any_domain);
    }

    enum class kind : std::uint8_t { other, account, in_every_token, foreign };

    directory_image const& image_;
    std::vector<std::uint32_t> seen_;
    std::vector<kind> kinds_; // looked up once: a walk comes by very often
    std::uint32_t round_ = 0;
    std::unordered_multimap<sddl::sid, object_index, sid_hash> carriers_;
};

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
    holding(directory_image const& image, token_question const& question)
        : image_(image)
        , question_(question)
        , search_(image) {
        made_.own.resize(question.after.objects.size());
        made_.bare.resize(question.bare.size());
        for (auto const& sid : question.bare)
            sessions_.push_back(session_of(sid));
    }

    held search_all() && {
        for (std::uint32_t domain = 0; domain < image_.domains; ++domain) {
            for (std::uint32_t index = 0; index < question_.sids.size(); ++index) {
                auto const key = domain * static_cast<std::uint32_t>(question_.sids.size()) + index;
                note(search_.search(question_.sids[index], domain), key);
            }
        }
        return std::move(made_);
    }

private:
    void note(holder_search::found const& found, std::uint32_t key) {
        if (found.everybody())
            made_.by_all.push_back(key);
        for (auto const object : found.objects)
            made_.own[object].push_back(key);
        for (std::size_t index = 0; index < sessions_.size(); ++index) {
            auto const& session = sessions_[index];
            if (std::find_first_of(found.bare.begin(), found.bare.end(), session.begin(), session.end()) !=
                found.bare.end())
                made_.bare[index].push_back(key);
        }
    }

    directory_image const& image_;
    token_question const& question_;
    holder_search search_;
    std::vector<std::vector<sddl::sid>> sessions_;
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
    made.tokens_before = tokens_of(before, question.sids, question.after.domains, session);
    made.tokens_after = tokens_of(after, question.sids, question.after.domains, session);
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

std::vector<sid_holders> find_holders(directory_image const& image, std::vector<sddl::sid> const& sids) {
    holder_search search(image);
    std::vector<sid_holders> made;
    for (auto const& sid : sids) {
        auto found = search.search(sid, any_domain);
        auto const carriers = search.carriers_of(sid);
        bool const is_in_no_token =
            !carriers.empty() && std::all_of(carriers.begin(), carriers.end(), [&](object_index object) {
                return image.objects[object].scope == directory::group_scope::nowhere;
            });
        std::erase(found.outsiders, sid);
        std::sort(found.outsiders.begin(), found.outsiders.end());
        made.push_back({.accounts = found.accounts,
                        .everybody = found.everybody(),
                        .is_in_no_token = is_in_no_token,
                        .carriers = carriers,
                        .objects = std::move(found.objects),
                        .bare = std::move(found.bare),
                        .incomplete = std::move(found.incomplete),
                        .outsiders = std::move(found.outsiders)});
    }
    return made;
}

std::vector<std::string> unknown_membership_texts(directory_image const& image,
                                                  std::set<object_index> const& incomplete) {
    std::vector<std::string> made;
    for (auto const group : incomplete) {
        if (auto const* const exported = image.objects[group].exported)
            made.push_back(directory::text_of(*exported, image.outside.at(group)));
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
    auto const count = question.after.objects.size();
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
        if (!is_account(question.after, object) && !is_asked[object])
            continue;
        // What comes with the primary group of a new account is no gain.
        auto const added = question.after.default_groups.find(object);
        auto const& own_before = added == question.after.default_groups.end() ? held_before.own[object]
                                                                              : held_after.own[added->second];
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
