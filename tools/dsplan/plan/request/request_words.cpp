#include <tools/dsplan/plan/request/request_words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <string_view>

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
    if (!table.from.empty())
        text += fmt::format(" {} those of {};", table.mode, table.from);
    text.pop_back();
    return text;
}

std::string wish(replace_trustee_table const& table) {
    if (!table.from.empty())
        return fmt::format("replace the accounts that {} names on {}{}{}{}", table.from,
                           objects_text(table.on), table.owners ? ", as owners too" : "",
                           table.audit ? "" : ", without auditing",
                           table.keep_old ? ", keeping the old ACEs" : "");
    return fmt::format("replace {} by {} on {}{}{}{}", table.old_trustee, table.new_trustee,
                       objects_text(table.on), table.owners ? ", as owner too" : "",
                       table.audit ? "" : ", without auditing",
                       table.keep_old ? ", keeping the old ACEs" : "");
}

std::string wish(inheritance_table const& table) {
    constexpr std::array<std::string_view, 3> changes{"block {} and keep the inherited ACEs as own ones",
                                                      "block {} and drop the inherited ACEs", "allow {}"};
    auto const list = table.list == "sacl" ? "inheritance of auditing" : "inheritance";
    auto text = fmt::format(fmt::runtime(changes[static_cast<std::size_t>(table.set)]), list);
    text += fmt::format(" on {}", objects_text(table.on));
    if (table.order != "auto")
        text += fmt::format(", order {}", table.order);
    return table.drop_copies ? text + ", and drop copies of inherited ACEs" : text;
}

std::string wish(owner_table const& table) {
    auto text = fmt::format("make {} the owner of {}", table.owner, objects_text(table.on));
    return table.group.empty() ? text : fmt::format("{}, and {} its group", text, table.group);
}

std::string wish(audit_table const& table) {
    auto text = fmt::format("{} {} of {} on {}: {}", table.remove ? "stop auditing" : "audit",
                            table.on_success && table.on_failure ? "success and failure"
                            : table.on_failure                   ? "failure"
                                                                 : "success",
                            table.who, objects_text(table.on), fmt::join(table.rights, "; "));
    return table.applies_to.empty() ? text : fmt::format("{}, on {}", text, table.applies_to);
}

std::string wish(restore_table const& table) {
    auto const source = table.from.empty() ? table.as : "what " + table.from + " holds";
    return fmt::format("restore {} of {} to {}",
                       table.parts.empty() ? std::string("the DACL")
                                           : fmt::format("{}", fmt::join(table.parts, ", ")),
                       objects_text(table.on), source);
}

std::string ace_text(state_ace const& ace) {
    if (!ace.ace.empty())
        return ace.ace;
    auto text = fmt::format("{}{}: {}", ace.denies ? "deny " : "", ace.trustee, fmt::join(ace.rights, "; "));
    return ace.applies_to.empty() ? text : fmt::format("{}, on {}", text, ace.applies_to);
}

std::string wish(state_table const& table) {
    std::vector<std::string> aces;
    for (auto const& each : table.aces)
        aces.push_back(ace_text(each));
    return fmt::format("{} holds {} {}{}", objects_text(table.on),
                       table.mode == "exactly" ? "exactly" : "at least",
                       aces.empty() ? "no ACE" : fmt::format("{}", fmt::join(aces, " | ")),
                       table.defaults == "drop" ? ", without the defaults of its class" : "");
}

std::string wish(clean_table const& table) {
    return fmt::format("{} {} on {}", table.report_only ? "report" : "clean", fmt::join(table.what, ", "),
                       objects_text(table.on));
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
