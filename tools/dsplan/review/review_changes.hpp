#pragma once
#include <ldif/text_encoding.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/effect/change_application.hpp>
#include <tools/dsplan/failure.hpp>
#include <tools/dsplan/review/account_names.hpp>
#include <tools/dsplan/review/review.hpp>

#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace dsplan::review {

/// The directory that the changes are meant for.
struct base_directory {
    effect::change_context context;
    directory::membership const& members;
    std::span<std::filesystem::path const>
        files; ///< the exports, for the attributes that a snapshot leaves out
};

struct review_request {
    std::span<std::filesystem::path const> changes;
    name_context names;
    base_directory const* base = nullptr;
    std::function<bool(rule const&)> is_wanted; ///< rules that are looked for
    ldif::text_encoding encoding = ldif::text_encoding::detect;
};

/// Reads change files and says what they do. Records that cannot be read are told and gone over.
///
/// Errors: a file that cannot be opened or is no text; a base that cannot be read.
[[nodiscard]] result<review> review_changes(review_request const& request);

} // namespace dsplan::review
