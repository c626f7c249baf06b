#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/plan_findings.hpp>

#include <string_view>

namespace dsplan::render {
namespace {

using plan::severity;

std::string_view severity_word(severity level) {
    switch (level) {
    case severity::fact:
        return "checked";
    case severity::note:
        return "note";
    case severity::unknown:
        return "not known";
    case severity::warning:
        return "look at this";
    case severity::stop:
        return "stops the plan";
    }
    return "";
}

std::string_view tone_of(severity level) {
    switch (level) {
    case severity::fact:
        return "good";
    case severity::note:
        return "quiet";
    case severity::unknown:
    case severity::warning:
        return "doubt";
    case severity::stop:
        return "bad";
    }
    return "";
}

void add_finding(std::vector<passage>& said, plan::finding const& found) {
    said.push_back(item({badge(std::string(severity_word(found.level)), tone_of(found.level)),
                         plain(": " + found.text + " ("), code(found.rule), plain(")")}));
    for (evidence const& seen : found.seen) {
        auto& line = said.emplace_back(item_below({code(seen.dn), plain(", " + seen.attribute)})).said;
        if (!seen.value.empty())
            line.insert(line.end(), {plain(": "), code(seen.value)});
    }
    if (!found.advice.empty())
        said.push_back(item_below({strong("To do:"), plain(" " + found.advice)}));
}

} // namespace

std::vector<page_section> finding_sections(plan::plan const& drawn) {
    page_section made{"Findings of the plan", false, {}};
    page_section checked{"", true, {}, true};
    std::size_t count = 0;
    for (auto const level :
         {severity::stop, severity::warning, severity::unknown, severity::note, severity::fact})
        for (plan::finding const& found : drawn.findings)
            if (found.level == level) {
                bool const is_fact = level == severity::fact;
                count += is_fact ? 1U : 0U;
                add_finding(is_fact ? checked.passages : made.passages, found);
            }
    if (made.passages.empty())
        made.passages.push_back(paragraph({plain("Nothing to look at.")}));
    checked.title = counted(count, "thing that was checked", "things that were checked");
    return count == 0 ? std::vector{made} : std::vector{made, checked};
}

} // namespace dsplan::render
