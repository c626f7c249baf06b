#pragma once
#include <ldif/record_view.hpp>

#include <string_view>

namespace dsplan::ldif {

/// The first value of an attribute of a schema object; empty where it has none. Names in lower case.
[[nodiscard]] std::string_view value_of(record_view const& record, std::string_view lower_name);

/// True where the object is of that class, "attributeschema".
[[nodiscard]] bool is_of_class(record_view const& record, std::string_view lower_name);

} // namespace dsplan::ldif
