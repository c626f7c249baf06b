#pragma once
#include <sddl/acl.hpp>
#include <sddl/permission.hpp>
#include <tools/dsplan/plan/list_cover.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace dsplan::plan {

/// What is to become of a permission in one list.
enum class list_verb : std::uint8_t {
    grant,         ///< add an ACE that allows it, unless one says so already
    deny,          ///< add an ACE that denies it
    revoke,        ///< take it from every explicit ACE that says some of it
    revoke_ace,    ///< remove the explicit ACE that says exactly this
    revoke_all_of, ///< remove every explicit ACE of the trustee with this sign
};

/// One wish about a list.
struct list_request {
    list_verb verb = list_verb::grant;
    sddl::permission said;             ///< for `revoke_all_of` the trustee and the sign alone count
    std::vector<sddl::sid> token;      ///< the trustee and the groups it is in, for `grant` and `deny`
    bool also_where_inherited = false; ///< grant though an inherited ACE says it already
    std::vector<sddl::guid>
        other_attributes; ///< of the set that `said.type` is in, to be granted apart; may be empty
};

/// What became of one wish.
enum class list_outcome : std::uint8_t {
    added,             ///< an ACE was added; with `aces`, those that said some of it already
    there_already,     ///< an explicit ACE says exactly this
    covered,           ///< explicit ACEs of the trustee say it and more
    covered_inherited, ///< inherited ACEs of the trustee say it
    removed,           ///< explicit ACEs went, or became narrower
    inherited_here,    ///< nothing explicit says it, inherited ACEs do
    nothing_there,     ///< no ACE says it
    not_expressible,   ///< no list of ACEs says what would be left; nothing was changed
};

struct list_answer {
    list_outcome what = list_outcome::added;
    std::vector<std::size_t> aces; ///< of the list before: what says it, what was changed, what is in the way
    std::vector<std::size_t> denied_by;      ///< deny ACEs that come before a grant
    std::vector<std::size_t> through_groups; ///< ACEs of a group of the trustee that say it
    std::optional<sddl::ace> added;
    sddl::inexpressible why{}; ///< for `not_expressible`

    friend bool operator==(list_answer const&, list_answer const&) = default;
};

struct edited_list {
    sddl::acl after;
    std::vector<list_answer> answers; ///< one a wish, in their order
};

/// Does all wishes to a DACL: revocations first, then denials, then grants, whatever their order; each looks
/// at the list as it is after those before it. A new ACE goes where the directory itself would keep it, and
/// no other ACE moves. Conditional ACEs never cover and are never changed; one that denies is in the way.
[[nodiscard]] edited_list edit_list(sddl::acl const& before, std::span<list_request const> wishes,
                                    sddl::property_set_of const& set_of);

/// The same to a list that other edits have changed; the answers name ACEs of the list before them.
[[nodiscard]] std::vector<list_answer> edit_list(tracked_list& aces, std::span<list_request const> wishes,
                                                 sddl::property_set_of const& set_of);

/// Puts an explicit ACE where the directory itself would keep it.
void insert(tracked_list& aces, sddl::ace const& added);

} // namespace dsplan::plan
