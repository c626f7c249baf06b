#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/record.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dsplan::ldif {

/// Where in its file the values of a record stand.
class value_places {
public:
    /// `of` must outlive this.
    explicit value_places(record const& of) : record_(of) {}

    /// The physical line of the value; that of the attribute's first one, or of the record, where it has
    /// none.
    [[nodiscard]] std::uint64_t line_of(std::string_view attribute, std::string_view value) const;

    /// The physical line of the value; nothing where the record does not say it.
    [[nodiscard]] std::optional<std::uint64_t> find(std::string_view attribute, std::string_view value) const;

    /// Gives each error the line of what it is about.
    void place(std::vector<apply_error>& errors) const;

private:
    void read() const;
    void add(std::string_view description, std::string_view value, std::uint64_t line) const;

    record const& record_;
    // Made when the first line is asked for: most records are taken.
    mutable bool is_read_ = false;
    mutable std::unordered_map<std::string, std::uint64_t> attributes_; // the first line of each
    mutable std::unordered_map<std::string, std::uint64_t> values_;     // the last line of each
};

} // namespace dsplan::ldif
