#include <ldif/attribute_description.hpp>
#include <ldif/changes/named_attributes.hpp>

#include <algorithm>

namespace dsplan::ldif {
namespace {

template <class List>
bool has_identifier(List const& list) {
    return std::any_of(list.begin(), list.end(),
                       [](auto const& it) { return is_identifier(it.description); });
}

void replace_identifier(std::string& description, attribute_schema const& schema) {
    if (!is_identifier(description))
        return;
    auto const number = attribute_name(description);
    auto const name = schema.name_of_identifier(without_identifier_prefix(number));
    if (!name.empty())
        description.replace(0, number.size(), name);
}

} // namespace

std::optional<record> with_attribute_names(record const& change, attribute_schema const& schema) {
    if (!has_identifier(change.attributes) && !has_identifier(change.modifications))
        return std::nullopt;
    auto named = change;
    for (auto& it : named.attributes)
        replace_identifier(it.description, schema);
    for (auto& it : named.modifications)
        replace_identifier(it.description, schema);
    return named;
}

} // namespace dsplan::ldif
