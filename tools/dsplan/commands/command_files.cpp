#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/commands/command_files.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/dsacls/read_dsacls.hpp>
#include <tools/dsplan/plan/request/plan_request.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace dsplan::commands {
namespace {

bool ends_in(std::string_view name, std::string_view ending) {
    return name.size() > ending.size() &&
           equal_ignoring_case(name.substr(name.size() - ending.size()), ending);
}

failure as_one(std::vector<failure> const& errors) {
    auto made = errors.front();
    for (auto each = errors.begin() + 1; each != errors.end(); ++each)
        made.detail += "  " + each->what + "\n" + each->detail;
    made.detail +=
        "  dsplan plan dsacls takes options for what a line may mean: review the folder that it writes\n";
    return made;
}

// The line of the first call for each object, by its normalised name.
std::map<std::string, std::uint64_t> lines_of_calls(plan::dsacls_script const& script) {
    std::map<std::string, std::uint64_t> made;
    for (auto const& call : script.calls)
        if (!call.words.empty())
            if (auto key = ldif::normalize(call.words.front().text))
                made.try_emplace(*std::move(key), call.place.line);
    return made;
}

} // namespace

bool is_command_file(std::string_view name) {
    static constexpr std::array<std::string_view, 3> endings{".cmd", ".bat", ".ps1"};
    return std::any_of(endings.begin(), endings.end(),
                       [name](std::string_view ending) { return ends_in(name, ending); });
}

plan::command_shell shell_of(std::string_view file) {
    return ends_in(file, ".ps1") ? plan::command_shell::powershell : plan::command_shell::cmd;
}

result<plan::dsacls_script> read_command_file(std::string const& file, plan::command_shell shell,
                                              plan::script_variables const& variables) {
    constexpr std::size_t largest_script = std::size_t(16) << 20U;
    return read_text_file(to_path(file), largest_script).map([&](std::string const& text) {
        return plan::read_script(text, file, shell, variables);
    });
}

result<commanded_changes> changes_of_commands(std::string const& file, exported_directory const& from) {
    auto const script = read_command_file(file, shell_of(file), {});
    if (!script)
        return tl::unexpected(script.error());
    auto const read =
        plan::read_dsacls(*script, {}, {from.exported, from.around, from.members, from.known()});
    if (!read)
        return tl::unexpected(as_one(read.error()));
    auto drawn = read->request.tables.empty() // calls that only show a list
                     ? tl::expected<plan::plan, std::vector<failure>>()
                     : plan::plan_request(from.exported, read->request, from.known());
    if (!drawn)
        return tl::unexpected(as_one(drawn.error()));
    commanded_changes made;
    auto findings = read->findings;
    findings.insert(findings.end(), drawn->findings.begin(), drawn->findings.end());
    for (auto const& each : findings) {
        if (each.level == plan::severity::stop)
            return tl::unexpected(failure{
                fmt::format("{}: what it does is not known: {}", printable(file), printable(each.text)),
                each.advice.empty() ? "" : fmt::format("  {}\n", each.advice)});
        bool const is_told = each.rule == "other-commands"; // as a finding each
        if (!is_told && (each.level == plan::severity::warning || each.level == plan::severity::unknown))
            made.remarks.push_back(fmt::format("{}: {}", printable(file), printable(each.text)));
    }
    made.others = script->others;
    made.drawn = *std::move(drawn);
    auto const lines = lines_of_calls(*script);
    for (auto const& domain : made.drawn.domains)
        for (auto const& change : domain.permissions) {
            auto const known = lines.find(ldif::normalize(change.dn).value_or(std::string()));
            made.lines.push_back(known == lines.end() ? 0 : known->second);
        }
    return made;
}

} // namespace dsplan::commands
