#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/markdown.hpp>
#include <tools/dsplan/render/page_section.hpp>
#include <tools/dsplan/render/page_top.hpp>

#include <fmt/format.h>

namespace dsplan::render {
namespace {

std::string markdown_of(phrase const& said) {
    switch (said.as) {
    case phrase::look::code:
        return markdown_code(said.text);
    case phrase::look::strong:
    case phrase::look::badge:
        return fmt::format("**{}**", markdown_text(said.text));
    case phrase::look::plain:
        break;
    }
    return markdown_text(said.text);
}

std::string html_of(phrase const& said) {
    auto const text = html_text(said.text);
    switch (said.as) {
    case phrase::look::code:
        return fmt::format("<code>{}</code>", text);
    case phrase::look::strong:
        return fmt::format("<strong>{}</strong>", text);
    case phrase::look::badge:
        return fmt::format("<span class=\"badge {}\">{}</span>", said.tone, text);
    case phrase::look::plain:
        break;
    }
    return text;
}

template <class Draw>
std::string joined(passage const& of, Draw const& draw) {
    std::string text;
    for (auto const& each : of.said)
        text += draw(each);
    return text;
}

} // namespace

std::string markdown_of(std::vector<passage> const& passages) {
    std::string text;
    std::size_t depth = 0;
    for (auto const& each : passages) {
        if (each.depth == 0 && depth != 0)
            text += '\n';
        depth = each.depth;
        auto const said = joined(each, [](phrase const& piece) { return markdown_of(piece); });
        text += depth == 0 ? said + "\n\n" : fmt::format("{:{}}- {}\n", "", 2 * (depth - 1), said);
    }
    return depth == 0 ? text : text + '\n';
}

std::string markdown_of(std::vector<page_section> const& sections) {
    std::string text;
    for (auto const& each : sections)
        text += fmt::format("{} {}\n\n{}", each.is_part ? "###" : "##", markdown_text(each.title),
                            markdown_of(each.passages));
    return text;
}

std::string html_of(std::vector<passage> const& passages) {
    std::string text;
    std::size_t depth = 0;
    auto const go_to = [&](std::size_t wanted) {
        for (; depth > wanted; --depth)
            text += "</li>\n</ul>\n";
        if (depth == wanted && depth > 0)
            text += "</li>\n<li>";
        for (; depth < wanted; ++depth)
            text += "\n<ul>\n<li>";
    };
    for (auto const& each : passages) {
        go_to(each.depth);
        auto const said = joined(each, [](phrase const& piece) { return html_of(piece); });
        text += each.depth == 0 ? fmt::format("<p>{}</p>\n", said) : said;
    }
    go_to(0);
    return text;
}

std::string html_of(std::vector<page_section> const& sections) {
    std::string text;
    for (auto const& each : sections) {
        if (each.is_folded) {
            text += fmt::format("<details>\n<summary>{}</summary>\n{}</details>\n", html_text(each.title),
                                html_of(each.passages));
            continue;
        }
        auto const level = each.is_part ? 3 : 2;
        text += fmt::format("<h{0}{1}>{2}</h{0}>\n{3}", level,
                            each.is_part ? "" : fmt::format(" id=\"{}\"", anchor_of(each.title)),
                            html_text(each.title), html_of(each.passages));
    }
    return text;
}

} // namespace dsplan::render
