#pragma once
#include <ldif/changes/storage/ordered_store.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Which names objects had before the first of several renames and moves. Keys are those of `tree_key`. More
/// than memory holds; functions throw storage_failure.
class former_names {
public:
    /// The object that was renamed, or the nearest renamed container of the object.
    struct match {
        std::string_view key; ///< its key after the renames so far, a beginning of the key that was asked for
        std::string before;   ///< what `rename` got for it
    };

    explicit former_names(std::size_t memory = std::size_t{4} << 20) : renames_(memory) {}

    /// The object of `key` is from now on the one of `new_key`, and so with whatever lies below; `before`
    /// says what it was called before all. False where the directory refuses it: below itself.
    bool rename(std::string_view key, std::string_view new_key, std::string_view before);

    [[nodiscard]] std::optional<match> find(std::string_view key) const;

    /// The key before all renames, where `rename` got keys for `before`.
    [[nodiscard]] std::string original(std::string_view key) const;

private:
    mutable ordered_store renames_; // key after the changes so far: what was given for it
    bool is_empty_ = true;
};

} // namespace dsplan::ldif
