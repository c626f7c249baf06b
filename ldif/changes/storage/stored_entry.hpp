#pragma once
#include <ldif/changes/entry.hpp>
#include <ldif/record_view.hpp>

#include <string>
#include <string_view>

namespace dsplan::ldif {

/// An entry as octets for a temporary file: a mark (see object_mark), its name, then attribute after
/// attribute. Two entries are equal if their octets are.
void append_stored(std::string& octets, std::string_view mark, std::string_view dn);
void append_stored_value(std::string& octets, std::string_view description, std::string_view value);

/// Adds the values of another stored entry.
void append_stored_values(std::string& octets, std::string_view more);

/// The stored entry with that mark, and with each value once.
[[nodiscard]] std::string with_values_once(std::string_view octets, std::string_view mark);

/// The mark of a stored entry.
[[nodiscard]] std::string_view stored_mark(std::string_view octets);

/// The name of a stored entry.
[[nodiscard]] std::string_view stored_dn(std::string_view octets);

/// What append_stored and append_stored_value stored.
[[nodiscard]] entry load_stored(std::string_view octets);

} // namespace dsplan::ldif
