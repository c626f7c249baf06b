#pragma once
#include <ldif/apply.hpp>
#include <ldif/parse_error.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsplan::ldif {

/// Which entries of an export a list of changes concerns: those it names (under the names they have before
/// the first change), their containers, whatever lies below a renamed or deleted one, and whatever links
/// there. With them alone in memory, the changes can be applied and undone.
class change_reach {
public:
    explicit change_reach(std::span<record const> changes);

    [[nodiscard]] bool concerns(record_view const& record) const;

private:
    void add(record const& change);
    [[nodiscard]] std::string original(std::string key) const;
    [[nodiscard]] bool is_in_subtree(std::string_view key) const;

    std::set<std::string, std::less<>> keys_;
    std::set<std::string, std::less<>> subtrees_;
    std::vector<std::pair<std::string, std::string>> renames_; // old key, new key, in turn
};

/// Reads an export and puts what `reach` concerns into `tree`. Adds the attributes that occur in the export,
/// in lower case, to `seen` unless it is null.
[[nodiscard]] result<void> load_reach(reader& base, change_reach const& reach, directory_tree& tree,
                                      std::set<std::string, std::less<>>* seen = nullptr);

/// All records of a change file, or its first error.
[[nodiscard]] result<std::vector<record>> read_changes(reader& source);

} // namespace dsplan::ldif
