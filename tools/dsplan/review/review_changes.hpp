#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/reader.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/effect/change_application.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/review/review.hpp>
#include <tools/dsplan/words/account_names.hpp>

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace dsplan::review {

/// ACEs that a command of a file adds to the list that is there when it runs, or takes from it, where no LDIF
/// does it.
struct commanded_permissions {
    plan::permission_change const& change;
    std::uint64_t line = 0; ///< of the command
};

/// A command of a file that changes what nobody here knows.
struct unknown_command {
    std::string name;
    std::uint64_t line = 0;
};

/// A file of changes, as it lies there or as it is going to be written.
struct change_source {
    std::string name; ///< for readers
    std::variant<std::filesystem::path, std::string_view, commanded_permissions, unknown_command> content;
};

/// The directory that the changes are meant for.
struct base_directory {
    effect::change_context context;
    directory::membership const& members;
    std::function<ldif::directory_tree(std::span<ldif::record const>)>
        objects; ///< those that changes concern, each with an origin of its own; asked for once
};

/// What ldifde takes, and a warning of records without changetype.
[[nodiscard]] ldif::policies rules_for_changes();

struct review_request {
    std::span<change_source const> changes;
    words::name_context names;
    base_directory const* base = nullptr;
    std::function<bool(rule const&)> is_wanted; ///< rules that are looked for
    ldif::reader_options input{.rules = rules_for_changes()};
    bool is_partial = false;                   ///< the base is a part: an object that it lacks may be there
    plan::plan const* drawn = nullptr;         ///< that the files belong to
    effect::effect const* predicted = nullptr; ///< of all changes, where somebody computed it before
    paths::path_report const* ways = nullptr;  ///< the same of the ways that they open and close
};

/// Reads change files and says what they do. Records that cannot be read are named and skipped.
///
/// Errors: a file that cannot be opened or is no text; a base that cannot be read.
[[nodiscard]] result<review> review_changes(review_request const& request);

} // namespace dsplan::review
