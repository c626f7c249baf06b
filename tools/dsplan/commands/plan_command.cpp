#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/plan_command.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>
#include <tools/dsplan/plan/guid_names.hpp>
#include <tools/dsplan/plan/request/plan_request.hpp>
#include <tools/dsplan/plan/request/request_words.hpp>
#include <tools/dsplan/plan/request/write_toml.hpp>

#include <algorithm>
#include <map>

namespace dsplan::commands {
namespace {

result<void> write_request(request_command const& options, plan::change_request const& request,
                           console& console) {
    if (options.written_request.empty())
        return {};
    auto file = output_file::open(to_path(options.written_request), console);
    if (!file)
        return tl::unexpected(std::move(file).error());
    file->write(plan::write_toml(request));
    return file->commit();
}

bool is_stopped(std::vector<plan::finding> const& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](auto const& each) { return each.level == plan::severity::stop; });
}

// Nothing is looked at where the request itself says that it cannot be done.
tl::expected<plan::plan, std::vector<failure>> stopped_plan(plan::change_request const& request) {
    plan::plan made;
    made.words = plan::words_of(request);
    made.stopped = true;
    return made;
}

// The files that its tables read.
void add_files_of(plan::change_request const& request, std::vector<std::string>& inputs) {
    auto const add = [&inputs](std::string const& file) {
        if (!file.empty())
            inputs.push_back(file);
    };
    for (auto const& each : request.tables) {
        if (auto const* const restored = std::get_if<plan::restore_table>(&each.content))
            add(restored->from);
        if (auto const* const members = std::get_if<plan::members_table>(&each.content))
            add(members->from);
        if (auto const* const replaced = std::get_if<plan::replace_trustee_table>(&each.content))
            add(replaced->from);
    }
}

exit_status run(request_command const& options, request_maker const& make, std::vector<std::string> inputs,
                console& console) {
    if (auto const checked = options.output.check(console); !checked)
        return report(console, checked.error());
    std::vector<plan::finding> findings;
    auto const from =
        load(options.directory, console).and_then([&](std::unique_ptr<exported_directory> base) {
            return options.before.carried_out(std::move(base), findings);
        });
    if (!from)
        return report(console, from.error());
    auto const made = make(**from);
    if (!made)
        return report_all(console, made.error());
    auto const& request = made->request;
    auto drawn = is_stopped(made->findings)
                     ? stopped_plan(request)
                     : plan::plan_request((*from)->exported, request, (*from)->known(), options.channel);
    if (!drawn)
        return report_all(console, drawn.error());
    if (options.dsacls_names == "guid")
        plan::name_rights_by_guid(*drawn, (*from)->known());
    findings.insert(findings.end(), made->findings.begin(), made->findings.end());
    drawn->findings.insert(drawn->findings.begin(), findings.begin(), findings.end());
    if (auto const written = write_request(options, request, console); !written)
        return report(console, written.error());
    drawn->words.job = options.name;
    add_files_of(request, inputs);
    for (auto const* const files : {&options.directory.exports, &options.directory.schema_exports})
        inputs.insert(inputs.end(), files->begin(), files->end());
    options.before.add_inputs(inputs);
    return options.output.finish(*std::move(drawn), (*from)->exported, (*from)->known(), inputs, console);
}

} // namespace

exit_status report_all(console& console, std::vector<failure> const& errors) {
    for (auto const& each : errors)
        report(console, each);
    return exit_status::error;
}

exit_status plan_made(request_command const& options, request_maker const& make,
                      std::vector<std::string> inputs, console& console) {
    auto const status = with_temporary_files(
        [&]() -> result<exit_status> { return run(options, make, std::move(inputs), console); });
    return status ? *status : report(console, status.error());
}

exit_status plan_guarded(request_command const& options, plan::change_request const& request,
                         std::vector<std::string> inputs, console& console) {
    auto const make = [&request](exported_directory const&) {
        return tl::expected<plan::prepared_request, std::vector<failure>>(
            plan::prepared_request{request, {}});
    };
    return plan_made(options, make, std::move(inputs), console);
}

void add_directory_and_output(CLI::App& command, request_command& options) {
    static std::map<std::string, plan::change_channel> const channels{
        {"auto", plan::change_channel::automatic},
        {"dsacls", plan::change_channel::dsacls},
        {"ldif", plan::change_channel::ldif}};
    command
        .add_option(
            "--channel", options.channel,
            "How permissions travel: dsacls where it can say them and LDIF for the rest, which is the "
            "default, or one of the two alone")
        ->transform(CLI::CheckedTransformer(channels).description(""))
        ->transform(one_of(words_in(channels)))
        ->type_name("auto|dsacls|ldif");
    command
        .add_option("--dsacls-names", options.dsacls_names,
                    "Name rights and property sets in calls of dsacls by their English name, or by GUID, "
                    "which Windows takes in any language; name if not given")
        ->transform(one_of({"name", "guid"}))
        ->type_name("name|guid");
    options.directory.add_to(command);
    options.before.add_to(command);
    options.output.add_to(command);
}

CLI::Option* add_list(CLI::App& command, std::string const& name, std::vector<std::string>& to,
                      std::string const& type, std::string const& description) {
    return command.add_option(name, to, description)->type_name(type)->expected(1)->take_all();
}

void add_write_request(CLI::App& command, request_command& common) {
    command
        .add_option("--write-request", common.written_request,
                    "File for the request as TOML, as plan request takes it")
        ->type_name("FILE.toml");
}

void add_reason(CLI::App& command, std::string& reason, request_command& common) {
    command.add_option("--reason", reason, "Why, for the review")->type_name("TEXT");
    add_directory_and_output(command, common);
    add_write_request(command, common);
}

void add_objects(CLI::App& command, plan::object_choice& on) {
    add_list(command, "--on", on.names, "OBJECT", "Object whose list changes; may be given again");
    auto* const below =
        command.add_option("--below", on.below, "Objects of the export below this one")->type_name("OBJECT");
    command.add_option("--class", on.class_name, "Of those below, the objects of this class")
        ->type_name("CLASS")
        ->needs(below);
}

} // namespace dsplan::commands
