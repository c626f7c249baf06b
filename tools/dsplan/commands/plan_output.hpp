#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/artifact.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/exit_status.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dsplan::commands {

/// What every subcommand of `dsplan plan` does with its plan: it is shown, and written where that is asked
/// for.
struct plan_output {
    std::string out;
    bool force = false;
    bool all = false;
    bool detailed_exit_status = false;
    color_choice color = color_choice::automatic;
    std::string format = "text";

    void add_to(CLI::App& command);

    /// Before anything is read: whether the directory can be written, and what an earlier run left beside it.
    [[nodiscard]] result<void> check(console& console) const;

    /// Shows the plan and writes its files; `inputs` are the files that it was made from, in order.
    exit_status finish(plan::plan drawn, directory::snapshot const& exported, directory::schema const& known,
                       std::vector<std::string> const& inputs, console& console) const;

private:
    void show(plan::plan const& drawn, directory::schema const& known, std::vector<artifact> const& files,
              console& console) const;
};

/// What the help of each says of files and the exit status.
[[nodiscard]] std::string plan_footer(std::string_view example);

} // namespace dsplan::commands
