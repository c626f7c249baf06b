#include <tools/dsplan/review/rule_table.hpp>

#include <stdexcept>
#include <string>

namespace dsplan::review {
std::span<rule const> rules() {
    return rule_table;
}

rule const* find_rule(std::string_view name) {
    return find_in_table(name);
}

rule_name rule_name::of(std::string_view name) {
    auto const* const found = find_rule(name);
    if (found == nullptr)
        throw std::logic_error("no rule " + std::string(name));
    return rule_name(*found);
}

bool is_about_paths(rule const& each) {
    return each.name.starts_with("control-path-") || each.name == "tier0-member";
}

bool is_named(rule const& each, std::string_view name) {
    return each.name == name || (name == "control-paths" && is_about_paths(each));
}

std::string_view name_of(severity level) {
    switch (level) {
    case severity::note:
        return "note";
    case severity::warning:
        return "warning";
    case severity::danger:
        break;
    }
    return "danger";
}

std::optional<severity> severity_named(std::string_view name) {
    for (auto const level : {severity::note, severity::warning, severity::danger})
        if (name_of(level) == name)
            return level;
    return std::nullopt;
}

} // namespace dsplan::review
