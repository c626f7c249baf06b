#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/page_top.hpp>

#include <fmt/format.h>

namespace dsplan::render {

std::string verdict_html(verdict_box const& shown) {
    auto page = fmt::format("<section class=\"verdict {}\" aria-label=\"Verdict\">\n", shown.look);
    if (!shown.sentence.empty())
        page += fmt::format("<p class=\"sentence\">{}</p>\n", html_text(shown.sentence));
    if (!shown.badges.empty()) {
        page += "<p class=\"badges\">";
        for (auto const& [look, text] : shown.badges)
            page += fmt::format("<span class=\"badge {}\">{}</span> ", look, html_text(text));
        page += "</p>\n";
    }
    for (auto const& line : shown.lines)
        page += fmt::format("<p>{}</p>\n", html_text(line));
    return page + "</section>\n";
}

std::string contents_html(std::vector<page_place> const& places) {
    if (places.size() < 2)
        return {};
    std::string page = "<nav class=\"contents\" aria-label=\"Contents\">\n<ul>\n";
    for (auto const& [anchor, title] : places)
        page += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", anchor, html_text(title));
    return page + "</ul>\n</nav>\n";
}

std::string anchor_of(std::string_view title) {
    std::string anchor;
    for (char const letter : title) {
        auto const small = to_lower(letter);
        bool const is_kept = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
        if (is_kept)
            anchor += small;
        else if (!anchor.empty() && anchor.back() != '-')
            anchor += '-';
    }
    while (!anchor.empty() && anchor.back() == '-')
        anchor.pop_back();
    return "part-" + anchor;
}

row_look look_of(std::string_view change) {
    if (change == "added" || change == "gains")
        return {"+", "added"};
    if (change == "removed" || change == "loses")
        return {"−", "removed"};
    if (change == "changed" || change == "moved")
        return {"~", "changed"};
    return {"", "kept"};
}

} // namespace dsplan::render
