#pragma once
#include <tools/dsplan/ground/artifact.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <string_view>
#include <vector>

namespace dsplan::plan {

/// Makes a recipe of each template of a delegwiz.inf, the file that the Delegation of Control wizard reads:
///
///     [DelegationTemplates]
///     Templates = template1
///     [template1]
///     AppliesToClasses = organizationalUnit
///     Description = "Manage the printers of a branch"
///     ObjectTypes = SCOPE, printQueue
///     [template1.SCOPE]
///     printQueue = CC,DC
///     [template1.printQueue]
///     @ = GA
///
/// A file a template, named for its description. What the wizard grants for SCOPE reaches all objects below,
/// too. Errors: all of the file, each with its line.
[[nodiscard]] tl::expected<std::vector<artifact>, std::vector<failure>>
import_delegwiz(std::string_view text, std::string_view file);

} // namespace dsplan::plan
