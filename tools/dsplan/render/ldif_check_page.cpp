#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/ldif_check_page.hpp>
#include <tools/dsplan/render/page_top.hpp>

#include <fmt/format.h>

namespace dsplan::render {
namespace {

constexpr std::string_view title = "Check of LDIF files";

std::string place_of(ldif::parse_error const& what) {
    auto place = what.file;
    if (what.line != 0)
        place += fmt::format(":{}", what.line);
    if (what.line != 0 && what.column != 0)
        place += fmt::format(":{}", what.column);
    return place;
}

std::string anchor_of_rule(broken_ldif_rule const& rule) {
    return render::anchor_of(rule.name + (rule.is_error ? "" : " warning"));
}

verdict_box verdict_of(checked_ldif const& checked) {
    std::size_t errors = 0;
    std::size_t warnings = 0;
    for (auto const& rule : checked.rules)
        (rule.is_error ? errors : warnings) += rule.findings;
    auto const records = counted(checked.records, "record", "records");
    verdict_box made{.look = errors > 0     ? "bad"
                             : warnings > 0 ? "doubt"
                                            : "good",
                     .sentence = {},
                     .badges = {},
                     .lines = {}};
    if (errors > 0)
        made.sentence = fmt::format("An import of {} would not go through.", records);
    else if (warnings > 0)
        made.sentence = fmt::format("Nothing forbids an import of {}, but look at the warnings.", records);
    else
        made.sentence = fmt::format("{} without a finding.", records);
    if (errors > 0)
        made.badges.emplace_back("bad", counted(errors, "error", "errors"));
    if (warnings > 0)
        made.badges.emplace_back("doubt", counted(warnings, "warning", "warnings"));
    if (made.badges.empty())
        made.badges.emplace_back("good", "no findings");
    return made;
}

} // namespace

std::string ldif_finding_html(ldif::parse_error const& what, std::string_view dn) {
    auto item = fmt::format("<li><code>{}</code> {}", html_text(place_of(what)), html_text(message(what)));
    if (!dn.empty())
        item += fmt::format("<br><code class=\"raw\">{}</code>", html_text(dn));
    if (!what.source.empty())
        item += fmt::format("\n<pre>{}\n{}</pre>", html_text(what.source),
                            what.column == 0 ? std::string()
                                             : fmt::format("{:>{}}{:^>{}}", "", what.caret, "", what.length));
    if (!what.hint.empty())
        item += fmt::format("\n<p><strong>To do:</strong> {}</p>", html_text(what.hint));
    return item + "</li>\n";
}

void write_ldif_check_page(checked_ldif const& checked, std::function<std::string_view()> const& next_item,
                           text_sink const& write, page_provenance const& from) {
    html_page const page(title);
    std::vector<page_place> places;
    for (auto const& rule : checked.rules)
        places.push_back(
            {anchor_of_rule(rule), fmt::format("{} ({})", rule.name, with_thousands(rule.findings))});
    write(page.head() + fmt::format("<h1>{}</h1>\n", title) + verdict_html(verdict_of(checked)) +
          contents_html(places));
    for (auto const& rule : checked.rules) {
        write(fmt::format("<section>\n<h2 id=\"{}\"><span class=\"badge {}\">{}</span> {}</h2>\n<ul "
                          "class=\"findings\">\n",
                          anchor_of_rule(rule), rule.is_error ? "bad" : "doubt",
                          rule.is_error ? "error" : "warning", html_text(rule.name)));
        for (std::size_t index = 0; index < rule.findings; ++index)
            write(next_item());
        write("</ul>\n</section>\n");
    }
    write(page.tail(from));
}

} // namespace dsplan::render
