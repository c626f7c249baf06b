#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/paths/edge_kinds.hpp>
#include <tools/dsplan/paths/row_queries.hpp>
#include <tools/dsplan/paths/tier_zero.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Ways to tier 0 as values; `render` says them.
namespace dsplan::paths {

struct path_end {
    std::string name; ///< as people know it; of a container its DN
    std::string dn;   ///< empty for a SID that no object has
    std::string sid;  ///< empty where it has none
    std::string object_class;

    friend bool operator==(path_end const&, path_end const&) = default;
};

/// The ACE that a step rests on.
struct path_ace {
    std::string sddl;
    std::string on; ///< DN of the object in whose list it stands, or in whose attribute
    std::size_t index = 0;
    std::string origin;    ///< "explicit", "inherited from OU=Staff,…", "AdminSDHolder"
    std::string source;    ///< DN of the object that it was put on
    std::string put{};     ///< as it stands there; empty where the export does not show it
    std::string trustee{}; ///< SID

    friend bool operator==(path_ace const&, path_ace const&) = default;
};

struct path_step {
    edge_kind kind = edge_kind::member;
    path_end from{};
    path_end to{};
    std::string right{}; ///< in words; empty for what no right gives
    std::optional<path_ace> ace{};
    std::string condition{}; ///< "if …"; empty for what is decisive
    std::size_t alternatives = 0;
    bool is_new = false; ///< the change makes it

    /// False for membership and inheritance, which cost nobody an action.
    [[nodiscard]] bool is_action() const;
};

/// Who has a way.
struct path_sources {
    std::size_t accounts = 0;
    path_end through{};            ///< the account, or the group that all of them are in
    std::vector<path_end> first{}; ///< up to three accounts
    bool everybody = false;
    std::vector<object_index> objects{}; ///< the accounts
};

/// "12 accounts (through Helpdesk)", "ann", "everybody (Authenticated Users)"; not yet printable.
[[nodiscard]] std::string text_of(path_sources const& sources);

/// A part of the way without which fewer have it.
struct path_cut {
    std::size_t step = 0; ///< from 1
    std::size_t remaining = 0;
};

struct control_path {
    path_sources sources{};
    std::vector<path_step> steps{};
    strength how = strength::decisive;
    std::vector<path_cut> cuts{}; ///< where they are asked for

    /// Steps that somebody has to take.
    [[nodiscard]] std::size_t length() const;
};

/// What a change does to ways.
enum class path_change : std::uint8_t { opens, for_an_hour, within_the_hour, conditional, shortens, closes };

[[nodiscard]] std::string_view name_of(path_change what);

struct changed_path {
    path_change what = path_change::opens;
    control_path path; ///< after the change; of one that closes, before it
    std::optional<std::size_t> steps_before{};
    std::size_t new_step = 0;         ///< the first that the change makes, from 1; 0 where none is
    bool is_tier_zero_member = false; ///< an account comes into a group of tier 0
    std::string changed_object{};     ///< DN of the object whose record makes it
    std::string changed_attribute{};  ///< and the attribute; empty for a move or a new object
    std::string remaining{};          ///< of one that closes: what is left; may be empty
    std::size_t record = 0;           ///< of the change, from 1; 0 where it is not known
    std::string place{};              ///< "change.ldf:9"
};

/// A permission or a membership that ways of many go over.
struct choke_point {
    path_step step{};
    std::size_t remaining = 0; ///< accounts that keep a way without it
    std::size_t of = 0;        ///< accounts that have one with it
};

/// The fewest permissions and memberships without which nobody who was asked about has a way.
struct smallest_cut {
    std::vector<path_step> steps{};
    bool is_possible = true; ///< false: one way consists of steps that nothing takes away
    bool is_proved = true;   ///< false: the search for fewer was given up
};

struct path_report {
    std::vector<choke_point> choke_points{}; ///< where cuts are asked for; the best first
    std::optional<smallest_cut> cut{};       ///< likewise, of the ways of one account
    std::size_t tier_zero = 0;
    bool from_tier_zero = false;             ///< the account that is asked about is there already
    std::vector<path_end> tier_zero_added{}; ///< by the change
    std::vector<std::string> unmatched{};
    std::vector<path_end> kept{};        ///< of tier 0 by what they are, whatever was chosen
    std::vector<control_path> paths{};   ///< without a change; the worst first
    std::vector<changed_path> changes{}; ///< with one
    std::size_t refused = 0;             ///< candidates that the access check refused
    bool is_cut_off = false;             ///< the limit of steps ended a search
    std::size_t ran_out = 0;             ///< sources with more candidates than are tried
    std::vector<std::string> unknown{};  ///< sentences
    std::vector<std::string> not_looked_for{};

    /// Whether the export holds the permissions of all of tier 0.
    bool knows_tier_zero = true;
};

/// What is asked.
struct path_question {
    directory::snapshot const& exported;
    directory::schema const& known;
    sddl::domain_sids sids{}; ///< for aliases in ACEs
    tier_zero_choice choice{};
    std::optional<object_index> from{}; ///< only its ways
    std::optional<object_index> to{};   ///< instead of tier 0
    bool with_conditional = false;
    bool with_disabled = false;
    std::size_t steps = 8;

    /// Of `known`, where questions about one schema follow each other; made where it is null.
    std::shared_ptr<row_queries const> queries{};
};

[[nodiscard]] std::shared_ptr<row_queries const> queries_of(path_question const& asked);

/// All ways in the directory after a change that does nothing.
[[nodiscard]] path_report find_paths(path_question const& asked, effect::projection const& directory);

/// All ways in the directory before the change.
[[nodiscard]] path_report find_paths_before(path_question const& asked, effect::projection const& change);

/// What a change opens and closes.
[[nodiscard]] path_report compare_paths(path_question const& asked, effect::projection const& change);

} // namespace dsplan::paths
