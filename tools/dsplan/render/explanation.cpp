#include <tools/dsplan/forms/descriptor_json.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/render/explanation.hpp>
#include <tools/dsplan/render/identity_json.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;

struct widths {
    std::size_t effect = 0;
    std::size_t who = 0;
    std::size_t may = 0;
    std::size_t applies_to = 0;
};

widths measure(std::vector<words::explained_ace> const& aces) {
    constexpr std::size_t widest = 44; // one long name must not push every other line out of sight
    widths found;
    for (auto const& ace : aces) {
        found.effect = std::max(found.effect, ace.effect.size());
        found.who = std::min(widest, std::max(found.who, ace.who.size()));
        found.may = std::min(widest, std::max(found.may, ace.may.size()));
        found.applies_to = std::min(widest, std::max(found.applies_to, ace.applies_to.size()));
    }
    return found;
}

std::string origin_of(words::explained_ace const& ace) {
    if (!ace.origin.empty())
        return printable(ace.origin) + "  ";
    return ace.is_inherited ? "inherited  " : "";
}

void append_letters(std::string& text, std::vector<words::letter_group> const& groups) {
    if (groups.empty())
        return;
    std::size_t width = 0;
    for (auto const& group : groups)
        for (auto const& letter : group.letters)
            width = std::max(width, letter.text.size());
    text += "Letters\n";
    for (auto const& group : groups) {
        text += fmt::format("  {}\n", group.title);
        for (auto const& letter : group.letters)
            text += fmt::format("    {:{}}  {}\n", letter.text, width, letter.words);
    }
    text += '\n';
}

void append_list(std::string& text, std::string_view name, words::explained_list const& list) {
    text += fmt::format("{}\n", name);
    for (auto const& note : list.notes)
        text += fmt::format("  {}\n", note);
    auto const width = measure(list.aces);
    for (std::size_t index = 0; index < list.aces.size(); ++index) {
        auto const& ace = list.aces[index];
        text += fmt::format("  {:>3}  {:{}}  {:{}}  {:{}}  {:{}}  {}{}\n", index + 1, ace.effect,
                            width.effect, ace.who, width.who, ace.may, width.may, ace.applies_to,
                            width.applies_to, origin_of(ace), printable(ace.raw));
        if (ace.condition)
            text += fmt::format("       {}\n", printable(*ace.condition));
        for (auto const& note : ace.notes)
            text += fmt::format("       ^ {}\n", note);
    }
    if (list.misplaced)
        text +=
            fmt::format("  ! order: ACE {} should stand before ACE {}; the list is read from the top, so the "
                        "earlier ACE wins\n",
                        list.misplaced->index + 1, list.misplaced->behind + 1);
    else if (list.aces.size() > 1)
        text += "  order: canonical (explicit denials, explicit grants, inherited ACEs)\n";
    text += '\n';
}

json list_json(words::explained_list const& list) {
    json made;
    made["state"] = list.state == sddl::acl_state::absent ? "absent"
                    : list.state == sddl::acl_state::null ? "null"
                                                          : "present";
    made["notes"] = list.notes;
    made["aces"] = json::array();
    for (auto const& ace : list.aces) {
        json row{{"effect", ace.effect},
                 {"who", ace.who},
                 {"sid", text_or_null_json(ace.sid)},
                 {"dn", text_or_null_json(ace.dn)},
                 {"may", ace.may},
                 {"applies_to", ace.applies_to},
                 {"inherited", ace.is_inherited},
                 {"sddl", ace.raw}};
        if (ace.condition)
            row["condition"] = *ace.condition;
        if (!ace.origin.empty())
            row["origin"] = ace.origin;
        row["notes"] = ace.notes;
        made["aces"].push_back(row);
    }
    made["canonical_order"] = !list.misplaced.has_value();
    if (list.misplaced)
        made["misplaced"] = {{"ace", list.misplaced->index}, {"behind", list.misplaced->behind}};
    return made;
}

// Why the rights are read so, where nobody said it.
std::string reason_text(words::explanation const& explained) {
    if (explained.is_kind_given)
        return ".";
    if (!explained.kind_reason.empty())
        return fmt::format(": {}; --for names another kind.", explained.kind_reason);
    return "; --for names another kind.";
}

} // namespace

std::string explanation_text(words::explanation const& explained) {
    auto text = fmt::format("Owner  {}\nGroup  {}\nRights are read as those of {}{}\n", explained.owner,
                            explained.group, words::row_of(explained.kind).words, reason_text(explained));
    for (auto const& note : explained.control)
        text += fmt::format("       {}\n", note);
    text += '\n';
    append_list(text, "DACL", explained.dacl);
    append_list(text, "SACL", explained.sacl);
    append_letters(text, explained.letters);
    if (explained.kind != words::object_kind::directory)
        return text + "Risks: not looked for; only rights on directory objects are judged.\n";
    if (explained.risks.empty())
        return text + "Risks: none found.\n";
    text += "Risks\n";
    for (auto const& risk : explained.risks)
        text += risk.ace ? fmt::format("  ! ACE {}: {}\n", *risk.ace + 1, risk.reason)
                         : fmt::format("  ! {}\n", risk.reason);
    return text;
}

static json explained_json(words::explanation const& explained) {
    json made{{"kind", words::row_of(explained.kind).name},
              {"kind_reason", explained.kind_reason},
              {"owner", explained.owner},
              {"owner_sid", text_or_null_json(explained.owner_sid)},
              {"owner_dn", text_or_null_json(explained.owner_dn)},
              {"group", explained.group},
              {"group_sid", text_or_null_json(explained.group_sid)},
              {"group_dn", text_or_null_json(explained.group_dn)},
              {"control", explained.control}};
    made["dacl"] = list_json(explained.dacl);
    made["sacl"] = list_json(explained.sacl);
    made["risks_judged"] = explained.kind == words::object_kind::directory;
    made["risks"] = json::array();
    for (auto const& risk : explained.risks) {
        json row{{"reason", risk.reason}};
        if (risk.ace)
            row["ace"] = *risk.ace;
        made["risks"].push_back(row);
    }
    made["letters"] = json::array();
    for (auto const& group : explained.letters)
        for (auto const& letter : group.letters)
            made["letters"].push_back(
                {{"group", group.title}, {"text", letter.text}, {"words", letter.words}});
    return made;
}

std::string explanation_json(words::explanation const& explained) {
    return json_document("explanation", explained_json(explained))
               .dump(2, ' ', false, json::error_handler_t::replace) +
           "\n";
}

std::string object_text(explain::exported_object const& object) {
    auto text = fmt::format("{}  {}\n{}", printable(object.object_class), printable(object.dn),
                            explanation_text(object.explanation));
    if (object.below.empty())
        return text;
    text += "\nWhat a new object right below gets\n";
    for (auto const& one : object.below) {
        text += fmt::format("  {}{}\n", printable(one.class_name),
                            one.existing == 0 ? "" : fmt::format("  ({} there)", one.existing));
        for (auto const& ace : one.effective)
            text += fmt::format("    {}\n", printable(ace));
        for (auto const& ace : one.passed_on)
            text += fmt::format("    only passed on: {}\n", printable(ace));
        if (one.effective.empty() && one.passed_on.empty())
            text += "    nothing\n";
    }
    return text;
}

std::string object_json(explain::exported_object const& object) {
    auto made = json_document(
        "explanation",
        {{"on", object.dn}, {"on_sid", text_or_null_json(object.sid)}, {"class", object.object_class}});
    made.update(explained_json(object.explanation));
    made["below"] = json::array();
    for (auto const& one : object.below)
        made["below"].push_back({{"class", one.class_name},
                                 {"existing", one.existing},
                                 {"effective", one.effective},
                                 {"passed_on", one.passed_on}});
    return made.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string bytes_json(sddl::byte_view bytes, std::vector<explain::byte_field> const& fields) {
    json rows = json::array();
    for (auto const& field : fields)
        rows.push_back({{"offset", field.offset},
                        {"octets", hex_text(bytes.subspan(field.offset, field.size))},
                        {"depth", field.depth},
                        {"meaning", field.meaning}});
    return json_document("octets", {{"fields", std::move(rows)}})
               .dump(2, ' ', false, json::error_handler_t::replace) +
           "\n";
}

std::string bytes_text(sddl::byte_view bytes, std::vector<explain::byte_field> const& fields) {
    constexpr std::size_t line = 16;
    std::string text;
    for (auto const& field : fields) {
        for (std::size_t done = 0; done < field.size; done += line) {
            auto const octets = bytes.subspan(field.offset + done, std::min(line, field.size - done));
            auto const meaning =
                done == 0 ? std::string(2 * static_cast<std::size_t>(field.depth), ' ') + field.meaning
                          : std::string{};
            text += fmt::format("{:04x}  {:<32}  {}", field.offset + done, hex_text(octets), meaning);
            text.erase(text.find_last_not_of(' ') + 1);
            text += '\n';
        }
    }
    return text;
}

} // namespace dsplan::render
