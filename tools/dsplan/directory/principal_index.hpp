#pragma once
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dsplan::directory {

/// The accounts of an export by their names, for many searches: each takes time for its own matches alone.
class principal_index {
public:
    principal_index(snapshot const& exported, forest const& around);

    /// What `find_principals` finds.
    [[nodiscard]] principal_matches find(std::string_view name) const;

private:
    void add(std::string_view name, entry const& account);
    [[nodiscard]] std::vector<entry const*> called(std::string_view name) const;

    snapshot const& exported_;
    forest const& around_;
    std::unordered_map<std::string, std::vector<entry const*>> by_name_; ///< in small letters
};

/// True if `name` is one of an account's names, as `find_principals` takes them.
[[nodiscard]] bool is_called(forest const& around, entry const& account, std::string_view name);

} // namespace dsplan::directory
