#include <sddl/condition.hpp>
#include <tools/dsplan/access/token_classes.hpp>

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>
#include <variant>

namespace dsplan::access {
namespace {

bool is_everybody(sddl::sid const& sid) {
    return sid == everyone || sid == authenticated_users;
}

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
    explicit holder_search(directory_image const& image) : image_(image), seen_(image.objects.size()) {
        for (object_index object = 0; object < image.objects.size(); ++object) {
            auto const* const exported = image.objects[object].exported;
            if (exported == nullptr || image.objects[object].is_deleted)
                continue;
            if (exported->sid)
                carriers_.emplace(*exported->sid, object);
            exported->for_each(directory::attribute::sid_history, [&](std::string_view octets) {
                if (auto const sid = sddl::read_sid(std::as_bytes(std::span(octets))))
                    carriers_.emplace(*sid, object);
            });
        }
    }

    // Everything that holds the SID, groups too; `everybody` where Everyone does.
    struct found {
        std::vector<object_index> objects;
        bool everybody = false;
    };

    found search(sddl::sid const& sid) {
        found made;
        ++round_;
        made.everybody = is_everybody(sid);
        auto const [first, last] = carriers_.equal_range(sid);
        for (auto carrier = first; carrier != last; ++carrier)
            reach(made, carrier->second);
        for (std::size_t next = 0; next < made.objects.size(); ++next) {
            for (auto const member : image_.members[made.objects[next]])
                reach(made, member);
        }
        return made;
    }

private:
    void reach(found& made, object_index object) {
        if (seen_[object] == round_ || image_.objects[object].is_deleted)
            return;
        seen_[object] = round_;
        made.objects.push_back(object);
        auto const* const exported = image_.objects[object].exported;
        made.everybody |= exported != nullptr && exported->sid && is_everybody(*exported->sid);
    }

    directory_image const& image_;
    std::vector<std::uint32_t> seen_;
    std::uint32_t round_ = 0;
    std::unordered_multimap<sddl::sid, object_index, sid_hash> carriers_;
};

using held_sids = std::vector<std::vector<std::uint32_t>>; // of each object, ascending

struct held {
    held_sids own;
    std::vector<std::uint32_t> by_all;
};

held search_all(directory_image const& image, std::vector<sddl::sid> const& sids, std::size_t objects) {
    held result;
    result.own.resize(objects);
    holder_search search(image);
    for (std::uint32_t index = 0; index < sids.size(); ++index) {
        auto const found = search.search(sids[index]);
        if (found.everybody)
            result.by_all.push_back(index);
        for (auto const object : found.objects)
            result.own[object].push_back(index);
    }
    return result;
}

std::vector<std::uint32_t> united(std::vector<std::uint32_t> const& a, std::vector<std::uint32_t> const& b) {
    std::vector<std::uint32_t> made;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(made));
    return made;
}

sddl::security_token token_of(std::vector<std::uint32_t> const& indices, std::vector<sddl::sid> const& sids) {
    std::vector<sddl::sid> made{everyone, authenticated_users};
    for (auto const index : indices)
        made.push_back(sids[index]);
    return sddl::security_token(std::move(made));
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

bool is_account(directory_image const& image, object_index object) {
    auto const* const exported = image.objects[object].exported;
    bool const has_sid = exported != nullptr && (exported->sid || image.objects[object].is_added);
    if (!has_sid || image.objects[object].is_deleted)
        return false;
    return directory::is_derived_from(image.classes[image.objects[object].classes], "user");
}

std::vector<bool> are_held(directory_image const& image, std::vector<sddl::sid> const& sids) {
    holder_search search(image);
    std::vector<bool> held;
    for (auto const& sid : sids) {
        auto const found = search.search(sid);
        held.push_back(found.everybody ||
                       std::any_of(found.objects.begin(), found.objects.end(),
                                   [&](object_index object) { return is_account(image, object); }));
    }
    return held;
}

token_classes make_token_classes(token_question const& question, std::vector<object_index> const& also) {
    auto const count = question.after.objects.size();
    auto const held_before = search_all(question.before, question.sids, count);
    auto const held_after = search_all(question.after, question.sids, count);
    token_classes made;
    made.class_of.assign(count, no_class);
    std::map<std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>, std::uint32_t> known;
    for (object_index object = 0; object < count; ++object) {
        if (!is_account(question.after, object) && std::find(also.begin(), also.end(), object) == also.end())
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
            made.classes.push_back({.accounts = {},
                                    .before = found->first.first,
                                    .after = found->first.second,
                                    .token_before = token_of(found->first.first, question.sids),
                                    .token_after = token_of(found->first.second, question.sids)});
        made.classes[found->second].accounts.push_back(object);
        made.class_of[object] = found->second;
    }
    return made;
}

} // namespace dsplan::access
