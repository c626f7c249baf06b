#pragma once
#include <tools/dsplan/render/page_foot.hpp>

#include <cstddef>
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
    enum class look : std::uint8_t { plain, code, strong, badge } as = look::plain;
    std::string text;
    std::string_view tone{}; ///< of a badge: "bad", "doubt", "good" or "quiet"
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
[[nodiscard]] inline phrase badge(std::string text, std::string_view tone) {
    return {phrase::look::badge, std::move(text), tone};
}

/// A paragraph, or an item of a list.
struct passage {
    std::size_t depth = 0; ///< 0 a paragraph, 1 an item, 2 an item below that, …; never two more than before
    std::vector<phrase> said;
};

[[nodiscard]] inline passage paragraph(std::vector<phrase> said) {
    return {0, std::move(said)};
}
[[nodiscard]] inline passage item(std::vector<phrase> said) {
    return {1, std::move(said)};
}
[[nodiscard]] inline passage item_below(std::vector<phrase> said) {
    return {2, std::move(said)};
}

struct page_section {
    std::string title;
    bool is_part = false; ///< of the section before it
    std::vector<passage> passages;
    bool is_folded = false; ///< on a page it opens on demand
};

/// Findings that a page counts besides those of the review.
struct frame_counts {
    std::size_t dangers = 0;
    std::size_t warnings = 0;
    std::size_t notes = 0;
    std::size_t unknown = 0;
};

/// A page around a review: what only the one who made the change knows.
struct page_frame {
    std::string title;
    std::vector<passage> head;
    std::vector<passage>
        status{}; ///< what comes of it; on a page `sentence` and `lines` say it in the verdict
    std::vector<passage> origin{};      ///< what it was made from; a page says it in its foot
    std::vector<page_section> before{}; ///< what the review finds
    std::vector<page_section> after{};  ///< what the change does
    std::string sentence{};             ///< of the verdict; empty: the review's
    std::vector<std::string> lines{};   ///< of the verdict
    frame_counts counts{};
    page_provenance from{};
};

[[nodiscard]] std::string markdown_of(std::vector<passage> const& passages);
[[nodiscard]] std::string markdown_of(std::vector<page_section> const& sections);
[[nodiscard]] std::string html_of(std::vector<passage> const& passages);
[[nodiscard]] std::string html_of(std::vector<page_section> const& sections);

} // namespace dsplan::render
