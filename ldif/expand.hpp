#pragma once
#include <ldif/record_view.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// "-c FROM TO" of ldifde.
struct substitution {
    std::string from;
    std::string to;
};

/// A place that a person should look at.
struct expand_warning {
    enum class kind : std::uint8_t {
        leftover, ///< something that still looks like a macro: "DC=X", "<Name>", "${NAME}", "%NAME%", "#name"
        base64,   ///< text to replace that lies in base64, which ldifde does not touch
    };
    kind what = kind::leftover;
    std::uint64_t line = 0; ///< physical line of the file
    std::string text;       ///< the macro, or the text in base64

    friend bool operator==(expand_warning const&, expand_warning const&) = default;
};

struct expanded_record {
    std::string text; ///< the lines of the record; those in which nothing was replaced as they were
    std::size_t replaced = 0;
    std::vector<expand_warning> warnings;
    bool is_too_long = false; ///< a line would have grown beyond longest_expanded_line; it stays
};

inline constexpr std::size_t longest_expanded_line = std::size_t{64} << 20; ///< octets

/// The first part of a name that stands for something else: "DC=X" at its end, "${NAME}", "<Name>", "%NAME%",
/// "#name"; empty where there is none.
[[nodiscard]] std::string_view find_macro(std::string_view name);

/// What to do about it: "'DC=X' looks like a placeholder: …".
[[nodiscard]] std::string hint_for_macro(std::string_view macro);

/// Replaces all occurrences in the lines of a record as ldifde does: in turn, spelled exactly, in names and
/// in plain values, not in comments and not in base64. A line that changes is folded at `fold_column` (0:
/// never).
[[nodiscard]] expanded_record expand(record_view const& record, std::span<substitution const> substitutions,
                                     std::size_t fold_column = 76);

} // namespace dsplan::ldif
