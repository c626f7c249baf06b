#include <tools/dsplan/forms/descriptor_json.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/render/explanation.hpp>

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

void append_list(std::string& text, std::string_view name, words::explained_list const& list) {
    text += fmt::format("{}\n", name);
    for (auto const& note : list.notes)
        text += fmt::format("  {}\n", note);
    auto const width = measure(list.aces);
    for (std::size_t index = 0; index < list.aces.size(); ++index) {
        auto const& ace = list.aces[index];
        text += fmt::format("  {:>3}  {:{}}  {:{}}  {:{}}  {:{}}  {}{}\n", index + 1, ace.effect,
                            width.effect, ace.who, width.who, ace.may, width.may, ace.applies_to,
                            width.applies_to, ace.is_inherited ? "inherited  " : "", printable(ace.raw));
        if (ace.condition)
            text += fmt::format("       {}\n", printable(*ace.condition));
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
                 {"may", ace.may},
                 {"applies_to", ace.applies_to},
                 {"inherited", ace.is_inherited},
                 {"sddl", ace.raw}};
        if (ace.condition)
            row["condition"] = *ace.condition;
        made["aces"].push_back(row);
    }
    made["canonical_order"] = !list.misplaced.has_value();
    if (list.misplaced)
        made["misplaced"] = {{"ace", list.misplaced->index}, {"behind", list.misplaced->behind}};
    return made;
}

} // namespace

std::string explanation_text(words::explanation const& explained) {
    auto text = fmt::format("Owner  {}\nGroup  {}\n", explained.owner, explained.group);
    for (auto const& note : explained.control)
        text += fmt::format("       {}\n", note);
    text += '\n';
    append_list(text, "DACL", explained.dacl);
    append_list(text, "SACL", explained.sacl);
    if (explained.risks.empty())
        return text + "Risks: none found.\n";
    text += "Risks\n";
    for (auto const& risk : explained.risks)
        text += risk.ace ? fmt::format("  ! ACE {}: {}\n", *risk.ace + 1, risk.reason)
                         : fmt::format("  ! {}\n", risk.reason);
    return text;
}

std::string explanation_json(words::explanation const& explained) {
    json made{{"owner", explained.owner}, {"group", explained.group}, {"control", explained.control}};
    made["dacl"] = list_json(explained.dacl);
    made["sacl"] = list_json(explained.sacl);
    made["risks"] = json::array();
    for (auto const& risk : explained.risks) {
        json row{{"reason", risk.reason}};
        if (risk.ace)
            row["ace"] = *risk.ace;
        made["risks"].push_back(row);
    }
    return made.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string bytes_json(sddl::byte_view bytes, std::vector<explain::byte_field> const& fields) {
    json made = json::array();
    for (auto const& field : fields)
        made.push_back({{"offset", field.offset},
                        {"octets", hex_text(bytes.subspan(field.offset, field.size))},
                        {"depth", field.depth},
                        {"meaning", field.meaning}});
    return made.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
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
