#pragma once
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/directory/identity.hpp>
#include <tools/dsplan/effect/asked_trustees.hpp>
#include <tools/dsplan/effect/object_groups.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace dsplan::effect {

/// Gained or not, the right in words, and when.
using timed_differences = std::set<std::tuple<bool, std::string, right_time>>;

/// Counts the objects on which accounts gain or lose rights. Keeps references.
class account_rows {
public:
    account_rows(change_context const& context, projection const& change)
        : context_(context)
        , change_(change) {}

    /// Of a class of tokens.
    void add(std::uint32_t token_class, object_group const& group, timed_differences const& differences);

    /// Of SELF, on some objects of the group.
    void add_self(object_group const& group, timed_differences const& differences,
                  std::vector<access::object_index> const& objects);

    /// Accounts with the same rows are named together.
    [[nodiscard]] std::vector<account_change> summarize(access::token_classes const& tokens,
                                                        asked_trustees const& asked) const;

private:
    struct tally {
        std::size_t objects = 0;
        std::vector<access::object_index> first;
        std::size_t privileged = 0;
        std::vector<access::object_index> first_privileged;
    };
    using row_key = std::tuple<std::string, bool, std::string, right_time>; // class, lost, right
    using rows = std::map<row_key, tally>;

    [[nodiscard]] std::vector<directory::identity> holders_of(std::uint32_t token_class,
                                                              access::token_classes const& tokens,
                                                              asked_trustees const& asked) const;
    void count(rows& into, object_group const& group, timed_differences const& differences,
               std::vector<access::object_index> const& objects) const;
    [[nodiscard]] bool is_privileged(access::object_index object) const;
    [[nodiscard]] std::string name_of(access::object_index account, asked_trustees const& asked) const;
    [[nodiscard]] std::vector<right_change> words(rows const& from) const;

    change_context const& context_;
    projection const& change_;
    std::map<std::uint32_t, rows> rows_; // by class of tokens
    rows self_rows_;
};

} // namespace dsplan::effect
