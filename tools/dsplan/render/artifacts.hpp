#pragma once
#include <tools/dsplan/ground/artifact.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/review/review.hpp>
#include <tools/dsplan/review/review_changes.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::render {

/// The files that change something or undo it, sorted by path; those that take a comment begin with one that
/// names the plan. Several domains have a folder each, named as the domain.
[[nodiscard]] std::vector<artifact> change_files(plan::plan const& drawn, std::string_view plan_digest);

/// Those to be imported, in their order, for a review; texts belong to `files`. A list that the LDIF cannot
/// carry is reviewed as the command changes it.
[[nodiscard]] std::vector<review::change_source> sources_to_review(plan::plan const& drawn,
                                                                   std::vector<artifact> const& files);

/// Every file of a plan, sorted by path, SHA256SUMS last: `files`, and above them review.md, review.html and
/// plan.json, which is `description`. Same plan, same octets.
[[nodiscard]] std::vector<artifact> plan_artifacts(plan::plan const& drawn, review::review const& reviewed,
                                                   std::string description, std::vector<artifact> files);

/// "contoso.com/" where there are several domains, else empty. Letters that no file name should have become
/// '_'.
[[nodiscard]] std::string folder_of(plan::plan const& drawn, plan::domain_changes const& changes);

/// The checksum file over `files`, as sha256sum reads it.
[[nodiscard]] std::string checksums(std::vector<artifact> const& files);

} // namespace dsplan::render
