#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <ostream>

namespace dsplan::commands {
namespace {

void warn_about_descriptors(exported_directory const& loaded, console& console) {
    std::size_t unreadable = 0;
    for (directory::entry const& object : loaded.exported.entries()) {
        unreadable += object.descriptor != nullptr && !object.descriptor->value;
    }
    if (unreadable > 0)
        print_warning(console, counted(unreadable, "object has", "objects have") +
                                   " an nTSecurityDescriptor that cannot be read");
}

} // namespace

CLI::Option* directory_options::add_to(CLI::App& subcommand) {
    auto* const base = add_base_option(subcommand, exports)->required();
    add_schema_option(subcommand, schema_exports);
    add_input_options(subcommand, input);
    return base;
}

sddl::domain_sids exported_directory::sids_of(directory::entry const& object) const {
    auto const* const domain = around.domain_of(object);
    return domain != nullptr ? around.sids_for(*domain) : sddl::domain_sids{};
}

effect::change_context exported_directory::context() const {
    return {exported, known(), [this](directory::entry const* near) {
                return near == nullptr ? sddl::domain_sids{} : sids_of(*near);
            }};
}

std::unique_ptr<exported_directory> directory_of(directory::snapshot exported,
                                                 std::optional<directory::schema> own_schema) {
    auto around = directory::read_forest(exported).value_or(directory::forest{});
    directory::membership members(exported);
    return std::make_unique<exported_directory>(exported_directory{.exported = std::move(exported),
                                                                   .around = std::move(around),
                                                                   .members = std::move(members),
                                                                   .own_schema = std::move(own_schema)});
}

result<std::unique_ptr<exported_directory>> load_for_names(directory_options const& options, console& console,
                                                           std::function<void(ldif::record const&)> watch) {
    auto exported = load_exports(options.exports, options.input, console,
                                 directory::unreadable_descriptor::keep, std::move(watch));
    if (!exported)
        return tl::unexpected(std::move(exported).error());
    auto own_schema = load_schema(options.schema_exports, options.input, console);
    if (!own_schema)
        return tl::unexpected(std::move(own_schema).error());
    return directory_of(*std::move(exported), *std::move(own_schema));
}

result<std::unique_ptr<exported_directory>> load(directory_options const& options, console& console,
                                                 std::function<void(ldif::record const&)> watch) {
    auto loaded = load_for_names(options, console, std::move(watch));
    if (!loaded)
        return loaded;
    if (auto const around = directory::read_forest((*loaded)->exported); !around)
        print_warning(console, around.error().what + "; aliases of domain accounts are shown as SIDs");
    warn_about_descriptors(**loaded, console);
    return loaded;
}

CLI::Option* add_account_option(CLI::App& command, std::string const& name, std::string& to,
                                std::string const& what) {
    return command.add_option(name, to, what + ": name, DOMAIN\\name, user principal name, SID or DN")
        ->type_name("ACCOUNT");
}

CLI::Option* add_object_option(CLI::App& command, std::string const& name, std::string& to,
                               std::string const& what) {
    return command.add_option(name, to, what + ": DN, SID, name, DOMAIN\\name, contoso.com for a domain")
        ->type_name("OBJECT");
}

namespace {

result<directory::entry const*> only(directory::principal_matches const& matched, std::string_view expected,
                                     std::string_view name) {
    if (matched.found.size() == 1)
        return matched.found.front();
    failure why{fmt::format("expected {} of the export, found '{}'", expected, printable(name)), ""};
    for (auto const* const candidate : matched.found)
        why.detail += fmt::format("  it could be {}\n", printable(candidate->dn));
    for (auto const& near : matched.nearest_names)
        why.detail += fmt::format("  did you mean {}?\n", printable(near));
    return tl::unexpected(std::move(why));
}

} // namespace

result<directory::entry const*> find_object(exported_directory const& from, std::string_view name) {
    return only(directory::find_objects(from.exported, from.around, name),
                "the DN, SID or name of one object", name);
}

result<directory::entry const*> find_account(exported_directory const& from, std::string_view name) {
    return only(directory::find_principals(from.exported, from.around, name), "the name of one account",
                name);
}

} // namespace dsplan::commands
