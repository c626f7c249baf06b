#pragma once
#include <tools/dsplan/paths/control_paths.hpp>
#include <tools/dsplan/paths/control_walk.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dsplan::paths {

/// The directory at one time with everything that is asked of it.
class path_side {
public:
    /// `queries` must outlive it.
    path_side(directory_side const& at, row_queries const& queries, tier_zero holders,
              std::vector<object_index> const& targets);
    path_side(path_side const&) = delete; // its parts refer to each other
    path_side& operator=(path_side const&) = delete;

    [[nodiscard]] walk_result find(actor const& from, strength weakest, walk_limits const& limits) const {
        return control_walk(at_, graph_, judge_).find(from, weakest, limits);
    }
    [[nodiscard]] directory_side const& at() const { return at_; }
    [[nodiscard]] control_graph const& graph() const { return graph_; }
    [[nodiscard]] control_judge const& judge() const { return judge_; }
    [[nodiscard]] account_facts const& facts() const { return facts_; }

private:
    directory_side at_;
    tier_zero holders_;
    account_facts facts_;
    control_judge judge_;
    control_graph graph_;
};

/// Accounts that walk alike.
struct source {
    actor who;
    std::vector<object_index> accounts{}; ///< empty for a group without accounts, and a SID without an object
    std::optional<sddl::sid> bare{};
    std::string name{}; ///< of somebody that no SID stands for

    /// Whether the accounts are there and enabled before the change, and after it.
    bool counts_before = true;
    bool counts_after = true;
};

/// Who may have a way on one of the sides.
[[nodiscard]] std::vector<source> find_sources(path_question const& asked, tier_zero const& holders,
                                               std::vector<path_side const*> const& sides);

/// Steps and sources in words.
class path_words {
public:
    path_words(path_question const& asked, path_side const& side) : asked_(asked), side_(side) {}

    [[nodiscard]] control_path describe(walked_way const& way, source const& who) const;
    [[nodiscard]] path_end end_of(object_index object) const;
    [[nodiscard]] path_end end_of(sddl::sid const& sid) const;
    [[nodiscard]] path_ace ace_of(walked_step const& step) const;

    /// Whether anybody may go the way: by a group that everybody is in, or may become a member of.
    [[nodiscard]] bool is_for_everybody(walked_way const& way) const;

    /// The root of the domain whose Domain Computers the group is: whoever joins a computer there becomes a
    /// member. access::no_object for any other group, and where the export lacks the root.
    [[nodiscard]] object_index joined_domain(sddl::sid const& group) const;

private:
    void add_membership(control_path& made, walked_step const& step) const;

    path_question const& asked_;
    path_side const& side_;
};

/// Where an ACE was put, and what stands there.
struct ace_source {
    object_index object;
    sddl::ace const* put; ///< null for an inherited one that no object above has
};

/// Of an inherited ACE; any other was put on the object itself.
[[nodiscard]] ace_source source_of(directory_side const& side, object_index object, sddl::ace const& value);

/// Puts together the ways that are the same but for who goes them; the worst first.
[[nodiscard]] std::vector<control_path> together(std::vector<control_path> ways);

/// Whether `left` is worse: it is decisive, everybody has it, it is shorter, more have it.
[[nodiscard]] bool is_worse(control_path const& left, control_path const& right);

} // namespace dsplan::paths
