#pragma once
#include <ldif/record.hpp>

#include <string>
#include <string_view>

namespace dsplan::ldif {

/// A change as octets for a temporary file, without its line.
void append_stored_record(std::string& octets, record const& stored);

/// What append_stored_record stored.
[[nodiscard]] record load_record(std::string_view octets);

} // namespace dsplan::ldif
