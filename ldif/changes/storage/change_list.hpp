#pragma once
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/ordered_store.hpp>
#include <ldif/record.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace dsplan::ldif {

/// Changes in their order, with the files they stand in, on disk; and which objects they add. All but size()
/// throw storage_failure.
class change_list {
public:
    /// `file` is the number of its file, from 0. Not after for_each().
    void add(std::size_t file, record const& change);

    /// Calls `use` with the number of each change, that of its file, and the change.
    void for_each(std::function<void(std::size_t index, std::size_t file, record const& change)> const& use);

    /// The line of a later addition of the object, or of its nearest container that is added at all; 0 where
    /// there is none.
    [[nodiscard]] std::uint64_t added_later(std::string const& dn, std::size_t index);

    [[nodiscard]] std::size_t size() const { return changes_.size(); }

private:
    static constexpr std::size_t memory_of_order = std::size_t{4} << 20;

    external_sorter changes_;
    ordered_store additions_{memory_of_order}; // tree key, NUL, number of the change: line
};

} // namespace dsplan::ldif
