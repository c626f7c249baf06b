#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/version.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/page_foot.hpp>

#include <fmt/format.h>

#include <string_view>

namespace dsplan::render {
namespace {

std::string source_row(page_source const& source) {
    auto const size = source.file.size ? counted(*source.file.size, "byte", "bytes") : std::string("–");
    auto const sum =
        source.file.sha256.empty() ? std::string("–") : fmt::format("<code>{}</code>", source.file.sha256);
    return fmt::format("<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>\n",
                       html_text(source.role), html_text(source.file.name), size, sum);
}

std::string sources_table(page_provenance const& from) {
    if (from.sources.empty())
        return {};
    std::string table = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Made from\">\n"
                        "<table>\n<thead><tr><th scope=\"col\">what</th><th scope=\"col\">file</th>"
                        "<th scope=\"col\">size</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n";
    for (auto const& source : from.sources)
        table += source_row(source);
    return table + "</tbody>\n</table>\n</div>\n";
}

} // namespace

std::string foot_html(page_provenance const& from) {
    auto foot = fmt::format("<footer>\n<h2 id=\"part-made-from\">Made from</h2>\n{}"
                            "<p>Made by dsplan {}. No directory was contacted.</p>\n",
                            sources_table(from), program_version());
    foot += "<dl class=\"signatures\">\n";
    for (std::string_view const who : {"Made by", "Reviewed by", "Approved by"})
        foot += fmt::format("<div><dt>{}</dt><dd>name, date, signature</dd></div>\n", who);
    return foot + "</dl>\n</footer>\n";
}

} // namespace dsplan::render
