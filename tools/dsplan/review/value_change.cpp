#include <ldif/changes/attribute_rules.hpp>
#include <ldif/decimal.hpp>
#include <tools/dsplan/review/value_change.hpp>

#include <algorithm>
#include <charconv>

namespace dsplan::review {
namespace {

// Values beyond this many are not compared one by one: no attribute with a rule holds so many.
constexpr std::size_t at_most_compared = 2000;

bool holds(std::string_view attribute, std::span<std::string const> values, std::string_view wanted) {
    return values.size() <= at_most_compared &&
           std::any_of(values.begin(), values.end(),
                       [&](std::string const& each) { return ldif::same_value(attribute, each, wanted); });
}

} // namespace

std::vector<std::string_view> value_change::coming() const {
    std::vector<std::string_view> found;
    if (removes)
        return found;
    for (auto const& value : values)
        if (!holds(attribute, before, value))
            found.emplace_back(value);
    return found;
}

std::vector<std::string_view> value_change::going() const {
    std::vector<std::string_view> found;
    if (adds)
        return found;
    for (auto const& value : before)
        if (removes ? values.empty() || holds(attribute, values, value) : !holds(attribute, values, value))
            found.emplace_back(value);
    return found;
}

std::optional<std::int64_t> value_change::number() const {
    return removes || values.empty() ? std::nullopt : ldif::read_decimal<std::int64_t>(values.front());
}

std::optional<std::int64_t> value_change::number_before() const {
    return before.empty() ? std::nullopt : ldif::read_decimal<std::int64_t>(before.front());
}

} // namespace dsplan::review
