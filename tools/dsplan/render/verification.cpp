#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/identity_json.hpp>
#include <tools/dsplan/render/verification.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;
using plan::step_state;

std::string_view sign_of(step_state state) {
    switch (state) {
    case step_state::done:
        return "✓ done       ";
    case step_state::done_otherwise:
        return "✓ otherwise  ";
    case step_state::not_done:
        return "✗ not done   ";
    case step_state::different:
        return "! different  ";
    case step_state::unknown:
        return "? unknown    ";
    }
    return "";
}

std::string_view name_of(step_state state) {
    switch (state) {
    case step_state::done:
        return "done";
    case step_state::done_otherwise:
        return "done-otherwise";
    case step_state::not_done:
        return "not-done";
    case step_state::different:
        return "different";
    case step_state::unknown:
        return "unknown";
    }
    return "";
}

// Of an object, which no step changes.
std::string_view comparison_name(step_state state) {
    return state == step_state::done ? "unchanged" : name_of(state);
}

template <class List>
std::size_t count_of(List const& list, step_state state) {
    return static_cast<std::size_t>(
        std::count_if(list.begin(), list.end(), [state](auto const& each) { return each.state == state; }));
}

void append_details(std::string& text, std::vector<std::string> const& details) {
    for (std::string const& detail : details)
        text += fmt::format("      {}\n", printable(detail));
}

std::string_view sign_of(plan::compared_object const& object) {
    if (object.state == step_state::different)
        return "!";
    return object.not_compared.empty() ? "✓" : "?";
}

std::string objects_text(std::vector<plan::compared_object> const& objects, bool with_unchanged) {
    std::string text;
    for (plan::compared_object const& object : objects) {
        if (object.state == step_state::done && object.not_compared.empty() && !with_unchanged)
            continue;
        text += fmt::format("  {} {}\n", sign_of(object), printable(object.dn));
        append_details(text, object.differences);
        append_details(text, object.not_compared);
    }
    return text;
}

constexpr std::string_view other_export = "another file than the plan was made from";

json objects_json(std::vector<plan::compared_object> const& objects) {
    auto made = json::array();
    for (plan::compared_object const& object : objects)
        made.push_back({{"dn", object.dn},
                        {"state", comparison_name(object.state)},
                        {"aces", object.aces},
                        {"differences", object.differences},
                        {"not_compared", object.not_compared}});
    return made;
}

} // namespace

std::string folder_text(plan_folder const& folder) {
    std::string text;
    if (folder.is_as_written()) {
        auto const count = std::count_if(folder.files.begin(), folder.files.end(), [](auto const& file) {
            return file.state == file_state::as_written;
        });
        text = fmt::format("Files  ✓ {} as written\n",
                           counted(static_cast<std::size_t>(count), "file is", "files are"));
    } else {
        text = "Files\n";
        for (folder_file const& file : folder.files)
            if (file.state != file_state::as_written && file.state != file_state::foreign)
                text += fmt::format("  ✗ {}: {}\n", printable(file.path), meaning_of(file.state));
    }
    for (folder_file const& file : folder.files)
        if (file.state == file_state::foreign)
            text += fmt::format("  · {}: {}\n", printable(file.path), meaning_of(file.state));
    for (auto const& file : folder.other_exports)
        text += fmt::format("Export  · {}: {}\n", printable(file), other_export);
    return text + fmt::format("Digest of the set (SHA-256 of SHA256SUMS): {}\n",
                              folder.set_digest.empty() ? "none, SHA256SUMS is missing" : folder.set_digest);
}

page_frame folder_frame(plan_folder const& folder, bool has_base) {
    page_frame frame{.title = "Review of a plan folder", .head = {}};
    auto& said = frame.head;
    bool const is_whole = folder.is_as_written();
    said.push_back({0,
                    {strong("Files:"), plain(is_whole ? " all as SHA256SUMS and plan.json have them."
                                                      : " not as SHA256SUMS and plan.json have them.")}});
    for (folder_file const& file : folder.files)
        if (file.state != file_state::as_written) {
            said.push_back({1, {code(file.path), plain(fmt::format(": {}", meaning_of(file.state)))}});
            frame.counts.dangers += file.state == file_state::foreign ? 0U : 1U;
        }
    for (auto const& file : folder.other_exports)
        said.push_back(
            {0, {strong("Export"), plain(" "), code(file), plain(fmt::format(": {}.", other_export))}});
    said.push_back(
        {0,
         {strong("Digest of the set"), plain(" (SHA-256 of SHA256SUMS): "),
          folder.set_digest.empty() ? plain("none, SHA256SUMS is missing") : code(folder.set_digest)}});
    if (!has_base)
        said.push_back(
            {0, {plain("Without --base: what is there before and what the change does is not known.")}});
    return frame;
}

json folder_json(plan_folder const& folder) {
    auto files = json::array();
    for (folder_file const& file : folder.files)
        files.push_back({{"path", file.path}, {"state", name_of(file.state)}});
    return {{"plan_sha256", folder.plan_digest},
            {"set_sha256", folder.set_digest},
            {"as_written", folder.is_as_written()},
            {"files", std::move(files)},
            {"other_exports", folder.other_exports}};
}

std::string verification_text(plan::verification const& held) {
    std::string text;
    for (plan::verified_step const& step : held.steps) {
        text += fmt::format("  {}{}\n", sign_of(step.state), printable(step.what));
        append_details(text, step.details);
    }
    if (auto const objects = objects_text(held.objects, false); !objects.empty())
        text += "Besides the steps\n" + objects;
    return text + (held.steps.empty() ? std::string("The plan has no steps: nothing to verify.\n")
                                      : fmt::format("{} of {} steps done.\n",
                                                    count_of(held.steps, step_state::done) +
                                                        count_of(held.steps, step_state::done_otherwise),
                                                    held.steps.size()));
}

std::string base_comparison_text(std::vector<plan::compared_object> const& compared) {
    std::size_t aces = 0;
    std::size_t others = 0;
    for (plan::compared_object const& object : compared) {
        aces += object.aces;
        others += object.differences.size() - object.aces;
    }
    auto const unknown = count_of(compared, step_state::unknown);
    std::string answer;
    if (aces != 0)
        answer += ", " + counted(aces, "ACE differs", "ACEs differ");
    if (others != 0)
        answer += ", " + counted(others, aces == 0 ? "difference" : "other difference",
                                 aces == 0 ? "differences" : "other differences");
    if (!answer.empty())
        answer = "no" + answer;
    else if (unknown != 0)
        answer = "not known, the export lacks what would say it";
    else if (compared.empty())
        answer = "the plan has no steps: nothing to compare";
    else
        answer = "yes";
    return fmt::format("Still what the plan was made from: {}\n", answer) + objects_text(compared, true);
}

std::string verification_json(plan_folder const& folder, plan::verification const& held,
                              std::vector<plan::compared_object> const& compared, bool is_before,
                              int exit_status) {
    auto steps = json::array();
    for (plan::verified_step const& step : held.steps)
        steps.push_back({{"state", name_of(step.state)},
                         {"what", step.what},
                         {"named", identities_json(step.named)},
                         {"details", step.details}});
    json const made = {{"format", "dsplan.verify"},
                       {"version", 1},
                       {"question", is_before ? "before" : "after"},
                       {"exit_status", exit_status},
                       {"folder", folder_json(folder)},
                       {"steps", std::move(steps)},
                       {"objects", objects_json(is_before ? compared : held.objects)}};
    return made.dump(2, ' ', true, json::error_handler_t::replace) + "\n";
}

} // namespace dsplan::render
