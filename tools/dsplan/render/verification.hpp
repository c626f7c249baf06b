#pragma once
#include <tools/dsplan/plan/verify.hpp>
#include <tools/dsplan/render/page_section.hpp>
#include <tools/dsplan/render/plan_folder.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace dsplan::render {

/// The files of the folder: one line where all are as written, else a line for each that is not; then the
/// digest of the set.
[[nodiscard]] std::string folder_text(plan_folder const& folder);

/// The same as the head of a page around the review of the folder's files.
[[nodiscard]] page_frame folder_frame(plan_folder const& folder, bool has_base);

/// {"plan_sha256", "set_sha256", "as_written", "files", "other_exports"}
[[nodiscard]] nlohmann::ordered_json folder_json(plan_folder const& folder);

/// What a later export says of the steps of a plan.
[[nodiscard]] std::string verification_text(plan::verification const& held);

/// "Still what the plan was made from: no, 3 ACEs differ", and what differs.
[[nodiscard]] std::string base_comparison_text(std::vector<plan::compared_object> const& compared);

/// One document for both questions, as verify.schema.json describes it: `held` after the import, `compared`
/// before it; the other is empty.
[[nodiscard]] std::string verification_json(plan_folder const& folder, plan::verification const& held,
                                            std::vector<plan::compared_object> const& compared,
                                            bool is_before, int exit_status);

} // namespace dsplan::render
