#pragma once
#include <ldif/record.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// An attribute_value that lies in the reader's memory.
struct attribute_value_view {
    std::string_view description;
    std::string_view value; ///< octets, decoded
};

/// A modification that lies in the reader's memory.
struct modification_view {
    modification_operation operation = modification_operation::add;
    std::string_view description;
    std::span<std::string_view const> values;
};

struct new_name_view {
    std::string_view relative_distinguished_name;
    bool delete_old = true;
    std::optional<std::string_view> superior;
};

struct control_view {
    std::string_view oid;
    std::optional<bool> criticality;
    std::optional<std::string_view> value;
};

/// A record that lies in the reader's memory: what `record` holds, without a copy.
struct record_view {
    std::string_view dn;
    std::optional<change_type> changetype;
    std::span<control_view const> controls;
    std::span<attribute_value_view const> attributes;
    std::span<modification_view const> modifications;
    std::optional<new_name_view> renamed;
    std::uint64_t line = 0;
    std::span<std::uint32_t const> value_lines{};

    /// The record as it stands in the file, with its comments, folding and line ends (as UTF-8), without the
    /// empty line after it.
    std::string_view text;

    /// Blocks of nothing but comments, and the version line, between the last record and this one.
    std::string_view text_before;
};

/// Copies; what `target` has allocated is used again.
void assign(record& target, record_view const& source);

} // namespace dsplan::ldif
