#include <tools/dsplan/plan/request/request_words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace dsplan::plan {
namespace {

std::string objects_text(object_choice const& chosen) {
    auto names = chosen.names;
    if (!chosen.below.empty())
        names.push_back(fmt::format("{} {} {}", chosen.only_children ? "the children of class" : "every",
                                    chosen.class_name.empty() ? "object" : chosen.class_name,
                                    "below " + chosen.below));
    return fmt::format("{}", fmt::join(names, "; "));
}

std::string rights_text(permission_table const& table) {
    if (table.all)
        return fmt::format("every {} ACE", table.sign);
    return table.ace.empty() ? fmt::format("{}", fmt::join(table.rights, "; ")) : table.ace;
}

std::string wish(permission_table const& table) {
    constexpr std::array<std::string_view, 3> verbs{"grant to", "deny", "revoke from"};
    auto text = fmt::format("{} {} on {}: {}", verbs[static_cast<std::size_t>(table.verb)], table.trustee,
                            objects_text(table.on), rights_text(table));
    if (!table.applies_to.empty())
        text += fmt::format(", on {}", table.applies_to);
    return text;
}

std::string wish(members_table const& table) {
    auto text = fmt::format("members of {}:", table.group);
    if (!table.add.empty())
        text += fmt::format(" add {};", fmt::join(table.add, "; "));
    if (!table.remove.empty())
        text += fmt::format(" remove {};", fmt::join(table.remove, "; "));
    if (table.exactly)
        text += table.exactly->empty() ? std::string(" nobody;")
                                       : fmt::format(" exactly {};", fmt::join(*table.exactly, "; "));
    text.pop_back();
    return text;
}

template <class Table>
std::string wish(Table const& table) {
    return table_name(table);
}

std::string purpose_of(change_request const& request) {
    auto text = request.title.empty() ? std::string("what follows") : request.title;
    if (!request.ticket.empty())
        text += fmt::format(" (ticket {})", request.ticket);
    if (!request.requested_by.empty())
        text += fmt::format(", requested by {}", request.requested_by);
    return text + ". Planned offline, from an export.";
}

} // namespace

plan_words words_of(change_request const& request) {
    plan_words made;
    made.job = "request";
    made.title = request.title.empty() ? "Change to review" : request.title + ": change to review";
    made.purpose = purpose_of(request);
    for (auto const& table : request.tables) {
        auto text = std::visit([](auto const& content) { return wish(content); }, table.content);
        auto const& reason = std::visit(
            [](auto const& content) -> std::string const& { return content.reason; }, table.content);
        made.wishes.push_back(reason.empty() ? std::move(text) : fmt::format("{} ({})", text, reason));
    }
    return made;
}

} // namespace dsplan::plan
