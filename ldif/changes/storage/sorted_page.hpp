#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// Some keys with values in the order of the keys, in one piece of memory as they lie in a file: a node of an
/// ordered_store.
class sorted_page {
public:
    [[nodiscard]] std::size_t count() const { return places_.size(); }
    [[nodiscard]] std::string_view key(std::size_t index) const { return text_at(places_[index]); }
    [[nodiscard]] std::string_view value(std::size_t index) const;

    /// The index of the first key that is not less than, or greater than, `key`.
    [[nodiscard]] std::size_t lower_bound(std::string_view key) const;
    [[nodiscard]] std::size_t upper_bound(std::string_view key) const;

    void insert(std::size_t index, std::string_view key, std::string_view value);
    void replace(std::size_t index, std::string_view value);
    void erase(std::size_t index);

    /// Moves the items from `index` on to a page of their own.
    [[nodiscard]] sorted_page split(std::size_t index);

    /// Octets that append_to appends.
    [[nodiscard]] std::size_t size() const { return octets_.size() - dead_; }
    void append_to(std::string& octets) const;
    void load(std::string_view octets);

    /// Octets of memory.
    [[nodiscard]] std::size_t memory() const {
        return octets_.capacity() + places_.capacity() * sizeof(place);
    }

private:
    using place = std::uint32_t;
    [[nodiscard]] std::string_view text_at(std::size_t begin) const;
    [[nodiscard]] std::string_view item(std::size_t index) const;
    void tidy();

    std::string octets_;        // items, each the size and the octets of the key and of the value
    std::vector<place> places_; // of the items in the order of the keys
    std::size_t dead_ = 0;      // octets of items that are gone
};

} // namespace dsplan::ldif
