#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <ostream>

namespace dsplan::commands {
namespace {

void warn_about_descriptors(exported_directory const& loaded, console& console) {
    std::size_t unreadable = 0;
    std::size_t missing = 0;
    for (directory::entry const& object : loaded.exported.entries()) {
        missing += object.descriptor == nullptr;
        unreadable += object.descriptor != nullptr && !object.descriptor->value;
    }
    if (missing > 0)
        print_warning(console, counted(missing, "object has", "objects have") +
                                   " no nTSecurityDescriptor in the export");
    if (unreadable > 0)
        print_warning(console, counted(unreadable, "object has", "objects have") +
                                   " an nTSecurityDescriptor that cannot be read");
}

} // namespace

void directory_options::add_to(CLI::App& subcommand) {
    add_base_option(subcommand, exports);
    subcommand
        .add_option("--schema", schema_exports,
                    "LDIF export of CN=Schema and CN=Extended-Rights; the built-in schema without it")
        ->type_name("EXPORT");
}

sddl::domain_sids exported_directory::sids_of(directory::entry const& object) const {
    auto const* const domain = around.domain_of(object);
    return domain != nullptr ? around.sids_for(*domain) : sddl::domain_sids{};
}

result<std::unique_ptr<exported_directory>> load(directory_options const& options, console& console,
                                                 std::function<void(ldif::record const&)> watch) {
    auto exported =
        load_exports(options.exports, console, directory::unreadable_descriptor::keep, std::move(watch));
    if (!exported)
        return tl::unexpected(std::move(exported).error());
    std::optional<directory::schema> own_schema;
    if (!options.schema_exports.empty()) {
        std::vector<std::filesystem::path> files;
        for (std::string const& name : options.schema_exports)
            files.push_back(to_path(name));
        auto read = directory::schema::load(files);
        if (!read)
            return tl::unexpected(std::move(read).error());
        own_schema = *std::move(read);
    }
    auto around = directory::read_forest(*exported);
    if (!around) {
        print_warning(console, around.error().what + "; aliases of domain accounts are shown as SIDs");
        around = directory::forest{};
    }
    directory::membership members(*exported);
    auto loaded =
        std::make_unique<exported_directory>(exported_directory{.exported = *std::move(exported),
                                                                .around = *std::move(around),
                                                                .members = std::move(members),
                                                                .own_schema = std::move(own_schema)});
    warn_about_descriptors(*loaded, console);
    return loaded;
}

result<directory::entry const*> find_object(exported_directory const& from, std::string_view dn) {
    if (auto const* const found = from.exported.find(dn))
        return found;
    return tl::unexpected(
        failure{fmt::format("expected the DN of an object of the export, found '{}'", printable(dn)), ""});
}

result<directory::entry const*> find_account(exported_directory const& from, std::string_view name) {
    auto const matched = directory::find_principals(from.exported, from.around, name);
    if (matched.found.size() == 1)
        return matched.found.front();
    failure why{fmt::format("expected the name of one account of the export, found '{}'", printable(name)),
                ""};
    for (auto const* const candidate : matched.found)
        why.detail += fmt::format("  it could be {}\n", printable(candidate->dn));
    for (auto const& near : matched.nearest_names)
        why.detail += fmt::format("  did you mean {}?\n", printable(near));
    return tl::unexpected(std::move(why));
}

} // namespace dsplan::commands
