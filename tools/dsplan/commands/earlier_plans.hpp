#pragma once
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/plan/finding.hpp>

#include <memory>
#include <string>
#include <vector>

namespace dsplan::commands {

/// --on-top-of DIR: plans that are to be imported before the new one, in their order.
struct earlier_plans {
    std::vector<std::string> folders;

    void add_to(CLI::App& command);

    /// The directory once they are imported and inheritance is passed on. Errors: a folder that is not as it
    /// was written, or was made from another export; a change of which the plan does not know the result.
    [[nodiscard]] result<std::unique_ptr<exported_directory>>
    carried_out(std::unique_ptr<exported_directory> base, std::vector<plan::finding>& findings) const;

    /// Adds the files that describe them.
    void add_inputs(std::vector<std::string>& inputs) const;
};

} // namespace dsplan::commands
