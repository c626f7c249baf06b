#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/markdown.hpp>
#include <tools/dsplan/render/table_page.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::render {
namespace {

std::string heading_html(std::vector<std::string> const& headings) {
    std::string row = "<thead><tr>";
    for (auto const& each : headings)
        row += fmt::format("<th scope=\"col\">{}</th>", html_text(each));
    return row + "</tr></thead>\n";
}

std::string row_html(page_table::row const& shown, std::vector<std::size_t> const& code) {
    auto const look = look_of(shown.change);
    auto text = fmt::format("<tr class=\"{}\">", look.name);
    for (std::size_t column = 0; column < shown.cells.size(); ++column) {
        auto const& cell = shown.cells[column];
        constexpr std::size_t short_code = 16; // needs no room of its own
        bool const is_code = std::find(code.begin(), code.end(), column) != code.end();
        text += is_code && cell.size() > short_code ? "<td class=\"code\">" : "<td>";
        if (column == 0 && !look.sign.empty())
            text += fmt::format("<span class=\"sign\">{}</span> ", look.sign);
        text += is_code ? fmt::format("<code>{}</code></td>", html_text(cell)) : html_text(cell) + "</td>";
    }
    return text + "</tr>\n";
}

std::string table_html(page_table const& shown) {
    auto const title = html_text(shown.title);
    auto text = fmt::format("<h2 id=\"{0}\">{1}</h2>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                            "aria-label=\"{1}\">\n<table class=\"sortable filterable\">\n",
                            anchor_of(shown.title), title);
    text += heading_html(shown.headings) + "<tbody>\n";
    for (auto const& row : shown.rows)
        text += row_html(row, shown.code);
    return text + "</tbody>\n</table>\n</div>\n";
}

// The sign in front of the first cell.
std::string signed_start(page_table::row const& shown) {
    auto const look = look_of(shown.change);
    return look.sign.empty() ? std::string() : fmt::format("{} ", look.sign);
}

std::string row_markdown(page_table::row const& shown) {
    std::string text;
    for (auto const& cell : shown.cells)
        text += fmt::format("| {}{} ", &cell == &shown.cells.front() ? signed_start(shown) : std::string(),
                            markdown_text(cell));
    return text + "|\n";
}

std::string table_text(page_table const& shown) {
    auto text = fmt::format("\n## {}\n\n", markdown_text(shown.title));
    std::string rule;
    for (auto const& each : shown.headings) {
        text += fmt::format("| {} ", markdown_text(each));
        rule += "| --- ";
    }
    text += "|\n" + rule + "|\n";
    for (auto const& row : shown.rows)
        text += row_markdown(row);
    return text;
}

} // namespace

std::string table_markdown(std::string_view title, verdict_box const& verdict,
                           std::vector<page_table> const& tables) {
    auto text = fmt::format("# {}\n\n{}\n", markdown_text(title), markdown_text(verdict.sentence));
    for (auto const& line : verdict.lines)
        text += fmt::format("\n- {}", markdown_text(line));
    text += verdict.lines.empty() ? "" : "\n";
    for (auto const& each : tables)
        if (!each.rows.empty())
            text += table_text(each);
    return text;
}

std::string table_page(std::string_view title, verdict_box const& verdict,
                       std::vector<page_table> const& tables, page_provenance const& from) {
    html_page const page(title);
    std::vector<page_place> places;
    std::string body;
    for (auto const& each : tables)
        if (!each.rows.empty()) {
            places.push_back({anchor_of(each.title), each.title});
            body += table_html(each);
        }
    return page.head() + fmt::format("<h1>{}</h1>\n", html_text(title)) + verdict_html(verdict) +
           contents_html(places) + body + page.tail(from);
}

} // namespace dsplan::render
