#pragma once
#include <sddl/bytes.hpp>
#include <tools/dsplan/explain/byte_fields.hpp>
#include <tools/dsplan/explain/exported_object.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <string>
#include <vector>

namespace dsplan::render {

/// The explanation as a page of text.
[[nodiscard]] std::string explanation_text(words::explanation const& explained);

/// The same as a JSON object, described by explanation.schema.json beside this file; indented, with a line
/// end.
[[nodiscard]] std::string explanation_json(words::explanation const& explained);

/// One object of an export: the same, with its name, and what its children get.
[[nodiscard]] std::string object_text(explain::exported_object const& object);
[[nodiscard]] std::string object_json(explain::exported_object const& object);

/// The fields as a JSON array: offset, octets, depth, meaning.
[[nodiscard]] std::string bytes_json(sddl::byte_view bytes, std::vector<explain::byte_field> const& fields);

/// A hex dump: offset, at most 16 octets, what they say.
[[nodiscard]] std::string bytes_text(sddl::byte_view bytes, std::vector<explain::byte_field> const& fields);

} // namespace dsplan::render
