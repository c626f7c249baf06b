#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Words for a page, before it is known whether the page is Markdown or HTML. Texts from files stay text in
/// both.
namespace dsplan::render {

/// A piece of a sentence.
struct phrase {
    enum class look : std::uint8_t { plain, code, strong } as = look::plain;
    std::string text;
};

[[nodiscard]] inline phrase plain(std::string text) {
    return {phrase::look::plain, std::move(text)};
}
[[nodiscard]] inline phrase code(std::string text) {
    return {phrase::look::code, std::move(text)};
}
[[nodiscard]] inline phrase strong(std::string text) {
    return {phrase::look::strong, std::move(text)};
}

/// A paragraph, or an item of a list.
struct passage {
    std::size_t depth = 0; ///< 0 a paragraph, 1 an item, 2 an item below that, …; never two more than before
    std::vector<phrase> said;
};

struct page_section {
    std::string title;
    bool is_part = false; ///< of the section before it
    std::vector<passage> passages;
};

/// A page around a review: what only the one who made the change knows.
struct page_frame {
    std::string title;
    std::vector<passage> head;
    std::vector<page_section> before; ///< what the review finds
    std::vector<page_section> after;  ///< what the change does
};

[[nodiscard]] std::string markdown_of(std::vector<passage> const& passages);
[[nodiscard]] std::string markdown_of(std::vector<page_section> const& sections);
[[nodiscard]] std::string html_of(std::vector<passage> const& passages);
[[nodiscard]] std::string html_of(std::vector<page_section> const& sections);

} // namespace dsplan::render
