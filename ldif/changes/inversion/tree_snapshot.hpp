#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/storage/external_sorter.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// All entries of a tree, to be compared with it later.
class tree_snapshot {
public:
    explicit tree_snapshot(directory_tree const& tree);

    /// The name of the first object that is not as it was; nothing where all are. `is_restored` objects may
    /// differ in what no import sets again, `is_deleted` ones are gone; both are asked for tree keys.
    [[nodiscard]] std::optional<std::string>
    difference(directory_tree const& tree, std::function<bool(std::string_view)> const& is_restored,
               std::function<bool(std::string_view)> const& is_deleted);

private:
    external_sorter sorter_; // by tree key
};

} // namespace dsplan::ldif
