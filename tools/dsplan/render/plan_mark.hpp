#pragma once
#include <string>
#include <string_view>

namespace dsplan::render {

/// Names a plan: the SHA-256 of plan.json, in hexadecimal. plan.json holds no digest of a file that names it.
[[nodiscard]] std::string plan_digest(std::string_view plan_json);

/// Names a folder of files: the SHA-256 of its SHA256SUMS, in hexadecimal.
[[nodiscard]] std::string set_digest(std::string_view checksums);

/// The comment that the files of a plan begin with.
[[nodiscard]] std::string plan_mark(std::string_view plan_digest);

} // namespace dsplan::render
