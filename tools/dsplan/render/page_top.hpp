#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsplan::render {

/// What stands on top of every page: what it comes to, in a sentence and in numbers.
struct verdict_box {
    /// A class of html_page.css, and words: {"bad", "2 dangers"}.
    using badge = std::pair<std::string_view, std::string>;

    std::string_view look;          ///< "bad", "doubt", "good" or "quiet"
    std::string sentence;           ///< plain text, as all of these
    std::vector<badge> badges;      ///< counts of what was found
    std::vector<std::string> lines; ///< what else is to be known at once
};

/// A section of a page: the `id` of its heading, and its title as plain text.
struct page_place {
    std::string anchor;
    std::string title;
};

[[nodiscard]] std::string verdict_html(verdict_box const& shown);

/// Links to the sections; nothing where there are fewer than two.
[[nodiscard]] std::string contents_html(std::vector<page_place> const& places);

/// "findings-of-the-review": letters and digits of `title`, for an `id`.
[[nodiscard]] std::string anchor_of(std::string_view title);

/// The sign and the class of a row whose mark has this word: "added" makes "+" and "added". Colour only
/// doubles.
struct row_look {
    std::string_view sign;
    std::string_view name;
};
[[nodiscard]] row_look look_of(std::string_view change);

} // namespace dsplan::render
