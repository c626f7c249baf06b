#include <tools/dsplan/ground/windows_command.hpp>
#include <tools/dsplan/paths/path_advice.hpp>

#include <fmt/format.h>

#include <initializer_list>
#include <utility>

namespace dsplan::paths {
namespace {

// "dsplan plan owner --to … --base EXPORT.ldf --out change"
std::string plan_command(std::string_view what,
                         std::initializer_list<std::pair<std::string_view, std::string_view>> options) {
    auto made = fmt::format("dsplan plan {}", what);
    for (auto const& [name, value] : options) {
        auto const quoted = quote_argument(value);
        if (value.empty() || !quoted)
            return {};
        made += fmt::format(" {} {}", name, *quoted);
    }
    return made + " --base EXPORT.ldf --out change";
}

bool rests_on_an_ace(path_step const& step) {
    return step.ace && !step.ace->sddl.empty() && !step.right.empty();
}

// What the change writes that makes the step, or where none is new, lets somebody go the way.
std::string leaving_out(changed_path const& changed) {
    if (changed.new_step == 0)
        return fmt::format("leave {} of {} as it is", changed.changed_attribute, changed.changed_object);
    auto const& step = changed.path.steps[changed.new_step - 1];
    auto const& row = row_of(step.kind);
    if (step.kind == edge_kind::member)
        return fmt::format("leave {} out of {}", step.from.name, step.to.name);
    if (step.kind == edge_kind::owner)
        return fmt::format("{} of {}", row.close, step.to.name);
    bool const is_written =
        rests_on_an_ace(step) && changed.changed_object == step.ace->source &&
        (changed.changed_attribute == "nTSecurityDescriptor" || changed.changed_attribute.empty());
    auto made = is_written
                    ? fmt::format("leave out {} on {}",
                                  step.ace->put.empty() ? step.ace->sddl : step.ace->put, step.ace->source)
                    : command_against(step);
    if (row.close.empty())
        return made.empty() ? fmt::format("leave {} as it is", changed.changed_object) : made;
    return fmt::format("{}{}{}", made, made.empty() ? "" : ", or ", row.close);
}

} // namespace

std::string command_against(path_step const& step) {
    if (step.kind == edge_kind::member)
        return plan_command("members", {{"--group", step.to.dn}, {"--remove", step.from.dn}});
    if (step.kind == edge_kind::owner)
        return plan_command("owner", {{"--to", "Domain Admins"}, {"--on", step.to.dn}});
    if (!rests_on_an_ace(step))
        return {};
    auto const& ace = *step.ace;
    return plan_command("revoke", {{"--from", ace.trustee}, {"--ace", ace.put}, {"--on", ace.source}});
}

std::string_view reason_of(changed_path const& changed) {
    if (changed.new_step == 0 || changed.what == path_change::closes)
        return {};
    return row_of(changed.path.steps[changed.new_step - 1].kind).why;
}

std::string advice_about(changed_path const& changed) {
    bool const has_cause = changed.new_step != 0 || !changed.changed_attribute.empty();
    if (!has_cause || changed.what == path_change::closes)
        return {};
    auto const& steps = changed.path.steps;
    auto made = leaving_out(changed);
    for (std::size_t number = steps.size(); number > 0; --number) {
        auto const& step = steps[number - 1];
        bool const was_there = number != changed.new_step && !step.is_new;
        auto const command = was_there && (rests_on_an_ace(step) || step.kind == edge_kind::owner)
                                 ? command_against(step)
                                 : std::string();
        if (!command.empty())
            return fmt::format("{}; or close step {}: {}", made, number, command);
    }
    return made;
}

} // namespace dsplan::paths
