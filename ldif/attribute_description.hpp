#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// "member" of "member;range=0-1499": the name without its options. RFC 4512 section 2.5
[[nodiscard]] std::string_view attribute_name(std::string_view description);

/// The option ";range=0-1499" or ";range=1500-*", which says that a server gave some of the values only.
/// MS-ADTS 3.1.1.3.1.3.3
struct value_range {
    std::uint64_t first = 0;
    std::optional<std::uint64_t> last; ///< nothing for "*": the values end here

    friend bool operator==(value_range const&, value_range const&) = default;
};
[[nodiscard]] std::optional<value_range> range_of(std::string_view description);

/// The description without its range option: "member" of "member;range=0-1499".
[[nodiscard]] std::string without_range(std::string_view description);

/// Descriptions are equal in any case of their letters.
[[nodiscard]] bool same_description(std::string_view left, std::string_view right);

/// For tables by attribute name, in any case of its letters: every value of an export asks for a row.
struct attribute_name_hash {
    [[nodiscard]] std::size_t operator()(std::string_view name) const noexcept;
};
struct attribute_name_equal {
    [[nodiscard]] bool operator()(std::string_view left, std::string_view right) const noexcept;
};

} // namespace dsplan::ldif
