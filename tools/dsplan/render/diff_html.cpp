#include <sddl/self_relative.hpp>
#include <tools/dsplan/explain/byte_fields.hpp>
#include <tools/dsplan/forms/descriptor_json.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/diff.hpp>
#include <tools/dsplan/render/diff_html.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/page_top.hpp>
#include <tools/dsplan/render/paired_lists.hpp>
#include <tools/dsplan/render/review_text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <html_templates.hpp>
#include <set>
#include <string_view>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;

// ---- two lists side by side

std::string words_html(words::explained_ace const& ace) {
    return fmt::format("<strong>{}</strong> {}: {}{}</p>\n<p class=\"quiet\">{}{}</p>\n"
                       "<p><code class=\"raw\">{}</code></p>\n",
                       html_text(ace.effect), html_text(ace.who), html_text(ace.may),
                       ace.condition ? " if " + html_text(*ace.condition) : std::string(),
                       html_text(ace.applies_to), ace.is_inherited ? " (inherited)" : "", html_text(ace.raw));
}

// An ACE that is the same on both sides has no sign.
std::string side_html(paired_aces const& pair, bool is_before) {
    auto const& side = is_before ? pair.before : pair.after;
    if (side.words == nullptr)
        return "<div class=\"side none\"></div>\n";
    std::string_view look;
    std::string_view sign;
    if (pair.what != words::mark::none) {
        look = is_before ? "removed" : "added";
        sign = is_before ? "− " : "+ ";
    }
    auto const word = word_of(pair.what);
    return fmt::format("<div class=\"side {0}\">\n<p><span class=\"sign {0}\">{1}</span>"
                       "<span class=\"place\">{2} {3}{4}{5}</span> {6}</div>\n",
                       look, sign, is_before ? "before" : "after", side.place, word.empty() ? "" : ", ", word,
                       words_html(*side.words));
}

std::string pairs_html(std::vector<paired_aces> const& pairs, bool shows_kept) {
    std::string items;
    for (auto const& pair : pairs)
        if (shows_kept || pair.what != words::mark::none)
            items += "<li>\n" + side_html(pair, true) + side_html(pair, false) + "</li>\n";
    return "<ol class=\"pairs\">\n" + items + "</ol>\n";
}

std::string list_html(std::string_view name, words::list_reading const& list) {
    if (list.aces.empty() && list.kept.empty())
        return {};
    auto const pairs = pair_lists(list);
    auto made = fmt::format("<h3>{}</h3>\n", list_facts(name, list, true, list.kept.empty()));
    if (!list.aces.empty())
        made += pairs_html(pairs, false);
    if (list.kept.empty())
        return made;
    auto const left_out = list.unchanged - list.kept.size();
    return made + fmt::format("<details>\n<summary>{} whole, side by side{}</summary>\n{}</details>\n", name,
                              left_out == 0 ? std::string()
                                            : fmt::format(", but for {}", counted(left_out, "unchanged ACE",
                                                                                  "unchanged ACEs")),
                              pairs_html(pairs, true));
}

// ---- octets

struct octet_row {
    std::size_t offset;
    std::string octets;
    std::string meaning;
};

std::vector<octet_row> octet_rows(sddl::byte_view bytes, sddl::domain_sids const& sids) {
    std::vector<octet_row> rows;
    if (auto const read = sddl::read_self_relative(bytes))
        for (auto const& field : explain::byte_fields(bytes, *read, sids))
            rows.push_back({field.offset, hex_text(bytes.subspan(field.offset, field.size)), field.meaning});
    return rows;
}

// What stands on this side only has the sign of the side, wherever it stands.
std::string octets_table(std::string_view side, std::vector<octet_row> const& rows,
                         std::vector<octet_row> const& others, std::size_t object) {
    std::set<std::pair<std::string_view, std::string_view>> there;
    for (auto const& row : others)
        there.emplace(row.octets, row.meaning);
    bool const is_before = side == "before";
    auto made =
        fmt::format("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Octets {0} of "
                    "object {1}\">\n<table>\n<caption>{0}</caption>\n<thead><tr><th "
                    "scope=\"col\">at</th><th scope=\"col\">octets</th><th scope=\"col\">say</th></tr>"
                    "</thead>\n<tbody>\n",
                    side, object);
    for (auto const& row : rows) {
        bool const differs = !there.contains({row.octets, row.meaning});
        made += fmt::format("<tr{}><td>{}<code>{:04x}</code></td><td><code>{}</code></td><td>{}</td></tr>\n",
                            !differs    ? ""
                            : is_before ? " class=\"removed\""
                                        : " class=\"added\"",
                            !differs    ? ""
                            : is_before ? "<span class=\"sign\">−</span> "
                                        : "<span class=\"sign\">+</span> ",
                            row.offset, row.octets, html_text(row.meaning));
    }
    return made + "</tbody>\n</table>\n</div>\n";
}

std::string octets_html(diff::object_diff const& object, sddl::domain_sids const& sids, std::size_t number) {
    if (object.octets_before.empty() && object.octets_after.empty())
        return {};
    auto const before = octet_rows(object.octets_before, sids);
    auto const after = octet_rows(object.octets_after, sids);
    return fmt::format(
        "<details>\n<summary>Octets: {} before, {} after</summary>\n<div "
        "class=\"octets\">\n{}{}</div>\n</details>\n",
        with_thousands(object.octets_before.size()), with_thousands(object.octets_after.size()),
        octets_table("before", before, after, number), octets_table("after", after, before, number));
}

// ---- the rest

// A claim as a row of its own: wider and narrower as added and removed.
row_look look_of_claim(std::string_view kind) {
    if (kind == diff::name_of(diff::claim_kind::wider))
        return {"+", "added"};
    if (kind == diff::name_of(diff::claim_kind::narrower))
        return {"−", "removed"};
    return {"~", "changed"};
}

void set_look(json& row, row_look const& look) {
    row["look"] = look.name;
    row["sign"] = look.sign;
}

std::size_t count_claims(diff::diff const& shown, diff::claim_kind kind) {
    std::size_t count = 0;
    for (auto const& object : shown.objects)
        count += static_cast<std::size_t>(
            std::count_if(object.descriptor.claims.begin(), object.descriptor.claims.end(),
                          [kind](diff::claim const& each) { return each.kind == kind; }));
    return count;
}

// The claim that says it all, where there is one.
std::string sentence_of(diff::diff const& shown) {
    if (shown.is_of_exports || !shown.differs() || shown.objects.empty())
        return diff_summary(shown);
    auto const& claims = shown.objects.front().descriptor.claims;
    return claims.size() == 1 ? "The descriptors differ: " + claims.front().text + "." : diff_summary(shown);
}

// Wider is what somebody has to look at first.
verdict_box verdict_of(diff::diff const& shown) {
    verdict_box made{.look = shown.differs() ? "quiet" : "good",
                     .sentence = sentence_of(shown),
                     .badges = {},
                     .lines = {}};
    auto const wider = count_claims(shown, diff::claim_kind::wider);
    auto const narrower = count_claims(shown, diff::claim_kind::narrower);
    auto const unknown = count_claims(shown, diff::claim_kind::not_judged);
    if (wider > 0)
        made.badges.emplace_back("bad", fmt::format("{} wider", wider));
    if (narrower > 0)
        made.badges.emplace_back("doubt", fmt::format("{} narrower", narrower));
    if (unknown > 0)
        made.badges.emplace_back("doubt", fmt::format("{} not judged", unknown));
    if (wider > 0)
        made.look = "bad";
    else if (narrower + unknown > 0 || !shown.not_known.empty())
        made.look = "doubt";
    return made;
}

std::string contents_of(diff::diff const& shown) {
    constexpr std::size_t most = 30;
    std::vector<page_place> places;
    if (!shown.only_before.empty())
        places.push_back({"part-only-before", "Only before"});
    if (!shown.only_after.empty())
        places.push_back({"part-only-after", "Only after"});
    for (std::size_t index = 0; index < std::min(shown.objects.size(), most); ++index)
        if (!shown.objects[index].dn.empty())
            places.push_back({fmt::format("part-object-{}", index + 1), shown.objects[index].dn});
    for (std::size_t index = 0; index < std::min(shown.memberships.size(), most); ++index)
        places.push_back(
            {fmt::format("part-members-{}", index + 1), "Members of " + shown.memberships[index].group.dn});
    if (!shown.accounts.empty())
        places.push_back({"part-who", "Who may do more or less"});
    return contents_html(places);
}

void add_object_values(json& objects, diff::diff const& shown) {
    for (std::size_t index = 0; index < shown.objects.size(); ++index) {
        auto& object = objects[index];
        auto const& found = shown.objects[index];
        object["number"] = index + 1;
        for (auto& claim : object["claims"]) {
            auto const kind = claim["kind"].get<std::string>();
            set_look(claim, look_of_claim(kind));
            claim["badge"] = claim["text"].get<std::string>().starts_with(kind) ? std::string() : kind;
        }
        object["lists"] =
            list_html("DACL", found.descriptor.aces.dacl) + list_html("SACL", found.descriptor.aces.sacl);
        object["octets"] = octets_html(found, shown.sids, index + 1);
    }
}

// What the template asks for and JSON does not say.
json page_values(diff::diff const& shown) {
    auto values = diff_values(shown);
    values["has_only_before"] = !shown.only_before.empty();
    values["has_only_after"] = !shown.only_after.empty();
    values["has_changes"] = !shown.accounts.empty();
    values["verdict"] = verdict_html(verdict_of(shown));
    values["contents"] = contents_of(shown);
    for (auto& change : values["changes"]) {
        change["who"] =
            fmt::format("{}", fmt::join(change["accounts"].get<std::vector<std::string>>(), ", "));
        for (auto& right : change["rights"]) {
            right["examples"] =
                fmt::format("{}", fmt::join(right["first"].get<std::vector<std::string>>(), "; "));
            set_look(right, look_of(right["change"].get<std::string>()));
        }
    }
    std::size_t number = 0;
    for (auto& group : values["memberships"])
        group["number"] = ++number;
    add_object_values(values["objects"], shown);
    return values;
}

} // namespace

std::string diff_html(diff::diff const& shown, page_provenance const& from) {
    html_page const page("Difference of security descriptors", embedded::diff_css);
    return page.head() + fill_html(embedded::diff_mustache, page_values(shown)) + page.tail(from);
}

} // namespace dsplan::render
