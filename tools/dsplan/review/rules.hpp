#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace dsplan::review {

enum class severity : std::uint8_t {
    note,    ///< worth knowing before the import
    warning, ///< look at this: it may not be what was meant
    danger,  ///< somebody can take over accounts or the domain, or something is lost
};

/// Something that a review looks for.
struct rule {
    std::string_view name; ///< stable, "takeover-key-credential"
    severity level;
    std::string_view what;   ///< in one line
    std::string_view why;    ///< why it matters, in whole sentences
    std::string_view advice; ///< what to do
};

/// All rules, by name.
[[nodiscard]] std::span<rule const> rules();

/// The rule of that name; null where there is none.
[[nodiscard]] rule const* find_rule(std::string_view name);

/// Whether `name` is that of the rule, or "control-paths" and the rule is about ways to tier 0.
[[nodiscard]] bool is_named(rule const& each, std::string_view name);
[[nodiscard]] bool is_about_paths(rule const& each);

/// "note", "warning", "danger"
[[nodiscard]] std::string_view name_of(severity level);
[[nodiscard]] std::optional<severity> severity_named(std::string_view name);

} // namespace dsplan::review
