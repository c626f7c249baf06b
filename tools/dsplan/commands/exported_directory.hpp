#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/commands/ldif_input.hpp>
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/effect/change_application.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace dsplan::commands {

/// --base and --schema with how they are read, as every question about a directory takes them.
struct directory_options {
    std::vector<std::string> exports;
    std::vector<std::string> schema_exports;
    ldif_input_options input;

    /// Returns --base, which must be given.
    CLI::Option* add_to(CLI::App& subcommand);
};

/// An export with what is computed from it once.
struct exported_directory {
    directory::snapshot exported;
    directory::forest around; ///< empty where the export has no domain root
    directory::membership members;
    std::optional<directory::schema> own_schema;

    [[nodiscard]] directory::schema const& known() const {
        return own_schema ? *own_schema : directory::schema::built_in();
    }

    /// What two-letter aliases mean for an object.
    [[nodiscard]] sddl::domain_sids sids_of(directory::entry const& object) const;

    /// For changes of it; refers to it.
    [[nodiscard]] effect::change_context context() const;
};

/// With what is computed from the export.
[[nodiscard]] std::unique_ptr<exported_directory> directory_of(directory::snapshot exported,
                                                               std::optional<directory::schema> own_schema);

/// Loads the exports; a warning on `console` says what they lack. Descriptors that cannot be read are kept as
/// such. `watch`, if there is one, is given every record.
[[nodiscard]] result<std::unique_ptr<exported_directory>>
load(directory_options const& options, console& console, std::function<void(ldif::record const&)> watch = {});

/// The same for those who ask for no rights: what an export lacks for these is no warning.
[[nodiscard]] result<std::unique_ptr<exported_directory>>
load_for_names(directory_options const& options, console& console,
               std::function<void(ldif::record const&)> watch = {});

/// An option that names an account or an object as find_account and find_object take it; `what` is a
/// sentence without its full stop.
CLI::Option* add_account_option(CLI::App& command, std::string const& name, std::string& to,
                                std::string const& what);
CLI::Option* add_object_option(CLI::App& command, std::string const& name, std::string& to,
                               std::string const& what);

/// The one object that `name` means: DN, SID, or any name that `directory::find_objects` takes.
[[nodiscard]] result<directory::entry const*> find_object(exported_directory const& from,
                                                          std::string_view name);

/// The one account that `name` means: SID, DN, user principal name, DOMAIN\name or name.
[[nodiscard]] result<directory::entry const*> find_account(exported_directory const& from,
                                                           std::string_view name);

} // namespace dsplan::commands
