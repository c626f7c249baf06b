#pragma once
#include <sddl/ace.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/words/explanation.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dsplan::words {

/// What was looked up once: a large change says the same ACEs again and again.
struct name_cache {
    explicit name_cache(directory::schema const& known) : rights(known) {}

    std::unordered_map<std::string, explained_ace> aces; ///< by their octets
    std::size_t kept_aces_left = 5000; ///< ACEs without a change that are still put into words: a page has no
                                       ///< room for those of a large change
    directory::class_rights_cache rights;
};

/// What GUIDs and SIDs of a change are called.
struct name_context {
    directory::schema const& known;
    sddl::domain_sids sids;                         ///< for aliases
    directory::snapshot const* exported = nullptr;  ///< the base; null without one
    directory::membership const* members = nullptr; ///< of the base
    name_cache* cache = nullptr;                    ///< null: everything is looked up again
    std::string planned_group{}; ///< what `nobody` stands for; empty where it stands for nothing
    std::string planned_group_dn{};

    /// The entry of the base of the object that changes so far have left with a name; null where they have
    /// not touched one. Empty without changes.
    std::function<directory::entry const*(std::string_view dn)> find_changed{};

    /// The base's name of an account, else its well-known name, else the SID.
    [[nodiscard]] std::string account(sddl::sid const& of) const;

    /// The DN of its object in the base, or of the planned group; empty where there is none.
    [[nodiscard]] std::string dn_of(sddl::sid const& of) const;

    /// The ACE as SDDL. One for a group that has no SID yet says so in its place.
    [[nodiscard]] std::string text(sddl::ace const& value) const;

    /// Whether one more ACE without a change is put into words; counts it.
    [[nodiscard]] bool takes_kept_ace() const {
        if (cache == nullptr)
            return true;
        return cache->kept_aces_left > 0 && cache->kept_aces_left-- > 0;
    }

    /// Whether an object type means something on objects of the class with some of these rights: an attribute
    /// or a set that they hold, a right that applies to them, a class of their children.
    [[nodiscard]] bool has_meaning(directory::schema_class const& of, sddl::guid const& object_type,
                                   sddl::access_mask rights) const;

    /// What a right in the hands of the account is worth, in the domains of the base.
    [[nodiscard]] standing standing_of(sddl::sid const& account) const {
        return words::standing_of(account, sids, exported);
    }

    /// Whether the base shows the account in the group, however deep.
    [[nodiscard]] bool is_in(sddl::sid const& account, sddl::sid const& group) const;

    /// The entry of that name, be it one that the changes so far have given it or that of the base; null
    /// without one.
    [[nodiscard]] directory::entry const* find(std::string_view dn) const {
        auto const* const changed = find_changed ? find_changed(dn) : nullptr;
        return changed != nullptr || exported == nullptr ? changed : exported->find(dn);
    }
};

} // namespace dsplan::words
