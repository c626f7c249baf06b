#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/render/artifacts.hpp>
#include <tools/dsplan/render/plan_dsacls.hpp>
#include <tools/dsplan/render/plan_frame.hpp>
#include <tools/dsplan/render/plan_text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

namespace dsplan::render {
namespace {

using plan::severity;

std::string_view severity_word(severity level) {
    switch (level) {
    case severity::fact:
        return "checked";
    case severity::note:
        return "note";
    case severity::unknown:
        return "not known";
    case severity::warning:
        return "look at this";
    case severity::stop:
        return "stops the plan";
    }
    return "";
}

passage paragraph(std::vector<phrase> said) {
    return {0, std::move(said)};
}
passage item(std::vector<phrase> said) {
    return {1, std::move(said)};
}
passage item_below(std::vector<phrase> said) {
    return {2, std::move(said)};
}

// ---- head

passage asked_for(plan::plan const& drawn) {
    auto const trust = drawn.trust == plan::trust_type::key ? "key" : "certificate";
    auto const account = drawn.reach ? code(drawn.reach->account) : plain("the connector account");
    return paragraph(
        {strong("Asked for:"), plain(" "), account,
         plain(" is to read and write msDS-KeyCredentialLink of users, as a member of a group that may. "
               "Planned for "),
         plain(trust), plain(" trust, offline, from an export.")});
}

std::vector<passage> head(plan::plan const& drawn) {
    std::vector<passage> said{asked_for(drawn)};
    if (drawn.stopped)
        said.push_back(paragraph({strong("No change is planned:"), plain(" a finding below forbids it.")}));
    else if (!drawn.has_changes())
        said.push_back(paragraph({strong("No changes:"), plain(" the directory has what is wanted.")}));
    else
        said.push_back(paragraph({strong("Plan:"), plain(" " + summary_sentence(drawn))}));
    if (drawn.predicted)
        said.push_back(paragraph({strong("Effect:"), plain(" " + effect_sentence(drawn))}));
    return said;
}

page_section findings(plan::plan const& drawn) {
    page_section made{"Findings of the plan", false, {}};
    for (plan::finding const& found : drawn.findings) {
        made.passages.push_back(item({strong(std::string(severity_word(found.level))),
                                      plain(": " + found.text + " ("), code(found.rule), plain(")")}));
        for (evidence const& seen : found.seen) {
            auto& said =
                made.passages.emplace_back(item_below({code(seen.dn), plain(", " + seen.attribute)})).said;
            if (!seen.value.empty())
                said.insert(said.end(), {plain(": "), code(seen.value)});
        }
        if (!found.advice.empty())
            made.passages.push_back(item_below({strong("To do:"), plain(" " + found.advice)}));
    }
    return made;
}

// ---- import

page_section import_rules() {
    return {
        "Import",
        false,
        {paragraph(
             {plain("Run everything from an elevated prompt on a domain controller or a member server with "
                    "the directory tools, one command at a time, and read what each answers. Name one "
                    "domain controller, the PDC emulator, in all of them.")}),
         paragraph(
             {strong("Privileges:"),
              plain(" changing a list needs Write DACL on the object. The LDIF with a descriptor also sets "
                    "owner, group and auditing list, which needs Write Owner and the right to manage "
                    "auditing and security log: in effect a member of Administrators of that domain, "
                    "elevated. Adding a member needs write access to "),
              code("member"), plain(" of the group.")})}};
}

std::string ldifde_command(std::string const& folder, std::string_view file) {
    return fmt::format("ldifde -i -f {}{} -s PDC-NAME -j . -v", folder, file);
}

void add_permission_steps(std::vector<passage>& steps, plan::domain_changes const& domain,
                          std::string const& folder) {
    bool const importable = std::any_of(domain.permissions.begin(), domain.permissions.end(),
                                        [](auto const& change) { return change.is_importable(); });
    if (importable)
        steps.push_back(item({plain("The permission, "), strong("one of the two"), plain(":")}));
    else
        steps.push_back(item({plain("The permission:")}));
    steps.push_back(
        item_below({code(folder + "01-permissions.cmd"),
                    plain(importable ? " (preferred) adds the ACE to the list that is there when it "
                                       "runs. It runs:"
                                     : " adds the ACE to the list that is there when it runs. It "
                                       "runs:")}));
    for (plan::permission_change const& change : domain.permissions)
        steps.push_back({3, {code(dsacls_command(change))}});
    if (!importable)
        return;
    steps.push_back(item_below(
        {code(ldifde_command(folder, "01-permissions.ldf")),
         plain(" replaces the whole descriptor by the edited one of the export. "),
         strong("Whatever was changed on the object since the export is lost"),
         plain(": export again and compare before you import. "), strong("Never add -k or -z"),
         plain(": -k passes over the very error that says that the descriptor was refused, and the import "
               "looks as if it had worked.")}));
}

page_section steps_of(plan::plan const& drawn, plan::domain_changes const& domain) {
    auto const folder = folder_of(drawn, domain);
    page_section made{fmt::format("In {}", domain.dns_name), true, {}};
    if (domain.group)
        made.passages.push_back(
            item({code(ldifde_command(folder, "00-group.ldf")), plain(" creates the group.")}));
    if (!domain.permissions.empty())
        add_permission_steps(made.passages, domain, folder);
    if (!domain.members.empty())
        made.passages.push_back(
            item({code(ldifde_command(folder, "02-members.ldf")), plain(" adds the member.")}));
    return made;
}

// ---- afterwards

void add_checksums(std::vector<passage>& said, plan::plan const& drawn) {
    std::vector<passage> sums;
    for (plan::domain_changes const& domain : drawn.domains)
        for (plan::permission_change const& change : domain.permissions)
            if (!change.before.empty())
                sums.push_back(item_below({code(change.dn), plain(": "), code(sha256_hex(change.before))}));
    if (sums.empty())
        return;
    said.push_back(
        item({plain("SHA-256 of the descriptors before: import nothing if a fresh export shows another "
                    "one.")}));
    said.insert(said.end(), sums.begin(), sums.end());
}

page_section verification(plan::plan const& drawn) {
    page_section made{"Verify and undo", false, {}};
    auto& said = made.passages;
    if (drawn.needs_second_phase())
        said.push_back(item({plain("Phase two: export again and run "), code("dsplan plan whfb"),
                             plain(" on that export; it checks the result or plans what is left.")}));
    said.push_back(
        item({plain("Export the same objects again and run "),
              code("dsplan verify --plan THIS-FOLDER --after EXPORT.ldf"),
              plain(": it says for each step done, not done or different. The server may put the ACEs in "
                    "another order; that is no difference in access.")}));
    said.push_back(item({code("SHA256SUMS"), plain(" holds the checksums of all files ("),
                         code("sha256sum -c SHA256SUMS"), plain(").")}));
    said.push_back(item(
        {code("rollback.ldf"), plain(" takes the members out again and, where "), code("01-permissions.ldf"),
         plain(" is there, puts the descriptor of the export back. "), code("rollback.cmd"),
         plain(" is what dsacls can do: it removes all ACEs of the trustee from the object, never "
               "one.")}));
    add_checksums(said, drawn);
    return made;
}

// What no published document or measurement settles, said where it matters.
page_section taken_for_granted(plan::plan const& drawn) {
    page_section made{"What this plan takes for granted",
                      false,
                      {paragraph({plain("Not proven on a Windows domain controller:")})}};
    auto& said = made.passages;
    bool const permissions = std::any_of(drawn.domains.begin(), drawn.domains.end(),
                                         [](auto const& domain) { return !domain.permissions.empty(); });
    if (permissions) {
        said.push_back(
            item({plain("That ldifde imports a whole descriptor. The rules of the protocol say that an "
                        "elevated administrator may; there is no public report of it. Prefer "),
                  code("01-permissions.cmd"), plain(".")}));
        said.push_back(
            item({plain("The exact ACE that dsacls makes of its arguments. It follows from its documented "
                        "grammar; "),
                  code("dsplan verify"), plain(" compares what came out.")}));
        said.push_back(
            item({plain("Whether dsacls merges an ACE with one that is there, and the place the server "
                        "gives a new ACE.")}));
    }
    said.push_back(
        item({plain("The error code of ldifde when a member is there already. dsplan planned the member "
                    "because the export does not show it.")}));
    said.push_back(
        item({plain("Whether the AdminSDHolder task protects Key Admins and Enterprise Key Admins: "
                    "documents disagree.")}));
    return made;
}

} // namespace

page_frame plan_frame(plan::plan const& drawn) {
    page_frame made{"Windows Hello for Business key synchronization: change to review",
                    head(drawn),
                    {findings(drawn)},
                    {}};
    if (!drawn.has_changes())
        return made;
    made.after.push_back(import_rules());
    for (plan::domain_changes const& domain : drawn.domains)
        made.after.push_back(steps_of(drawn, domain));
    made.after.push_back(verification(drawn));
    made.after.push_back(taken_for_granted(drawn));
    return made;
}

} // namespace dsplan::render
