#include <sddl/write.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/access_trace.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/identity_json.hpp>
#include <tools/dsplan/render/page_top.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <html_templates.hpp>
#include <string_view>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;
using sddl::trace_outcome;

struct outcome_row {
    trace_outcome outcome;
    std::string_view name; ///< in JSON
    std::string_view words;
};

constexpr std::array<outcome_row, 12> outcomes{{
    {trace_outcome::allows, "allows", "allows"},
    {trace_outcome::denies, "denies", "denies"},
    {trace_outcome::allows_a_part, "allows-a-part", "allows a part of the property set only"},
    {trace_outcome::no_access_ace, "no-access-ace", "neither allows nor denies"},
    {trace_outcome::inherit_only, "inherit-only", "inherit-only: waits for objects below"},
    {trace_outcome::other_account, "other-account", "for another account"},
    {trace_outcome::condition_false, "condition-false", "its condition does not hold"},
    {trace_outcome::condition_unknown, "condition-unknown",
     "not counted: whether its condition holds is not known"},
    {trace_outcome::other_rights, "other-rights", "about other rights"},
    {trace_outcome::other_type, "other-type", "about another attribute, set, right or class"},
    {trace_outcome::decided_before, "decided-before", "about rights that are decided already"},
    {trace_outcome::after_the_answer, "after-the-answer", "not reached: the answer stands"},
}};

constexpr bool is_index() {
    for (std::size_t place = 0; place < outcomes.size(); ++place)
        if (outcomes[place].outcome != static_cast<trace_outcome>(place))
            return false;
    return true;
}
static_assert(is_index(), "an outcome is its index");

outcome_row const& row_of(trace_outcome outcome) {
    return outcomes[static_cast<std::size_t>(outcome)];
}

std::string letters(sddl::access_mask mask) {
    return mask.bits == 0 ? "nothing" : sddl::write_rights(mask);
}

std::string what_it_does(sddl::traced_ace const& step, traced_line const& line, std::string const& node) {
    auto text = std::string(row_of(step.outcome).words);
    if (step.outcome == trace_outcome::other_account)
        return fmt::format("{}: {} is not in the token", text, line.who);
    if (step.outcome == trace_outcome::allows || step.outcome == trace_outcome::denies)
        text += fmt::format(" {} to {}", letters(step.granted | step.denied), line.who);
    if (!node.empty())
        text += fmt::format(", on {}", node);
    return text +
           (step.has_unknown_condition ? "; its condition is not known, and a denial counts then" : "");
}

std::string_view sign_of(trace_outcome outcome) {
    if (outcome == trace_outcome::allows)
        return "+";
    return outcome == trace_outcome::denies ? "-" : "·";
}

std::string start_text(sddl::access_trace const& check) {
    switch (check.start) {
    case sddl::access_basis::ownership:
        return fmt::format("the owner has {} without an ACE", letters(check.granted_before));
    case sddl::access_basis::null_dacl:
        return "the DACL is NULL: everybody may do everything";
    case sddl::access_basis::absent_dacl:
        return "there is no DACL: everybody may do everything";
    case sddl::access_basis::ace:
    case sddl::access_basis::nothing:
        break;
    }
    return "nothing";
}

sddl::access_mask denied_in(sddl::access_trace const& check) {
    sddl::access_mask denied;
    for (auto const& step : check.aces)
        denied = denied | step.denied;
    return denied;
}

std::string refusal_of(sddl::access_trace const& check) {
    auto const found = std::find_if(check.aces.begin(), check.aces.end(), [](sddl::traced_ace const& step) {
        return step.outcome == trace_outcome::denies;
    });
    if (found != check.aces.end())
        return fmt::format("no: ACE {} denies {}", found->index + 1, letters(found->denied));
    auto const granted = check.granted | denied_in(check);
    return fmt::format("no: at the end of the list no ACE has allowed {}",
                       letters({check.asked.bits & ~granted.bits}));
}

std::string verdict_of(access_story const& story) {
    auto const& trace = story.trace;
    if (!trace.is_granted && trace.check.is_granted)
        return "no: " + trace.remark;
    auto const verdict = trace.is_granted ? "yes: all that is asked for is granted" : refusal_of(trace.check);
    return trace.remark.empty() ? verdict : fmt::format("{}; {}", verdict, trace.remark);
}

std::string asked_text(access_story const& story) {
    return fmt::format("{} ({}) on {}", story.trace.right, letters(story.trace.check.asked), story.on);
}

json step_json(access_story const& story, std::size_t place) {
    auto const& step = story.trace.check.aces[place];
    auto const& line = story.aces[place];
    json made{{"ace", step.index},
              {"sddl", line.sddl},
              {"who", line.who},
              {"sid", text_or_null_json(line.sid)},
              {"dn", text_or_null_json(line.dn)},
              {"outcome", row_of(step.outcome).name},
              {"words", what_it_does(step, line, story.trace.step_nodes[place])},
              {"granted", sddl::write_rights(step.granted)},
              {"denied", sddl::write_rights(step.denied)},
              {"left", sddl::write_rights(step.left)}};
    if (!story.trace.step_nodes[place].empty())
        made["on"] = story.trace.step_nodes[place];
    if (!line.origin.empty())
        made["origin"] = line.origin;
    return made;
}

json token_json(std::vector<token_line> const& token) {
    auto rows = json::array();
    for (auto const& line : token)
        rows.push_back({{"sid", line.sid},
                        {"name", line.name},
                        {"dn", text_or_null_json(line.dn)},
                        {"reason", line.reason}});
    return rows;
}

json story_json(access_story const& story) {
    auto steps = json::array();
    for (std::size_t place = 0; place < story.trace.check.aces.size(); ++place)
        steps.push_back(step_json(story, place));
    return {{"who", story.who},
            {"on", story.on},
            {"account", identity_json(story.account)},
            {"object", identity_json(story.object)},
            {"right", story.trace.right},
            {"asked", sddl::write_rights(story.trace.check.asked)},
            {"path", story.trace.path},
            {"token", token_json(story.token)},
            {"claims", story.claims},
            {"before", start_text(story.trace.check)},
            {"steps", std::move(steps)},
            {"granted", story.trace.is_granted},
            {"remark", story.trace.remark},
            {"verdict", verdict_of(story)},
            {"unknown", story.unknown}};
}

void append_token(std::string& text, access_story const& story) {
    text += fmt::format("The token of {}\n", printable(story.who));
    std::size_t sid = 0;
    std::size_t name = 0;
    for (auto const& line : story.token) {
        sid = std::max(sid, line.sid.size());
        name = std::max(name, printable(line.name).size());
    }
    for (auto const& line : story.token)
        text += fmt::format("  {:{}}  {:{}}  {}\n", line.sid, sid, printable(line.name), name,
                            printable(line.reason));
    for (auto const& claim : story.claims)
        text += fmt::format("  claim {}\n", printable(claim));
}

// What stands below the answer opens on demand.
void fold_unreached(json& values) {
    auto& steps = values["steps"];
    auto reached = steps.size();
    while (reached > 0 && steps[reached - 1]["outcome"] == row_of(sddl::trace_outcome::after_the_answer).name)
        --reached;
    auto unreached = json::array();
    while (steps.size() > reached) {
        unreached.insert(unreached.begin(), steps.back());
        steps.erase(steps.size() - 1);
    }
    values["has_unreached"] = !unreached.empty();
    values["unreached_words"] =
        counted(unreached.size(), "more ACE is not reached", "more ACEs are not reached") +
        ": the answer stands";
    values["unreached"] = std::move(unreached);
}

} // namespace

std::string access_story_text(access_story const& story) {
    std::string text;
    append_token(text, story);
    text += fmt::format("\nAsked: {}\n", printable(asked_text(story)));
    if (story.trace.path.size() > 1)
        text += fmt::format("  {}\n", printable(fmt::format("{}", fmt::join(story.trace.path, " > "))));
    text += fmt::format("Before the first ACE: {}\n", start_text(story.trace.check));
    for (std::size_t place = 0; place < story.aces.size(); ++place) {
        auto const& step = story.trace.check.aces[place];
        auto const& line = story.aces[place];
        text += fmt::format("  {:>3} {} {}; left: {}\n", step.index + 1, sign_of(step.outcome),
                            printable(what_it_does(step, line, story.trace.step_nodes[place])),
                            letters(step.left));
        text += fmt::format("        {}{}{}\n", printable(line.sddl), line.origin.empty() ? "" : "  ",
                            printable(line.origin));
    }
    text += fmt::format("\n{}\n", printable(verdict_of(story)));
    for (auto const& reason : story.unknown)
        text += fmt::format("not known: {}\n", printable(reason));
    return text;
}

std::string access_story_json(access_story const& story) {
    return json_document("access-trace", story_json(story))
               .dump(2, ' ', false, json::error_handler_t::replace) +
           "\n";
}

std::string access_story_page(access_story const& story, page_provenance const& from) {
    auto values = story_json(story);
    for (auto& step : values["steps"]) {
        step["number"] = step["ace"].get<std::size_t>() + 1;
        step["allows"] = step["outcome"] == "allows";
        step["denies"] = step["outcome"] == "denies";
        step["has_origin"] = step.contains("origin");
        step["left_words"] = step["left"] == "" ? "nothing" : step["left"];
    }
    fold_unreached(values);
    verdict_box top{.look = story.trace.is_granted ? "good" : "bad",
                    .sentence = verdict_of(story),
                    .badges = {},
                    .lines = {}};
    if (!story.unknown.empty())
        top.badges.emplace_back("doubt", fmt::format("{} not known", story.unknown.size()));
    values["verdict_box"] = verdict_html(top);
    std::vector<page_place> places;
    if (!story.unknown.empty())
        places.push_back({"part-not-known", "Not known"});
    places.insert(places.end(), {{"part-token", "The token"}, {"part-list", "The list, ACE by ACE"}});
    values["contents"] = contents_html(places);
    values["has_path"] = story.trace.path.size() > 1;
    values["path_words"] = fmt::format("{}", fmt::join(story.trace.path, " > "));
    values["asked_words"] = asked_text(story);
    values["has_claims"] = !story.claims.empty();
    values["has_unknown"] = !story.unknown.empty();
    html_page const page("An access check, step by step", embedded::access_trace_css, "");
    return page.head() + fill_html(embedded::access_trace_mustache, values) + page.tail(from);
}

} // namespace dsplan::render
