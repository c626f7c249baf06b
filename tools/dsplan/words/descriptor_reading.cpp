#include <sddl/write.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>
#include <tools/dsplan/words/list_difference.hpp>
#include <tools/dsplan/words/planned_trustee.hpp>

#include <fmt/format.h>

#include <array>
#include <span>

namespace dsplan::words {
namespace {

namespace bit = sddl::control_bit;
using optional_list = std::optional<sddl::acl>;

std::string owner_text(std::optional<sddl::sid> const& owner, name_context const& names) {
    return owner ? names.account(*owner) : "none";
}

std::string_view state_text(sddl::acl_state state) {
    switch (state) {
    case sddl::acl_state::absent:
        return "absent";
    case sddl::acl_state::null:
        return "NULL";
    case sddl::acl_state::present:
        break;
    }
    return "present";
}

// An ACE as `explain` tells it, with the names of the base.
explained_ace words_of(sddl::ace const& value, name_context const& names) {
    sddl::security_descriptor alone;
    sddl::set_dacl(alone, {.aces = {value}, .slack = {}});
    auto explained = explain(alone, names.sids, names.known);
    auto words = std::move(explained.dacl.aces.front());
    if (sddl::is_known_type(value.type)) {
        words.who = names.account(value.trustee);
        if (value.trustee == nobody && !names.planned_group.empty())
            words.sid.clear(); // the group has none yet
        words.dn = names.dn_of(value.trustee);
        words.raw = names.text(value);
    }
    return words;
}

std::vector<explained_ace> words_of(optional_list const& list, name_context const& names) {
    std::vector<explained_ace> words;
    if (list)
        for (auto const& value : list->aces)
            words.push_back(read_ace(value, names));
    return words;
}

struct control_row {
    std::uint16_t bits;
    std::string_view set;
    std::string_view cleared;
};

constexpr std::array<control_row, 4> dacl_control{
    {{bit::dacl_protected, "protected: inherits nothing from its parents",
      "no longer protected: inherits from its parents"},
     {bit::dacl_auto_inherited, "marked AI: inherited ACEs are kept up to date", "no longer marked AI"},
     {bit::dacl_auto_inherit_required, "marked AR", "no longer marked AR"},
     {bit::dacl_defaulted, "marked as a default", "no longer marked as a default"}}};
constexpr std::array<control_row, 4> sacl_control{
    {{bit::sacl_protected, "protected: inherits nothing from its parents",
      "no longer protected: inherits from its parents"},
     {bit::sacl_auto_inherited, "marked AI: inherited ACEs are kept up to date", "no longer marked AI"},
     {bit::sacl_auto_inherit_required, "marked AR", "no longer marked AR"},
     {bit::sacl_defaulted, "marked as a default", "no longer marked as a default"}}};

class reading_of_lists {
public:
    reading_of_lists(sddl::security_descriptor const& after, sddl::security_descriptor const* before,
                     name_context const& names)
        : after_(after)
        , before_(before)
        , names_(names) {}

    [[nodiscard]] list_reading read(std::optional<sddl::acl> sddl::security_descriptor::*list,
                                    sddl::acl_state (*state)(sddl::security_descriptor const&),
                                    std::span<control_row const> control) const {
        list_reading made;
        add_state(made, state);
        for (auto const& row : control)
            add_control(made, row);
        if (before_ == nullptr)
            add_all(made, after_.*list);
        else
            add_difference(made, before_->*list, after_.*list);
        return made;
    }

private:
    void add_state(list_reading& made, sddl::acl_state (*state)(sddl::security_descriptor const&)) const {
        auto const now = state(after_);
        if (before_ != nullptr && state(*before_) != now)
            made.notes.push_back(
                fmt::format("was {}, becomes {}", state_text(state(*before_)), state_text(now)));
        else if (before_ == nullptr && now != sddl::acl_state::present)
            made.notes.emplace_back(state_text(now));
    }

    void add_control(list_reading& made, control_row const& row) const {
        bool const now = after_.has(row.bits);
        bool const was = before_ != nullptr && before_->has(row.bits);
        if (now != was)
            made.notes.emplace_back(now ? row.set : row.cleared);
    }

    void add_all(list_reading& made, optional_list const& list) const {
        auto words = words_of(list, names_);
        for (std::size_t index = 0; index < words.size(); ++index)
            made.aces.push_back(
                {.what = mark::none, .position = index + 1, .words = std::move(words[index])});
    }

    void add_difference(list_reading& made, optional_list const& before, optional_list const& after) const {
        static std::vector<sddl::ace> const none;
        auto const& was = before ? before->aces : none;
        auto const& is = after ? after->aces : none;
        bool has_moved = false;
        bool has_others = false;
        for (auto const& change : compare_lists(was, is)) {
            if (change.what == ace_change::kind::kept) {
                ++made.unchanged;
                if (names_.takes_kept_ace())
                    made.kept.push_back(reading_of(change, was, is));
                continue;
            }
            (change.what == ace_change::kind::moved ? has_moved : has_others) = true;
            made.aces.push_back(reading_of(change, was, is));
        }
        made.only_order = has_moved && !has_others;
    }

    [[nodiscard]] ace_reading reading_of(ace_change const& change, std::vector<sddl::ace> const& was,
                                         std::vector<sddl::ace> const& is) const {
        ace_reading made;
        made.what = mark_of(change.what);
        made.position = change.after.value_or(change.before.value_or(0)) + 1;
        if (change.after && change.before)
            made.was = *change.before + 1;
        made.words = read_ace(change.after ? is[*change.after] : was[*change.before], names_);
        if (change.what == ace_change::kind::changed) {
            made.changed_from = names_.text(was[*change.before]);
            made.old = std::make_shared<explained_ace const>(read_ace(was[*change.before], names_));
        }
        return made;
    }

    static mark mark_of(ace_change::kind what) {
        switch (what) {
        case ace_change::kind::moved:
            return mark::moved;
        case ace_change::kind::added:
            return mark::added;
        case ace_change::kind::removed:
            return mark::removed;
        case ace_change::kind::changed:
            return mark::changed;
        case ace_change::kind::kept:
            break;
        }
        return mark::none;
    }

    sddl::security_descriptor const& after_;
    sddl::security_descriptor const* before_;
    name_context const& names_;
};

void add_owner(descriptor_reading& made, std::string_view what, std::optional<sddl::sid> const& after,
               std::optional<sddl::sid> const* before, name_context const& names) {
    if (before == nullptr)
        made.facts.push_back(fmt::format("{}: {}", what, owner_text(after, names)));
    else if (*before != after)
        made.facts.push_back(fmt::format("{}: was {}, becomes {}", what, owner_text(*before, names),
                                         owner_text(after, names)));
}

} // namespace

explained_ace read_ace(sddl::ace const& value, name_context const& names) {
    if (names.cache == nullptr)
        return words_of(value, names);
    sddl::byte_string octets;
    sddl::append(octets, value);
    std::string key(reinterpret_cast<char const*>(octets.data()), octets.size());
    auto const [place, is_new] = names.cache->aces.try_emplace(std::move(key));
    if (is_new)
        place->second = words_of(value, names);
    return place->second;
}

descriptor_reading read_descriptor(sddl::security_descriptor const& after,
                                   sddl::security_descriptor const* before, name_context const& names) {
    descriptor_reading made;
    made.is_difference = before != nullptr;
    add_owner(made, "owner", after.owner, before == nullptr ? nullptr : &before->owner, names);
    add_owner(made, "group", after.group, before == nullptr ? nullptr : &before->group, names);
    reading_of_lists const lists(after, before, names);
    made.dacl = lists.read(&sddl::security_descriptor::dacl, &sddl::dacl_state, dacl_control);
    made.sacl = lists.read(&sddl::security_descriptor::sacl, &sddl::sacl_state, sacl_control);
    return made;
}

} // namespace dsplan::words
