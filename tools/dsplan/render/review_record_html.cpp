#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/page_top.hpp>
#include <tools/dsplan/render/review_record_html.hpp>

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace dsplan::render {
namespace {

// `format` with every text from a file escaped before.
template <class... Arguments>
void put(std::string& page, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(page), format, std::forward<Arguments>(arguments)...);
}

void put_items(std::string& page, std::vector<std::string> const& items) {
    for (auto const& each : items)
        put(page, "<li>{}</li>\n", html_text(each));
}

void put_list(std::string& page, std::vector<std::string> const& items) {
    if (items.empty())
        return;
    page += "<ul>\n";
    put_items(page, items);
    page += "</ul>\n";
}

} // namespace

std::string_view look_of_severity(review::severity level) {
    switch (level) {
    case review::severity::danger:
        return "bad";
    case review::severity::warning:
        return "doubt";
    case review::severity::note:
        break;
    }
    return "quiet";
}

namespace {

// ---- ACEs

void put_row(std::string& page, words::ace_reading const& ace) {
    auto const what = word_of(ace.what);
    auto const look = look_of(what);
    if (what.empty())
        put(page, "<tr><td>{}</td><td>{}", ace.was ? "unchanged" : "–", ace.position);
    else
        put(page, "<tr class=\"{0}\"><td><span class=\"sign\">{1}</span> {2}</td><td>{3}", look.name,
            look.sign, what, ace.position);
    if (ace.was && *ace.was != ace.position)
        put(page, " (was {})", *ace.was);
    put(page, "</td><td>{}</td><td>{}</td><td>{}", html_text(ace.words.effect), html_text(ace.words.who),
        html_text(ace.words.may));
    if (ace.words.condition)
        put(page, " if {}", html_text(*ace.words.condition));
    put(page, "</td><td>{}{}</td><td><code class=\"raw\">{}</code>", html_text(ace.words.applies_to),
        ace.words.is_inherited ? " (inherited)" : "", html_text(ace.words.raw));
    if (!ace.changed_from.empty())
        put(page, " was <code class=\"raw\">{}</code>", html_text(ace.changed_from));
    page += "</td></tr>\n";
}

std::string rows_of(std::vector<words::ace_reading> const& aces) {
    std::string rows;
    for (auto const& ace : aces)
        put_row(rows, ace);
    return rows;
}

void put_list_facts(std::string& page, std::string_view name, words::list_reading const& list,
                    bool is_difference) {
    put(page, "<li>{}", list_facts(name, list, is_difference, list.kept.empty()));
    for (auto const& note : list.notes)
        put(page, "; {}", html_text(note));
    page += "</li>\n";
}

// ---- values

void put_value(std::string& page, review::value_reading const& value) {
    if (!value.text.empty()) {
        page += "<p>";
        if (auto const what = word_of(value.what); !what.empty())
            put(page, "<span class=\"change\">{}:</span> ", what);
        page += html_text(value.text);
        if (!value.raw.empty())
            put(page, " <code class=\"raw\">{}</code>", html_text(value.raw));
        page += "</p>\n";
    }
    put_list(page, value.parts);
}

// As much as there is of object, attribute and value.
void put_evidence(std::string& page, evidence const& seen) {
    if (seen.dn.empty() && seen.value.empty())
        return;
    page += "<li>";
    if (!seen.dn.empty())
        put(page, "<code>{}</code> ", html_text(seen.dn));
    page += html_text(seen.attribute);
    if (!seen.value.empty())
        put(page, " <code class=\"raw\">{}</code>", html_text(seen.value));
    page += "</li>";
}

} // namespace

std::string review_part_drawer::draw(review::record_reading const& record) {
    record_ = record.number;
    tables_ = 0;
    std::string page;
    put(page, "<section class=\"record\" id=\"record-{0}\">\n<h3>{0}. {1}</h3>\n", record.number,
        html_text(record.summary));
    put(page, "<p class=\"quiet\"><code>{}:{}</code></p>\n", html_text(files_[record.file]), record.line);
    if (!record.failure.empty())
        put(page, "<p class=\"bad\"><strong>Would fail:</strong> {}</p>\n", html_text(record.failure));
    for (auto const& each : record.attributes)
        attribute(page, each);
    page += "</section>\n";
    return page;
}

void review_part_drawer::attribute(std::string& page, review::attribute_reading const& shown) {
    put(page, "<h4>{}{}{}</h4>\n", html_text(shown.name), shown.what.empty() ? "" : ": ",
        html_text(shown.what));
    for (auto const& value : shown.values) {
        put_value(page, value);
        if (value.descriptor)
            descriptor(page, *value.descriptor, value.descriptor.use_count() > 1);
    }
    put_list(page, shown.notes);
}

void review_part_drawer::descriptor(std::string& page, words::descriptor_reading const& shown,
                                    bool is_shared) {
    page += "<ul>\n";
    put_items(page, shown.facts);
    put_list_facts(page, "DACL", shown.dacl, shown.is_difference);
    put_list_facts(page, "SACL", shown.sacl, shown.is_difference);
    page += "</ul>\n";
    table(page, "DACL", shown.dacl, is_shared);
    table(page, "SACL", shown.sacl, is_shared);
}

void review_part_drawer::table(std::string& page, std::string_view name, words::list_reading const& list,
                               bool is_shared) {
    if (!list.aces.empty()) {
        start_table(page, name);
        if (is_shared) {
            auto const [place, is_new] = rows_.try_emplace(&list);
            if (is_new)
                place->second = rows_of(list.aces);
            page += place->second;
        } else {
            page += rows_of(list.aces);
        }
        page += "</tbody>\n</table>\n</div>\n";
    }
    kept(page, name, list, is_shared);
}

// What stays, for those who want to see it: once, where several records write the same descriptor.
void review_part_drawer::kept(std::string& page, std::string_view name, words::list_reading const& list,
                              bool is_shared) {
    if (list.kept.empty())
        return;
    auto const count = counted(list.kept.size(), "unchanged ACE", "unchanged ACEs");
    auto const left_out = list.unchanged - list.kept.size();
    auto const [place, is_new] = is_shared ? kept_.try_emplace(&list, record_) : std::pair(kept_.end(), true);
    if (!is_new) {
        put(page, "<p class=\"quiet\">{0}: {1}, as in <a href=\"#record-{2}\">record {2}</a></p>\n", name,
            count, place->second);
        return;
    }
    put(page, "<details>\n<summary>{}: {}{}</summary>\n", name, count,
        left_out == 0 ? std::string() : fmt::format(" of {}", with_thousands(list.unchanged)));
    start_table(page, name);
    page += rows_of(list.kept) + "</tbody>\n</table>\n</div>\n</details>\n";
}

void review_part_drawer::start_table(std::string& page, std::string_view name) {
    put(page,
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{0} of record {1}, table {2}\">\n"
        "<table class=\"aces sortable filterable\">\n<caption>{0}</caption>\n<thead><tr>",
        name, record_, ++tables_);
    for (std::string_view const heading : {"change", "place", "effect", "who", "may", "applies to", "SDDL"})
        put(page, "<th scope=\"col\">{}</th>", heading);
    page += "</tr></thead>\n<tbody>\n";
}

std::string review_part_drawer::draw(review::rule const& broken) {
    return fmt::format("<h3><span class=\"badge {}\">{}</span> {} <code>{}</code></h3>\n"
                       "<p>{} <strong>To do:</strong> {}</p>\n",
                       look_of_severity(broken.level), review::name_of(broken.level), html_text(broken.what),
                       broken.name, html_text(broken.why), html_text(broken.advice));
}

std::string review_part_drawer::draw(review::finding const& found) {
    std::string page = "<li>";
    bool const has_section = found.record != 0 && found.broken->name != "record-unreadable";
    if (has_section)
        put(page, "<a href=\"#record-{0}\">record {0}</a>, ", found.record);
    put(page, "<code>{}{}</code>: {}\n<ul class=\"evidence\">", html_text(found.file),
        found.line == 0 ? "" : fmt::format(":{}", found.line), html_text(found.text));
    for (auto const& seen : found.seen)
        put_evidence(page, seen);
    page += "</ul>";
    if (!found.advice.empty())
        put(page, "<p><strong>To do:</strong> {}</p>", html_text(found.advice));
    page += "</li>\n";
    return page;
}

} // namespace dsplan::render
