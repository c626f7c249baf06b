#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <span>

namespace dsplan::effect {

/// The objects of a snapshot that changes concern, with what the snapshot keeps of them, ready for
/// directory_tree::apply. Throws ldif::storage_failure.
[[nodiscard]] ldif::directory_tree concerned_objects(directory::snapshot const& exported,
                                                     std::span<ldif::record const> changes,
                                                     ldif::apply_options rules = {});

} // namespace dsplan::effect
