#pragma once
#include <tools/dsplan/forms/pasted_text.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <string>

namespace dsplan::commands {

/// The descriptor that an argument is, or that the file of that name or standard input ("-") holds, in
/// whatever form it has and whatever stands around it. Warnings and notes go to `console.err`.
[[nodiscard]] result<pasted_descriptor>
read_descriptor_argument(std::string const& argument, pasted_request const& request, console& console);

/// Whether the argument is no file but the descriptor itself.
[[nodiscard]] bool is_text_itself(std::string const& argument);

} // namespace dsplan::commands
