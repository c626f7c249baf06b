#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/forms/descriptor_form.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <optional>
#include <string>
#include <vector>

namespace dsplan::commands {

/// The descriptor that an argument is, or that the file of that name or standard input ("-") holds, in
/// whatever form it has. Warnings go to `console.err`.
[[nodiscard]] result<read_descriptor>
read_descriptor_argument(std::string const& argument, sddl::domain_sids const& sids, console& console);

/// The schema of these exports, kept in `loaded`; without any the built-in one.
[[nodiscard]] result<directory::schema const*> schema_of(std::vector<std::string> const& exports,
                                                         std::optional<directory::schema>& loaded);

} // namespace dsplan::commands
