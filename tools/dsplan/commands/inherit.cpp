#include <sddl/write.hpp>
#include <tools/dsplan/access/inheritance_check.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/exported_directory.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/answer_pages.hpp>
#include <tools/dsplan/words/shown_ace.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <ostream>
#include <string>

namespace dsplan::commands {
namespace {

struct inherit_options {
    directory_options directory;
    std::string on;
    std::string below;
    std::string format = "text";
    bool lines = false;
};

render::page_provenance provenance_of(inherit_options const& options) {
    return page_sources({{"base", options.directory.exports}, {"schema", options.directory.schema_exports}});
}

struct tally {
    std::size_t equal = 0;
    std::size_t different = 0;
    std::size_t unknown = 0;
};

std::vector<std::string> as_sddl(std::vector<sddl::ace> const& aces, sddl::domain_sids const& sids) {
    std::vector<std::string> texts;
    for (sddl::ace const& value : aces)
        texts.push_back(sddl::write_ace(value, sids));
    return texts;
}

nlohmann::ordered_json to_json(directory::entry const& object,
                               access::inheritance_difference const& difference,
                               sddl::domain_sids const& sids) {
    nlohmann::ordered_json made{{"dn", object.dn},
                                {"equal", difference.equal()},
                                {"missing", as_sddl(difference.missing, sids)},
                                {"extra", as_sddl(difference.extra, sids)},
                                {"order", difference.order_differs}};
    made["unknown"] = nullptr;
    if (!difference.unknown.empty())
        made["unknown"] = difference.unknown;
    return made;
}

void print(console& console, directory::entry const& object, access::inheritance_difference const& difference,
           sddl::domain_sids const& sids) {
    console.out << printable(object.dn) << '\n';
    for (auto const& value : difference.missing)
        console.out << "    - missing  " << words::shown_ace(value, sids) << '\n';
    for (auto const& value : difference.extra)
        console.out << "    + left over  " << words::shown_ace(value, sids) << '\n';
    if (difference.order_differs)
        console.out << "    ~ the parent's ACEs in another order\n";
    if (!difference.unknown.empty())
        console.out << "    ? " << difference.unknown << '\n';
}

class inherit_command {
public:
    inherit_command(exported_directory const& from, inherit_options const& options, console& console)
        : from_(from)
        , options_(options)
        , console_(console) {}

    void check(directory::entry const& object) {
        // What a recycle bin holds inherits nothing. [MS-ADTS] 6.1.3
        if (object.first(directory::attribute::is_deleted) == "TRUE")
            return;
        auto const difference = access::check_inheritance(from_.known(), object);
        ++(difference.equal()           ? counted_.equal
           : difference.unknown.empty() ? counted_.different
                                        : counted_.unknown);
        auto const sids = from_.sids_of(object);
        bool const is_text = options_.format == "text" && !options_.lines;
        if (options_.lines || options_.format == "json" || (!is_text && !difference.equal()))
            add(to_json(object, difference, sids));
        else if (is_text && !difference.equal())
            print(console_, object, difference, sids);
    }

    exit_status finish() {
        nlohmann::ordered_json const made{{"objects", all_}, {"gaps", from_.exported.gaps()}};
        answer_formats const formats{
            .title = "Inheritance, computed again",
            .text = [this] { return totals(); },
            .json = [&] { return json_text(json_document("inherit", made)); },
            .page = [&] { return render::inherit_page(made, counted_.equal, provenance_of(options_)); },
            .markdown =
                [&] {
                    return render::inherit_markdown(made, counted_.equal);
                }};
        if (!options_.lines)
            console_.out << formats.in(options_.format);
        auto const open = counted_.different + counted_.unknown + from_.exported.gaps().size();
        return open == 0 ? exit_status::success : exit_status::findings;
    }

private:
    [[nodiscard]] std::string totals() const {
        auto text =
            fmt::format("Inheritance: {} equal to what the parents make, {} different, {} not known.\n",
                        counted(counted_.equal, "object", "objects"), counted_.different, counted_.unknown);
        for (auto const& gap : from_.exported.gaps())
            text += fmt::format("Not known: {}.\n", gap);
        return text;
    }

    void add(nlohmann::ordered_json made) {
        if (options_.lines)
            console_.out << json_document("inherit-object", made)
                                .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                         << '\n';
        else
            all_.push_back(std::move(made));
    }

    exported_directory const& from_;
    inherit_options const& options_;
    console& console_;
    nlohmann::ordered_json all_ = nlohmann::ordered_json::array();
    tally counted_;
};

exit_status run_inherit(inherit_options const& options, console& console) {
    auto const from = load(options.directory, console);
    if (!from)
        return report(console, from.error());
    inherit_command command(**from, options, console);
    if (!options.on.empty()) {
        auto const object = find_object(**from, options.on);
        if (!object)
            return report(console, object.error());
        command.check(**object);
        return command.finish();
    }
    std::string_view below;
    if (!options.below.empty()) {
        auto const top = find_object(**from, options.below);
        if (!top)
            return report(console, top.error());
        below = (*top)->key;
    }
    for (directory::entry const& object : (*from)->exported.entries()) {
        if (below.empty() || directory::is_at_or_below(object.key, below))
            command.check(object);
    }
    return command.finish();
}

} // namespace

void add_inherit(CLI::App& application, action& chosen) {
    auto const options = std::make_shared<inherit_options>();
    auto* const subcommand = application.add_subcommand(
        "inherit", "Recompute inherited ACEs from the parents and compare them with the export");
    options->directory.add_to(*subcommand);
    auto* const on = add_object_option(*subcommand, "--on", options->on, "The one object to check");
    add_object_option(*subcommand, "--below", options->below, "An object to check with all below it")
        ->excludes(on);
    add_format_option(*subcommand, options->format);
    subcommand->add_flag("--lines", options->lines, "Write one JSON object a line");
    subcommand->footer("Example:\n"
                       "  dsplan inherit --base contoso.ldf --below OU=Sales,DC=contoso,DC=com\n"
                       "\n"
                       "Exit status: 0 all equal, 1 differences, 2 error.");
    subcommand->callback([options, &chosen] {
        chosen = [options](console& console) {
            return run_inherit(*options, console);
        };
    });
}

} // namespace dsplan::commands
