#include <sddl/write.hpp>
#include <tools/dsplan/ground/windows_command.hpp>
#include <tools/dsplan/plan/import_command.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>
#include <tools/dsplan/plan/part_changes.hpp>
#include <tools/dsplan/render/plan_dsacls.hpp>
#include <tools/dsplan/render/plan_mark.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace dsplan::render {
namespace {

constexpr std::string_view line_end = "\r\n";

// dsacls splits its arguments at ':' and ';', so a name that holds one would be taken apart.
bool is_plain_name(std::string_view name) {
    return name.find_first_of(":;\\/@") == std::string_view::npos && quote_argument(name).has_value();
}

// DOMAIN\name is what people recognise; a SID is what is left for names that dsacls would read otherwise.
std::string trustee_text(plan::grant const& grant) {
    if (is_plain_name(grant.trustee_name)) {
        if (grant.trustee_netbios_domain && is_plain_name(*grant.trustee_netbios_domain))
            return fmt::format("{}\\{}", *grant.trustee_netbios_domain, grant.trustee_name);
        if (!grant.trustee && is_plain_name(grant.trustee_dns_domain))
            return fmt::format("{}@{}", grant.trustee_name, grant.trustee_dns_domain);
    }
    return grant.trustee ? fmt::format("{}", *grant.trustee) : "<name of the group>";
}

std::string_view inheritance_switch(plan::grant const& grant) {
    if ((grant.flags & sddl::ace_flag::inherit_only) != 0)
        return " /I:S";
    return (grant.flags & sddl::ace_flag::container_inherit) != 0 ? " /I:T" : "";
}

void append_line(std::string& text, std::string_view line) {
    text += line;
    text += line_end;
}

// An ACE in a comment. Text from an export could end the line, or have cmd.exe expand something, so that an
// ACE with such octets is left out.
void append_ace(std::string& text, sddl::ace const& value) {
    static constexpr std::string_view unsafe = "%!^";
    auto const shown = sddl::write_ace(value);
    bool const is_safe = std::all_of(shown.begin(), shown.end(), [](char octet) {
        return octet >= 0x20 && octet < 0x7F && unsafe.find(octet) == std::string_view::npos;
    });
    append_line(text, is_safe ? "rem   " + shown
                              : "rem   (an ACE that a command file cannot show: see rollback.ldf)");
}

std::string head_of_script(std::string_view plan_digest) {
    std::string text;
    append_line(text, "@echo off");
    append_line(text, fmt::format("rem {}", plan_mark(plan_digest)));
    return text;
}

// The letters of one grant: "RPWP;lockoutTime;user", "GA;;computer", "CCDC;computer".
std::string permission_text(plan::grant const& grant) {
    auto made =
        grant.mask == sddl::directory_full_control ? std::string("GA") : words::dsacls_letters(grant.mask);
    if (!grant.property.empty() || !grant.inherited_class.empty())
        made += ";" + grant.property;
    if (!grant.inherited_class.empty())
        made += ";" + grant.inherited_class;
    return made;
}

// Those of one command stand together, denials first.
bool are_of_one_command(plan::grant const& a, plan::grant const& b) {
    return a.denies == b.denies && a.flags == b.flags;
}

bool can_dsacls(plan::permission_change const& change) {
    return plan::obstacle_to_dsacls(change).empty();
}

bool is_only_the_grant(plan::permission_change const& change) {
    return change.other_aces_of_trustee.empty() && !change.before.empty();
}

void append_removal(std::vector<std::string>& commands, plan::permission_change const& change,
                    std::string const& trustee) {
    auto command = fmt::format("dsacls {} /R {}", quote_argument_or(change.dn, "DN of the object"),
                               quote_argument_or(trustee, "trustee"));
    if (std::find(commands.begin(), commands.end(), command) == commands.end())
        commands.push_back(std::move(command));
}

// "dsacls OBJECT /R TRUSTEE" for each trustee that gets an ACE.
std::vector<std::string> removal_commands(plan::permission_change const& change) {
    std::vector<std::string> made;
    for (plan::grant const& grant : change.grants)
        append_removal(made, change, trustee_text(grant));
    return made;
}

void append_rollback(std::string& text, plan::permission_change const& change) {
    if (plan::only_allows_inheritance(change)) {
        append_line(text, "rem dsacls has no precise way back: rollback.ldf puts the descriptor back.");
        append_line(text, "exit /b 1");
        return;
    }
    if (!change.removed.empty()) {
        append_line(text,
                    "rem These ACEs were removed. dsacls cannot put them back as they were: rollback.ldf");
        append_line(text, "rem puts the whole descriptor back.");
        for (auto const& each : change.removed)
            append_ace(text, each.value);
        append_line(text, "exit /b 1");
        return;
    }
    auto const commands = removal_commands(change);
    if (is_only_the_grant(change)) {
        append_line(
            text,
            "rem In the export the trustee had no ACE of its own on this object, so removing all of its");
        append_line(text, "rem ACEs removes just the new ones, unless somebody has added others since.");
        for (auto const& command : commands) {
            append_line(text, command);
            append_line(text, "if errorlevel 1 exit /b 1");
        }
        return;
    }
    if (change.before.empty()) {
        append_line(
            text,
            "rem The export does not hold the list of this object, so what else the trustee had is unknown.");
    } else {
        append_line(text,
                    "rem The trustee has other ACEs on this object, which the command would remove too:");
        for (sddl::ace const& ace : change.other_aces_of_trustee)
            append_ace(text, ace);
        append_line(text, "rem After it, grant those again.");
    }
    append_line(
        text, "rem It is not run from here; rollback.ldf, where there is one, undoes the change precisely:");
    for (auto const& command : commands)
        append_line(text, "rem   " + command);
    append_line(text, "exit /b 1");
}

} // namespace

std::vector<std::string> dsacls_commands(plan::permission_change const& change) {
    if (!can_dsacls(change))
        return {};
    if (plan::only_allows_inheritance(change))
        return {fmt::format("dsacls {} /P:N", quote_argument_or(change.dn, "DN of the object"))};
    auto left = change.grants;
    std::stable_partition(left.begin(), left.end(), [](plan::grant const& each) { return each.denies; });
    std::vector<std::string> made;
    while (!left.empty()) {
        auto const first = left.front();
        std::string command = fmt::format("dsacls {}{} {}", quote_argument_or(change.dn, "DN of the object"),
                                          inheritance_switch(first), first.denies ? "/D" : "/G");
        for (plan::grant const& grant : left)
            if (are_of_one_command(first, grant))
                command += " " + quote_argument_or(trustee_text(grant) + ":" + permission_text(grant),
                                                   "trustee:permissions");
        std::erase_if(left, [&first](auto const& each) { return are_of_one_command(first, each); });
        made.push_back(std::move(command));
    }
    // Grants run first, so that a new trustee has the rights before the old one loses them.
    for (plan::removed_ace const& each : change.removed)
        append_removal(made, change, fmt::format("{}", each.value.trustee));
    return made;
}

std::string permissions_cmd(plan::domain_changes const& changes, std::string_view plan_digest) {
    if (std::none_of(changes.permissions.begin(), changes.permissions.end(), can_dsacls))
        return {};
    auto text = head_of_script(plan_digest);
    bool const only_inherits = std::all_of(
        changes.permissions.begin(), changes.permissions.end(), [](plan::permission_change const& each) {
            return !can_dsacls(each) || plan::only_allows_inheritance(each);
        });
    bool const removes =
        std::any_of(changes.permissions.begin(), changes.permissions.end(),
                    [](auto const& each) { return can_dsacls(each) && !each.removed.empty(); });
    append_line(text, fmt::format("rem {} the lists that are there when it runs. Run it elevated, as an",
                                  only_inherits ? "Lets inherit again"
                                  : removes     ? "Changes"
                                                : "Adds the ACEs of this plan to"));
    append_line(text, "rem account that may change permissions there.");
    if (std::any_of(changes.permissions.begin(), changes.permissions.end(),
                    [](auto const& change) { return change.is_importable() && can_dsacls(change); })) {
        append_line(text,
                    "rem 01-permissions.ldf does the same to the descriptors of the export: run this, or");
        append_line(text, "rem import that, never both:");
        append_line(text, "rem   " + plan::import_command("01-permissions.ldf"));
    }
    for (plan::permission_change const& change : changes.permissions) {
        if (!can_dsacls(change))
            continue;
        for (plan::grant const& grant : change.grants)
            if (auto const ace = grant.ace())
                append_line(text, fmt::format("rem {}", sddl::write_ace(*ace)));
        if (!change.removed.empty()) {
            append_line(text,
                        "rem /R removes every ACE of a trustee, those that came after the export, too:");
            for (auto const& each : change.removed)
                append_ace(text, each.value);
        }
        for (auto const& command : dsacls_commands(change)) {
            append_line(text, command);
            append_line(text, "if errorlevel 1 exit /b 1");
        }
    }
    return text;
}

std::string rollback_cmd(plan::domain_changes const& changes, std::string_view plan_digest) {
    if (std::none_of(changes.permissions.begin(), changes.permissions.end(), can_dsacls))
        return {};
    auto text = head_of_script(plan_digest);
    append_line(
        text, "rem Undoes 01-permissions.cmd as far as dsacls can: it removes all ACEs of a trustee from an");
    append_line(text, "rem object, never a single one. rollback.ldf undoes memberships:");
    append_line(text, "rem   " + plan::import_command("rollback.ldf"));
    for (plan::permission_change const& change : changes.permissions)
        if (can_dsacls(change))
            append_rollback(text, change);
    return text;
}

} // namespace dsplan::render
