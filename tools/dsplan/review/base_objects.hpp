#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <filesystem>
#include <span>

/// The objects of a base that changes concern, ready for `apply`.
namespace dsplan::review {

/// With every attribute that the exports have of them; of a part of a directory, containers may be missing.
/// Errors: a file that cannot be read.
[[nodiscard]] result<ldif::directory_tree> load_objects(std::span<std::filesystem::path const> exports,
                                                        std::span<ldif::record const> changes,
                                                        bool is_partial = false,
                                                        ldif::reader_options const& input = {});

/// With what the snapshot keeps of them, which is enough for changes of descriptors and members. A container
/// that the export leaves out is not missed.
[[nodiscard]] ldif::directory_tree objects_of(directory::snapshot const& exported,
                                              std::span<ldif::record const> changes);

} // namespace dsplan::review
