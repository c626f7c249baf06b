#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/access/who_can.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/access.hpp>
#include <tools/dsplan/render/answer_pages.hpp>
#include <tools/dsplan/render/identity_json.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <ostream>
#include <string>
#include <unordered_map>
#include <vector>

namespace dsplan::commands {
namespace {

struct who_can_options {
    directory_options directory;
    std::string right;
    std::string on;
    std::string below;
    std::string object_class;
    std::string format = "text";
    bool all = false;
};

render::page_provenance provenance_of(who_can_options const& options) {
    return page_sources({{"base", options.directory.exports}, {"schema", options.directory.schema_exports}});
}

class who_can_command {
public:
    who_can_command(exported_directory const& from, access::directory_image const& image,
                    access::right_query const& query, who_can_options const& options)
        : from_(from)
        , image_(image)
        , query_(query)
        , options_(options) {}

    [[nodiscard]] std::string text(access::who_can_answer const& answer) const {
        auto made = fmt::format("Who can: {}, on {}\n", printable(query_.text),
                                counted(answer.objects, "object", "objects"));
        made += holders_text(answer.holders, answer);
        auto const unknown = unknown_members(answer);
        bool const all_known = unknown.empty() && from_.exported.gaps().empty() && answer.unknown == 0 &&
                               answer.conditional == 0 && answer.unless_denied.empty();
        if (!query_.never.empty())
            return made + fmt::format("  Nobody: {}.\n", query_.never);
        if (answer.objects == 0)
            return made + "  Nothing was asked: the export holds no such object.\n";
        if (answer.holders.empty())
            made += all_known ? "  Nobody.\n" : "  Nobody, as far as is known.\n";
        if (!answer.unless_denied.empty())
            made += "\nUnless a conditional ACE denies it, and the export does not hold the claims:\n" +
                    holders_text(answer.unless_denied, answer);
        if (!unknown.empty())
            made += '\n';
        for (auto const& reason : unknown)
            made += fmt::format("Not known: {}.\n", printable(reason));
        if (answer.unknown > 0)
            made += fmt::format(
                "\nNot known for {}: descriptor missing or unreadable, or a class that the schema lacks.\n",
                counted(answer.unknown, "object", "objects"));
        if (answer.conditional > 0)
            made += fmt::format(
                "\nOn {} a conditional ACE may allow it to more: the export does not hold the claims.\n",
                counted(answer.conditional, "object", "objects"));
        for (auto const& gap : from_.exported.gaps())
            made += fmt::format("\nNot known: {}.\n", gap);
        return made;
    }

    [[nodiscard]] nlohmann::ordered_json json(access::who_can_answer const& answer) const {
        auto made = json_document("who-can", {{"right", query_.text},
                                              {"objects", answer.objects},
                                              {"unknown", answer.unknown},
                                              {"conditional", answer.conditional}});
        if (!query_.never.empty())
            made["never"] = query_.never;
        if (auto const gaps = from_.exported.gaps(); !gaps.empty())
            made["gaps"] = std::vector<std::string>(gaps.begin(), gaps.end());
        made["holders"] = holders_json(answer.holders);
        made["unless_denied"] = holders_json(answer.unless_denied);
        auto& outsiders = made["no_accounts_of_the_export"] = nlohmann::ordered_json::object();
        for (auto const& [trustee, sids] : answer.outsiders)
            for (auto const& sid : sids)
                outsiders[fmt::format("{}", trustee)].push_back(fmt::format("{}", sid));
        made["not_known"] = unknown_members(answer);
        return made;
    }

private:
    [[nodiscard]] nlohmann::ordered_json
    holders_json(std::vector<access::holder> const& found_holders) const {
        auto holders = nlohmann::ordered_json::array();
        for (access::holder const& found : found_holders) {
            nlohmann::ordered_json accounts = nlohmann::ordered_json::array();
            for (auto const& [account, objects] : found.accounts)
                accounts.push_back({{"account", name_of(entry(account))},
                                    {"sid", sid_json(entry(account))},
                                    {"dn", entry(account).dn},
                                    {"objects", objects},
                                    {"path", path(found, account)},
                                    {"path_dns", path_dns(found, account)}});
            holders.push_back({{"trustee", name_of(found)},
                               {"sid", fmt::format("{}", found.trustee)},
                               {"dn", dn_json(found.trustee)},
                               {"objects", found.objects},
                               {"example", entry(found.example).dn},
                               {"basis", basis_of(found)},
                               {"accounts", std::move(accounts)}});
        }
        return holders;
    }

    [[nodiscard]] std::string holders_text(std::vector<access::holder> const& holders,
                                           access::who_can_answer const& answer) const {
        std::string made;
        for (access::holder const& found : holders) {
            made += fmt::format("\n  {}  on {}\n      {}\n", printable(name_of(found)),
                                counted(found.objects, "object", "objects"), basis_of(found));
            made += accounts_text(found, answer);
            made += outsiders_text(found, answer);
        }
        return made;
    }

    [[nodiscard]] std::string outsiders_text(access::holder const& found,
                                             access::who_can_answer const& answer) const {
        auto const outsiders = answer.outsiders.find(found.trustee);
        std::string made;
        if (outsiders == answer.outsiders.end() || found.basis == sddl::access_basis::null_dacl)
            return made;
        for (auto const& sid : outsiders->second)
            made += fmt::format("      {}, which is no account of the export\n",
                                printable(directory::account_name(from_.exported, sid)));
        return made;
    }

    // Groups whose members the export does not hold, and groups of accounts that it lacks.
    [[nodiscard]] std::vector<std::string> unknown_members(access::who_can_answer const& answer) const {
        auto made = answer.unknown_members.texts(image_);
        if (auto unseen = access::unseen_groups_text(image_); answer.has_unseen_trustee && !unseen.empty())
            made.push_back(std::move(unseen));
        return made;
    }

    [[nodiscard]] directory::entry const& entry(access::object_index object) const {
        return *image_.objects[object].exported;
    }

    [[nodiscard]] std::string name_of(access::holder const& found) const {
        if (found.trustee == sddl::principal_self)
            return found.accounts.empty()
                       ? "SELF (each object on itself)"
                       : "SELF (each object on itself, and the members of a group on the group)";
        auto name = directory::account_name(from_.exported, found.trustee);
        if (!found.by.empty())
            name += ", by " + found.by;
        return found.basis == sddl::access_basis::ownership ? name + " as owner" : name;
    }

    [[nodiscard]] std::string basis_of(access::holder const& found) const {
        auto const& object = entry(found.example);
        directory::origin_context const origins{from_.exported, from_.known(), from_.sids_of(object)};
        return render::basis_text({origins, {}, object}, found.basis, found.example_ace);
    }

    // A group's name stands after all its members in the export: it is looked for once.
    [[nodiscard]] std::string const& name_of(directory::entry const& object) const {
        auto const [found, is_new] = names_.try_emplace(&object);
        if (is_new)
            found->second = directory::account_name(object);
        return found->second;
    }

    static nlohmann::ordered_json sid_json(directory::entry const& object) {
        return render::text_or_null_json(object.sid ? fmt::format("{}", *object.sid) : std::string());
    }

    [[nodiscard]] nlohmann::ordered_json dn_json(sddl::sid const& trustee) const {
        return render::text_or_null_json(directory::identity_of(&from_.exported, trustee, {}).dn);
    }

    // The account, and the groups between it and the trustee.
    [[nodiscard]] std::vector<directory::entry const*> steps(access::holder const& found,
                                                             access::object_index account) const {
        for (auto const* const group : from_.exported.find_all(found.trustee))
            if (auto steps = from_.members.path(entry(account), *group); !steps.empty())
                return steps;
        return {};
    }

    [[nodiscard]] std::vector<std::string> path(access::holder const& found,
                                                access::object_index account) const {
        std::vector<std::string> names;
        for (auto const* const step : steps(found, account))
            names.push_back(name_of(*step));
        return names;
    }

    [[nodiscard]] std::vector<std::string> path_dns(access::holder const& found,
                                                    access::object_index account) const {
        std::vector<std::string> names;
        for (auto const* const step : steps(found, account))
            names.emplace_back(step->dn);
        return names;
    }

    [[nodiscard]] std::string accounts_text(access::holder const& found,
                                            access::who_can_answer const& answer) const {
        constexpr std::size_t few = 20;
        std::string made;
        if (found.accounts.size() > 1 && found.accounts.size() == answer.everybody && !options_.all)
            return fmt::format("      all {} accounts of the export\n", with_thousands(answer.everybody));
        std::size_t shown = 0;
        for (auto const& [account, objects] : found.accounts) {
            if (++shown > few && !options_.all)
                return made + fmt::format("      and {} more; --all shows them\n",
                                          with_thousands(found.accounts.size() - few));
            auto const groups = path(found, account);
            made += groups.size() < 2
                        ? fmt::format("      {}", printable(directory::account_name(entry(account))))
                        : fmt::format("      {}", printable(fmt::format("{}", fmt::join(groups, " in "))));
            made += objects == found.objects
                        ? "\n"
                        : fmt::format(", on {}\n", counted(objects, "object", "objects"));
        }
        return made;
    }

    exported_directory const& from_;
    access::directory_image const& image_;
    access::right_query const& query_;
    who_can_options const& options_;
    mutable std::unordered_map<directory::entry const*, std::string> names_;
};

result<std::string_view> key_of(exported_directory const& from, std::string const& dn) {
    if (dn.empty())
        return std::string_view();
    auto const object = find_object(from, dn);
    if (!object)
        return tl::unexpected(object.error());
    return (*object)->key;
}

failure unknown_class(directory::schema const& known, std::string const& name) {
    nearest_names near(name);
    for (auto const& each : known.classes())
        near.consider(each.name);
    std::string hint;
    for (auto const& each : near.take())
        hint += fmt::format("  did you mean {}?\n", each);
    return {fmt::format("--class: expected a class of the schema, found '{}'", printable(name)),
            hint + "  give its lDAPDisplayName, and --schema if it is of your own forest\n"};
}

exit_status run_who_can(who_can_options const& options, console& console) {
    auto const from = load(options.directory, console);
    if (!from)
        return report(console, from.error());
    auto const query = access::parse_right(options.right, (*from)->known());
    if (!query)
        return report(console, query.error());
    if (!options.object_class.empty() && (*from)->known().find_class(options.object_class) == nullptr)
        return report(console, unknown_class((*from)->known(), options.object_class));
    auto const on = key_of(**from, options.on);
    auto const below = key_of(**from, options.below);
    if (!on || !below)
        return report(console, on ? below.error() : on.error());
    auto const image = access::make_image((*from)->exported, (*from)->members, (*from)->known());
    auto const answer = access::who_can(image, *query, [&](access::object_index index) {
        auto const& object = *image.objects[index].exported;
        return (on->empty() || object.key == *on) &&
               (below->empty() || directory::is_at_or_below(object.key, *below)) &&
               (options.object_class.empty() ||
                equal_ignoring_case(object.structural_class(), options.object_class));
    });
    who_can_command const command(**from, image, *query, options);
    answer_formats const formats{
        .title = "Who can: " + query->text,
        .text = [&] { return command.text(answer); },
        .json = [&] { return json_text(command.json(answer)); },
        .page = [&] { return render::who_can_page(command.json(answer), provenance_of(options)); },
        .markdown =
            [&] {
                return render::who_can_markdown(command.json(answer));
            }};
    console.out << formats.in(options.format);
    return exit_status::success;
}

} // namespace

void add_who_can(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<who_can_options>();
    auto* const subcommand =
        application.add_subcommand("who-can", "Show everyone who has a right, through which ACE and groups");
    options->directory.add_to(*subcommand);
    subcommand->add_option("--right", options->right, "Right, for instance 'write msDS-KeyCredentialLink'")
        ->type_name("RIGHT")
        ->required();
    auto* const on = add_object_option(*subcommand, "--on", options->on, "The one object to ask about");
    add_object_option(*subcommand, "--below", options->below, "An object to ask about with all below it")
        ->excludes(on);
    subcommand->add_option("--class", options->object_class, "Ask about objects of this class only")
        ->type_name("CLASS");
    add_format_option(*subcommand, options->format);
    subcommand->add_flag("--all", options->all, "Name every account");
    subcommand->footer(
        "Example:\n"
        "  dsplan who-can --base contoso.ldf --right 'write member' --below OU=Admins,DC=contoso,DC=com "
        "--class group\n"
        "\n"
        "Exit status: 0 shown, 2 error.");
    subcommand->callback([options, &chosen] {
        chosen = [options](console& console) {
            return run_who_can(*options, console);
        };
    });
}

} // namespace dsplan::commands
