#pragma once
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/record.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>

namespace dsplan::effect {

/// The objects of a base that changes concern, with every attribute, taken while the exports are read for the
/// snapshot. Functions throw ldif::storage_failure.
class base_objects {
public:
    explicit base_objects(std::span<ldif::record const> changes, ldif::apply_options rules = {});

    /// A record of an export. Its object keeps a number of its own as its origin.
    void take(ldif::record const& of_export);

    /// All of them, ready for `apply`.
    [[nodiscard]] ldif::directory_tree release() && { return std::move(objects_); }

private:
    void carry_attributes(ldif::record const& of_export);

    ldif::change_reach reach_;
    ldif::directory_tree objects_;
    std::unordered_set<std::string> seen_; // attributes, as they are spelled
    std::uint64_t number_ = 0;
};

} // namespace dsplan::effect
