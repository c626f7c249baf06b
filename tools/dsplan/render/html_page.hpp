#pragma once
#include <tools/dsplan/render/page_foot.hpp>

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace dsplan::render {

/// A page in one file: it loads nothing, reads well without scripts, and runs no script but its own.
///
///     html_page const page("Review of changes.ldf");
///     text = page.head() + fill_html(embedded::review_mustache, values) + page.tail(from);
///
/// A Content-Security-Policy names the style and the script by their SHA-256 and allows nothing else, so that
/// text that became markup by a mistake could still do nothing. For that reason pages have no style or event
/// attributes.
///
/// Tables of class "sortable" and "filterable" do what they are called when scripts run. A table that can be
/// wide stands in <div class="scroll" role="region" tabindex="0" aria-label="…">.
class html_page {
public:
    /// `title` is plain text. `style` and `script` come behind those that every page has.
    explicit html_page(std::string_view title, std::string_view style = {}, std::string_view script = {});

    /// Everything before the content of <main>.
    [[nodiscard]] std::string const& head() const { return head_; }

    /// Everything after it: what the page was made from stands there.
    [[nodiscard]] std::string tail(page_provenance const& from = {}) const;

private:
    std::string head_;
    std::string tail_;
};

/// A Mustache template to be filled with values. `{{name}}` is escaped for HTML after `printable`, so that a
/// text from a file stays text; `{{{name}}}` is for what another template made.
///
/// Empty texts, empty lists, false and null are all "not there" for a section. A name that an object lacks is
/// looked for in the object around it, as Mustache has it: give every object all its names.
class html_template {
public:
    explicit html_template(std::string_view mustache);
    html_template(html_template&&) noexcept;
    html_template& operator=(html_template&&) noexcept;
    ~html_template();

    [[nodiscard]] std::string fill(nlohmann::ordered_json const& values) const;

private:
    struct parsed;
    std::unique_ptr<parsed> parsed_;
};

/// A template that is filled once.
[[nodiscard]] inline std::string fill_html(std::string_view mustache, nlohmann::ordered_json const& values) {
    return html_template(mustache).fill(values);
}

/// `text` as HTML text or the value of a quoted attribute.
[[nodiscard]] std::string html_text(std::string_view text);

} // namespace dsplan::render
