#pragma once
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/render/artifact.hpp>

#include <string>
#include <vector>

namespace dsplan::render {

/// Every file of a plan, sorted by path, SHA256SUMS last. Same plan, same octets.
///
/// Several domains have a folder each, named as the domain; review.md, plan.json and SHA256SUMS stand above
/// them. A plan without changes has just those three.
[[nodiscard]] std::vector<artifact> plan_artifacts(plan::plan const& drawn);

/// "contoso.com/" where there are several domains, else empty. Letters that no file name should have become
/// '_'.
[[nodiscard]] std::string folder_of(plan::plan const& drawn, plan::domain_changes const& changes);

/// The checksum file over `files`, as sha256sum reads it.
[[nodiscard]] std::string checksums(std::vector<artifact> const& files);

} // namespace dsplan::render
