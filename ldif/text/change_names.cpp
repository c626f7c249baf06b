#include <ldif/attribute_description.hpp>
#include <ldif/text/change_names.hpp>

#include <array>

namespace dsplan::ldif {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 9> changes{
    "add",           "delete",           "modify",           "modrdn",          "moddn",
    "ntdsSchemaAdd", "ntdsSchemaDelete", "ntdsSchemaModify", "ntdsSchemaModRdn"};
constexpr std::array<std::string_view, 4> operations{"add", "delete", "replace", "increment"};
static_assert(static_cast<std::size_t>(change_type::ntds_schema_modrdn) + 1 == changes.size());
static_assert(static_cast<std::size_t>(modification_operation::increment) + 1 == operations.size());

template <class Enumeration, std::size_t Size>
std::optional<Enumeration> named(std::array<std::string_view, Size> const& names, std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (same_description(names[i], name))
            return static_cast<Enumeration>(i);
    return std::nullopt;
}

} // namespace

std::string_view name_of(change_type type) {
    return changes[static_cast<std::size_t>(type)];
}

std::optional<change_type> change_named(std::string_view name) {
    return named<change_type>(changes, name);
}

std::string_view name_of(modification_operation operation) {
    return operations[static_cast<std::size_t>(operation)];
}

std::optional<modification_operation> operation_named(std::string_view name) {
    return named<modification_operation>(operations, name);
}

} // namespace dsplan::ldif
