#include <ldif/changes/value_places.hpp>
#include <ldif/text/name_folding.hpp>

namespace dsplan::ldif {
namespace {

std::string key_of(std::string_view description, std::string_view value) {
    return lower_case(description).append(1, '\0').append(value);
}

} // namespace

std::uint64_t value_places::line_of(std::string_view attribute, std::string_view value) const {
    if (record_.value_lines.empty() || attribute.empty())
        return record_.line;
    if (auto const found = find(attribute, value))
        return *found;
    auto const found = attributes_.find(lower_case(attribute));
    return found == attributes_.end() ? record_.line : found->second;
}

std::optional<std::uint64_t> value_places::find(std::string_view attribute, std::string_view value) const {
    if (record_.value_lines.empty())
        return std::nullopt;
    if (!is_read_)
        read();
    auto const found = values_.find(key_of(attribute, value));
    return found == values_.end() ? std::nullopt : std::optional(found->second);
}

void value_places::place(std::vector<apply_error>& errors) const {
    for (auto& each : errors)
        if (!each.attribute.empty())
            each.line = line_of(each.attribute, each.value);
}

void value_places::add(std::string_view description, std::string_view value, std::uint64_t line) const {
    attributes_.try_emplace(lower_case(description), line);
    values_.insert_or_assign(key_of(description, value), line);
}

void value_places::read() const {
    is_read_ = true;
    auto next = record_.value_lines.begin();
    auto const take = [&](std::string_view description, std::string_view value) {
        if (next != record_.value_lines.end())
            add(description, value, record_.line + *next++);
    };
    for (auto const& it : record_.attributes)
        take(it.description, it.value);
    for (auto const& it : record_.modifications)
        for (auto const& value : it.values)
            take(it.description, value);
}

} // namespace dsplan::ldif
