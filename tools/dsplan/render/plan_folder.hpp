#pragma once
#include <tools/dsplan/ground/artifact.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::render {

/// What became of a file of a plan since it was written.
enum class file_state : std::uint8_t {
    as_written,  ///< its sum is the one in SHA256SUMS, and its content what plan.json makes
    changed,     ///< SHA256SUMS has another sum
    not_planned, ///< SHA256SUMS has its sum, but plan.json makes another file or none
    missing,     ///< SHA256SUMS or plan.json names it
    unlisted,    ///< SHA256SUMS does not name it, and it is a file of the plan or one to import or run
    foreign,     ///< SHA256SUMS does not name it, and it is neither
    irregular,   ///< a link or something else that is no file
};

struct folder_file {
    std::string path; ///< below the folder, its parts separated by '/'
    file_state state = file_state::as_written;
};

/// A folder that `dsplan plan` wrote, as it lies there now.
struct plan_folder {
    plan::plan planned;             ///< steps, inputs and what was there before; without findings and effect
    std::string plan_digest;        ///< SHA-256 of plan.json
    std::string set_digest;         ///< SHA-256 of SHA256SUMS; empty without that file
    std::vector<folder_file> files; ///< by path, without SHA256SUMS unless that is missing
    std::vector<artifact> changes;  ///< those that plan.json makes, with the content that they have

    /// Exports that it is compared with and that are none of its inputs, as the user named them.
    std::vector<std::string> other_exports{};

    /// The first file that is not as it was written; null where all are, or are none of the plan.
    [[nodiscard]] folder_file const* find_changed() const;
    [[nodiscard]] bool is_as_written() const { return find_changed() == nullptr; }
};

/// Reads the folder and compares its files with SHA256SUMS and with what plan.json makes, so that neither a
/// changed file nor one that was changed together with its sum passes.
///
/// Errors: no plan.json, one that is no plan, one without steps beside files to import; a file that cannot be
/// read.
[[nodiscard]] result<plan_folder> read_plan_folder(std::filesystem::path const& folder);

/// Notes which of the exports are files that the plan was not made from; one that cannot be read is left out.
void note_other_exports(plan_folder& folder, std::span<std::filesystem::path const> exports);

/// "as-written", "changed", …: stable, for JSON.
[[nodiscard]] std::string_view name_of(file_state state);

/// What the state means, in words.
[[nodiscard]] std::string_view meaning_of(file_state state);

} // namespace dsplan::render
