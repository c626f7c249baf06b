#include <sddl/ace_flags.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/explain/byte_fields.hpp>
#include <tools/dsplan/explain/inheritance.hpp>
#include <tools/dsplan/forms/descriptor_json.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/explanation_page.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/page_top.hpp>
#include <tools/dsplan/render/table_page.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <html_templates.hpp>
#include <string_view>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;
namespace bit = sddl::control_bit;

struct control_row {
    std::uint16_t bits;
    std::string_view name;
    std::string_view words;
};

// [MS-DTYP] 2.4.6
constexpr std::array<control_row, 16> control_rows{{
    {bit::owner_defaulted, "OD", "the owner came by default"},
    {bit::group_defaulted, "GD", "the group came by default"},
    {bit::dacl_present, "DP",
     "there is a DACL; if its offset is 0 it is a NULL DACL, which allows everything"},
    {bit::dacl_defaulted, "DD", "the DACL came by default"},
    {bit::sacl_present, "SP", "there is a SACL"},
    {bit::sacl_defaulted, "SD", "the SACL came by default"},
    {bit::dacl_trusted, "DT", "the DACL comes from a trusted source"},
    {bit::server_security, "SS", "a server object, whose ACEs are replaced"},
    {bit::dacl_auto_inherit_required, "DC (AR in SDDL)",
     "existing objects below are asked to inherit the DACL"},
    {bit::sacl_auto_inherit_required, "SC (AR in SDDL)",
     "existing objects below are asked to inherit the SACL"},
    {bit::dacl_auto_inherited, "DI (AI in SDDL)", "the inherited ACEs of the DACL are kept up to date"},
    {bit::sacl_auto_inherited, "SI (AI in SDDL)", "the inherited ACEs of the SACL are kept up to date"},
    {bit::dacl_protected, "PD (P in SDDL)", "the DACL inherits nothing from its parents"},
    {bit::sacl_protected, "PS (P in SDDL)", "the SACL inherits nothing from its parents"},
    {bit::rm_control_valid, "RM", "the resource manager control byte counts"},
    {bit::self_relative, "SR", "the parts stand after the header, at offsets"},
}};

json control_json(sddl::security_descriptor const& descriptor) {
    auto rows = json::array();
    for (auto const& row : control_rows)
        if (descriptor.has(row.bits))
            rows.push_back(
                {{"bit", fmt::format("0x{:04x}", row.bits)}, {"name", row.name}, {"words", row.words}});
    return rows;
}

// ---- the SDDL, cut into the parts that light up

json token(std::string_view text, std::string part) {
    return {{"text", text}, {"part", std::move(part)}};
}

std::string flags_of(sddl::security_descriptor const& descriptor, bool is_dacl) {
    std::string text;
    if (descriptor.has(is_dacl ? bit::dacl_protected : bit::sacl_protected))
        text += "P";
    if (descriptor.has(is_dacl ? bit::dacl_auto_inherit_required : bit::sacl_auto_inherit_required))
        text += "AR";
    if (descriptor.has(is_dacl ? bit::dacl_auto_inherited : bit::sacl_auto_inherited))
        text += "AI";
    auto const state = is_dacl ? sddl::dacl_state(descriptor) : sddl::sacl_state(descriptor);
    return state == sddl::acl_state::null ? text + "NO_ACCESS_CONTROL" : text;
}

void add_ace(json& tokens, std::string_view text, std::string const& part) {
    constexpr std::array<std::string_view, 7> parts{"-type",      "-flags",   "-rights", "-object",
                                                    "-inherited", "-trustee", "-data"};
    text = text.substr(1, text.size() - 2);
    tokens.push_back(token("(", {}));
    for (std::size_t field = 0; field < parts.size(); ++field) {
        auto const end = field + 1 < parts.size() ? std::min(text.find(';'), text.size()) : text.size();
        if (end > 0)
            tokens.push_back(token(text.substr(0, end), part + std::string(parts[field])));
        if (end == text.size())
            break;
        tokens.push_back(token(";", {}));
        text.remove_prefix(end + 1);
    }
    tokens.push_back(token(")", {}));
}

void add_list(json& tokens, sddl::security_descriptor const& descriptor, bool is_dacl,
              sddl::domain_sids const& sids) {
    auto const state = is_dacl ? sddl::dacl_state(descriptor) : sddl::sacl_state(descriptor);
    if (state == sddl::acl_state::absent)
        return;
    std::string const name = is_dacl ? "dacl" : "sacl";
    tokens.push_back(token(is_dacl ? "D:" : "S:", name));
    if (auto const flags = flags_of(descriptor, is_dacl); !flags.empty())
        tokens.push_back(token(flags, "control"));
    auto const& list = is_dacl ? descriptor.dacl : descriptor.sacl;
    if (!list)
        return;
    for (std::size_t index = 0; index < list->aces.size(); ++index)
        add_ace(tokens, sddl::write_ace(list->aces[index], sids), fmt::format("{}-{}", name, index + 1));
}

json tokens_of(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids) {
    auto tokens = json::array();
    if (descriptor.owner)
        tokens.push_back(token("O:" + sddl::write_trustee(*descriptor.owner, sids), "owner"));
    if (descriptor.group)
        tokens.push_back(token("G:" + sddl::write_trustee(*descriptor.group, sids), "group"));
    add_list(tokens, descriptor, true, sids);
    add_list(tokens, descriptor, false, sids);
    return tokens;
}

// ---- the table of a list

json flag_words(sddl::ace const& value) {
    auto rows = json::array();
    for (auto const& row : sddl::ace_flags)
        if (value.has(row.bit))
            rows.push_back({{"text", row.text}, {"words", row.words}});
    return rows;
}

json list_json(std::string_view title, std::string const& part, words::explained_list const& list,
               std::optional<sddl::acl> const& aces) {
    auto rows = json::array();
    for (std::size_t index = 0; index < list.aces.size(); ++index) {
        auto const& ace = list.aces[index];
        rows.push_back({{"number", index + 1},
                        {"part", fmt::format("{}-{}", part, index + 1)},
                        {"effect", ace.effect},
                        {"look", ace.effect == "allow"  ? "added"
                                 : ace.effect == "deny" ? "removed"
                                                        : "kept"},
                        {"sign", ace.effect == "allow"  ? "+"
                                 : ace.effect == "deny" ? "−"
                                                        : ""},
                        {"who", ace.who},
                        {"may", ace.may},
                        {"condition", ace.condition ? json(*ace.condition) : json(nullptr)},
                        {"applies_to", ace.applies_to},
                        {"origin", ace.origin},
                        {"has_origin", !ace.origin.empty()},
                        {"notes", ace.notes},
                        {"inherited", ace.is_inherited},
                        {"flags", flag_words(aces->aces[index])}});
    }
    bool const is_disordered = list.misplaced.has_value();
    return {{"title", title},
            {"part", part},
            {"notes", list.notes},
            {"reading", part == "dacl"
                            ? "read from the top: the first ACE that speaks of a right decides it (2.5.3.2)"
                            : "each audit ACE that fits is heeded, whatever stands before it"},
            {"has_aces", !rows.empty()},
            {"aces", std::move(rows)},
            {"disorder", is_disordered
                             ? fmt::format("ACE {} should stand before ACE {}: the list is read from "
                                           "the top, so the earlier ACE wins",
                                           list.misplaced->index + 1, list.misplaced->behind + 1)
                             : std::string()}};
}

json letters_json(std::vector<words::letter_group> const& groups) {
    auto rows = json::array();
    for (auto const& group : groups) {
        auto letters = json::array();
        for (auto const& letter : group.letters)
            letters.push_back({{"text", letter.text}, {"words", letter.words}});
        rows.push_back({{"title", group.title}, {"letters", std::move(letters)}});
    }
    return rows;
}

json bytes_rows(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids) {
    auto const bytes = sddl::write_self_relative(descriptor);
    auto const read = sddl::read_self_relative(bytes); // again, so that text too has a layout
    auto rows = json::array();
    if (!read)
        return rows;
    for (auto const& field : explain::byte_fields(bytes, *read, sids))
        rows.push_back({{"offset", fmt::format("{:04x}", field.offset)},
                        {"octets", hex_text(sddl::byte_view(bytes).subspan(field.offset, field.size))},
                        {"meaning", field.meaning},
                        {"part", field.part}});
    return rows;
}

// ---- inheritance

json texts_or_dash(std::vector<std::string> const& texts) {
    return texts.empty() ? json::array({"–"}) : json(texts);
}

json inheritance_rows(std::vector<explain::ace_inheritance> const& inherited) {
    auto rows = json::array();
    for (auto const& one : inherited) {
        auto children = json::array();
        for (auto const& child : one.children)
            children.push_back({{"effective", texts_or_dash(child.effective)},
                                {"passed_on", child.passed_on},
                                {"has_passed_on", !child.passed_on.empty()}});
        rows.push_back({{"number", one.ace + 1},
                        {"part", fmt::format("dacl-{}", one.ace + 1)},
                        {"names_creator", one.names_creator},
                        {"children", std::move(children)}});
    }
    return rows;
}

// This object on the left, a child of each class on the right, what arrives written on it.
json drawing_of(std::vector<explain::ace_inheritance> const& inherited) {
    constexpr std::array<std::string_view, 3> labels{"user", "computer", "organizational unit"};
    auto children = json::array();
    for (std::size_t index = 0; index < labels.size(); ++index) {
        std::size_t effective = 0;
        std::size_t passed_on = 0;
        for (auto const& one : inherited) {
            effective += one.children[index].effective.size();
            passed_on += one.children[index].passed_on.size();
        }
        auto const y = static_cast<int>(index) * 70 + 10;
        children.push_back(
            {{"label", labels[index]},
             {"y", y},
             {"middle", y + 25},
             {"name_y", y + 20},
             {"count_y", y + 40},
             {"arrives", effective > 0},
             {"count", fmt::format("{} in effect, {} passed on", counted(effective, "ACE", "ACEs"),
                                   with_thousands(passed_on))}});
    }
    return children;
}

std::size_t count_of(words::explained_list const& list, std::string_view effect) {
    return static_cast<std::size_t>(
        std::count_if(list.aces.begin(), list.aces.end(),
                      [effect](words::explained_ace const& ace) { return ace.effect == effect; }));
}

// "No risks" is said of nothing that was not looked at.
verdict_box verdict_of(words::explanation const& explained) {
    auto const& list = explained.dacl;
    bool const is_judged = explained.kind == words::object_kind::directory;
    verdict_box made{.look = !explained.risks.empty() ? "bad"
                             : is_judged              ? "good"
                                                      : "quiet",
                     .sentence = fmt::format("Owner {}; {}.", explained.owner,
                                             list.aces.empty() && !list.notes.empty()
                                                 ? list.notes.front()
                                                 : counted(list.aces.size(), "ACE says who may do what",
                                                           "ACEs say who may do what")),
                     .badges = {},
                     .lines = {}};
    if (auto const allowing = count_of(list, "allow"); allowing > 0)
        made.badges.emplace_back("good", fmt::format("{} allow", allowing));
    if (auto const denying = count_of(list, "deny"); denying > 0)
        made.badges.emplace_back("bad", fmt::format("{} deny", denying));
    if (!explained.risks.empty())
        made.badges.emplace_back("bad", counted(explained.risks.size(), "risk", "risks"));
    else
        made.badges.emplace_back("quiet", is_judged ? "no risks found" : "risks not looked for");
    if (list.misplaced)
        made.badges.emplace_back("doubt", "not in canonical order");
    return made;
}

std::string contents_of(words::explanation const& explained) {
    std::vector<page_place> places{{"part-text", "The text"}};
    if (!explained.risks.empty())
        places.push_back({"part-risks", "Risks"});
    places.insert(places.end(), {{"part-says", "What it says"},
                                 {"part-octets", "The octets"},
                                 {"part-inheritance", "What objects below would inherit"}});
    return contents_html(places);
}

} // namespace

std::string explanation_page(explained_descriptor const& shown) {
    auto const& descriptor = shown.value;
    auto const& explained = shown.explanation;
    auto const& sids = shown.sids;
    bool const has_octets = shown.has_octets;
    auto const inherited = explain::inheritance_of(descriptor, sids);
    auto risks = json::array();
    for (auto const& risk : explained.risks)
        risks.push_back((risk.ace ? fmt::format("ACE {}: ", *risk.ace + 1) : std::string()) + risk.reason);
    json const values{
        {"object", shown.object},
        {"verdict", verdict_html(verdict_of(explained))},
        {"contents", contents_of(explained)},
        {"tokens", tokens_of(descriptor, sids)},
        {"owner", explained.owner},
        {"group", explained.group},
        {"control", control_json(descriptor)},
        {"lists",
         json::array({list_json("DACL: who may do what", "dacl", explained.dacl, descriptor.dacl),
                      list_json("SACL: what is audited, labels", "sacl", explained.sacl, descriptor.sacl)})},
        {"has_risks", !risks.empty()},
        {"risks", std::move(risks)},
        {"kind", words::row_of(explained.kind).words},
        {"risks_not_judged", explained.kind != words::object_kind::directory},
        {"letters", letters_json(explained.letters)},
        {"has_octets", has_octets},
        {"bytes", has_octets ? bytes_rows(descriptor, sids) : json::array()},
        {"has_inheritance", !inherited.empty()},
        {"inheritance", inheritance_rows(inherited)},
        {"drawing", drawing_of(inherited)}};
    html_page const page("A security descriptor, explained", embedded::explanation_page_css,
                         embedded::explanation_page_js);
    return page.head() + fill_html(embedded::explanation_page_mustache, values) + page.tail(shown.from);
}

std::string octets_page(sddl::byte_view bytes, std::vector<explain::byte_field> const& fields,
                        page_provenance const& from) {
    page_table table{.title = "The octets", .headings = {"at", "octets", "say"}, .rows = {}, .code = {0, 1}};
    for (auto const& field : fields)
        table.rows.push_back({{},
                              {fmt::format("{:04x}", field.offset),
                               hex_text(bytes.subspan(field.offset, field.size)), field.meaning}});
    verdict_box const verdict{.look = "quiet",
                              .sentence = counted(bytes.size(), "octet", "octets") + " in " +
                                          counted(fields.size(), "field.", "fields."),
                              .badges = {},
                              .lines = {"Offsets and octets are hexadecimal; numbers are little-endian. "
                                        "[MS-DTYP] 2.4.6, 2.4.5, 2.4.4, 2.4.2.2"}};
    return table_page("A security descriptor, octet by octet", verdict, {table}, from);
}

} // namespace dsplan::render
