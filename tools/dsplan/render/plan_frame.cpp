#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/plan/import_command.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>
#include <tools/dsplan/render/artifacts.hpp>
#include <tools/dsplan/render/plan_dsacls.hpp>
#include <tools/dsplan/render/plan_findings.hpp>
#include <tools/dsplan/render/plan_frame.hpp>
#include <tools/dsplan/render/plan_text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace dsplan::render {
namespace {

using plan::severity;

// ---- head

passage asked_for(plan::plan const& drawn) {
    std::vector<phrase> said{strong("Asked for:"), plain(" ")};
    if (!drawn.words.account.empty())
        said.push_back(code(drawn.words.account));
    said.push_back(plain(drawn.words.purpose));
    return paragraph(std::move(said));
}

passage made_from(plan::plan const& drawn) {
    std::vector<phrase> said{strong("Made from:")};
    for (input_digest const& input : drawn.inputs) {
        said.insert(said.end(), {plain(said.size() == 1 ? " " : "; "), code(input.name)});
        if (input.size)
            said.insert(said.end(),
                        {plain(fmt::format(", {}, SHA-256 ", counted(*input.size, "byte", "bytes"))),
                         code(input.sha256)});
    }
    return paragraph(std::move(said));
}

std::vector<passage> head(plan::plan const& drawn) {
    std::vector<passage> said{asked_for(drawn)};
    for (std::string const& wish : drawn.words.wishes)
        said.push_back(item({plain(wish)}));
    return said;
}

std::vector<passage> status(plan::plan const& drawn) {
    std::vector<passage> said;
    if (drawn.stopped)
        said.push_back(paragraph({strong("No change is planned:"), plain(" a finding below forbids it.")}));
    else if (!drawn.has_changes())
        said.push_back(paragraph({strong("No changes:"), plain(" the directory has what is wanted.")}));
    else
        said.push_back(paragraph({strong("Plan:"), plain(" " + summary_sentence(drawn))}));
    if (!drawn.words.effect.empty())
        said.push_back(paragraph({strong("Effect:"), plain(" " + drawn.words.effect)}));
    for (std::string const& headline : drawn.headlines)
        said.push_back(paragraph({strong("Tier 0:"), plain(" " + headline + ".")}));
    return said;
}

std::vector<passage> origin(plan::plan const& drawn, std::string_view digest) {
    std::vector<passage> said;
    if (!drawn.inputs.empty())
        said.push_back(made_from(drawn));
    said.push_back(paragraph({strong("SHA-256 of plan.json:"), plain(" "), code(std::string(digest)),
                              plain(", which the files to import name too.")}));
    return said;
}

// ---- the same on a page

page_provenance sources(plan::plan const& drawn, std::string_view digest) {
    page_provenance from;
    for (input_digest const& input : drawn.inputs)
        from.sources.push_back({"base", input});
    from.sources.push_back(
        {"plan, which the files to import name", {"plan.json", std::nullopt, std::string(digest)}});
    return from;
}

void add_verdict(page_frame& made, plan::plan const& drawn) {
    if (drawn.stopped)
        made.sentence = "No change is planned: a finding below forbids it.";
    else if (!drawn.has_changes())
        made.sentence = "No changes: the directory has what is wanted.";
    else {
        made.sentence = drawn.words.effect;
        made.lines.push_back("Plan: " + summary_sentence(drawn));
    }
    for (std::string const& headline : drawn.headlines)
        made.lines.push_back("Tier 0: " + headline + ".");
}

frame_counts counts_of(plan::plan const& drawn) {
    frame_counts made;
    for (plan::finding const& found : drawn.findings) {
        made.dangers += found.level == severity::stop ? 1U : 0U;
        made.warnings += found.level == severity::warning ? 1U : 0U;
        made.notes += found.level == severity::note ? 1U : 0U;
        made.unknown += found.level == severity::unknown ? 1U : 0U;
    }
    return made;
}

// ---- import

page_section import_rules() {
    return {
        "Import",
        false,
        {paragraph(
             {plain(
                  "Run everything from an elevated prompt on a domain controller or a member server with "
                  "the directory tools, one command at a time, and read what each answers. DC is the name "
                  "of one domain controller, the PDC emulator of the domain, in all of them; for objects of "
                  "the configuration and of the schema it is one of the forest root domain. The folder of "
                  "the log must exist, and its name ends without a backslash: with one, ldifde fails and "
                  "writes no log. "),
              code("-h"), plain(" signs and encrypts the session.")}),
         paragraph(
             {strong("Privileges:"),
              plain(" changing a list needs Write DACL on the object. The LDIF with a descriptor also sets "
                    "owner, group and auditing list, which needs Write Owner and the right to manage "
                    "auditing and security log: in effect a member of Administrators of that domain, "
                    "elevated. Adding a member needs write access to "),
              code("member"), plain(" of the group.")})}};
}

std::string what_dsacls_does(std::vector<plan::permission_change const*> const& changes) {
    std::size_t added = 0;
    std::size_t removed = 0;
    for (auto const* const change : changes) {
        added += change->grants.size();
        removed += change->removed.size();
    }
    if (removed != 0)
        return fmt::format(
            "{} the lists that are there when it runs; /R takes every ACE of the trustee, those "
            "that came after the export, too",
            added == 0 ? "takes ACEs from" : "adds ACEs to and takes ACEs from");
    if (added == 0)
        return "lets the objects inherit again";
    return added == changes.size() && added < 3 ? "adds the ACE to the list that is there when it runs"
                                                : "adds the ACEs to the lists that are there when it runs";
}

std::vector<plan::permission_change const*> changes_with(plan::domain_changes const& domain,
                                                         bool can_dsacls) {
    std::vector<plan::permission_change const*> made;
    for (plan::permission_change const& change : domain.permissions)
        if (plan::obstacle_to_dsacls(change).empty() == can_dsacls)
            made.push_back(&change);
    return made;
}

passage replaces_descriptors(std::string const& file) {
    return item_below(
        {code(plan::import_command(file)),
         plain(" replaces the whole descriptor by the edited one of the export. "),
         strong("Whatever was changed on the object since the export is lost"),
         plain(": export again, and run "), code("dsplan verify --plan THIS-FOLDER --before EXPORT.ldf"),
         plain(" before you import. "), strong("Never add -k or -z"),
         plain(": -k passes over the very error that says that the descriptor was refused, and the import "
               "looks as if it had worked.")});
}

// What dsacls cannot say goes by LDIF alone, each object with its reason.
void add_descriptor_steps(std::vector<passage>& steps, plan::domain_changes const& domain,
                          std::string const& folder) {
    auto const changes = changes_with(domain, false);
    if (changes.empty())
        return;
    steps.push_back(item({plain("The permissions that dsacls cannot change:")}));
    steps.push_back(replaces_descriptors(folder + "01-descriptors.ldf"));
    for (auto const* const change : changes)
        steps.push_back({3, {code(change->dn), plain(": " + plan::obstacle_to_dsacls(*change))}});
}

void add_permission_steps(std::vector<passage>& steps, plan::domain_changes const& domain,
                          std::string const& folder) {
    add_descriptor_steps(steps, domain, folder);
    auto const changes = changes_with(domain, true);
    if (changes.empty())
        return;
    bool const importable = std::any_of(changes.begin(), changes.end(),
                                        [](auto const* change) { return change->is_importable(); });
    if (importable)
        steps.push_back(item({plain("The permission, "), strong("one of the two"), plain(":")}));
    else
        steps.push_back(item({plain("The permission:")}));
    steps.push_back(item_below({code(folder + "01-permissions.cmd"),
                                plain(fmt::format(" {}{}. It runs:", importable ? "(preferred) " : "",
                                                  what_dsacls_does(changes)))}));
    for (auto const* const change : changes)
        for (auto const& command : dsacls_commands(*change))
            steps.push_back({3, {code(command)}});
    if (importable)
        steps.push_back(replaces_descriptors(folder + "01-permissions.ldf"));
}

std::string members_changed(plan::domain_changes const& domain) {
    auto const removed = static_cast<std::size_t>(std::count_if(
        domain.members.begin(), domain.members.end(), [](auto const& each) { return each.removes; }));
    auto const added = domain.members.size() - removed;
    if (removed == 0)
        return added == 1 ? " adds the member." : fmt::format(" adds {} members.", added);
    if (added == 0)
        return removed == 1 ? " removes the member." : fmt::format(" removes {} members.", removed);
    return fmt::format(" adds {} and removes {}.", counted(added, "member", "members"),
                       counted(removed, "member", "members"));
}

page_section steps_of(plan::plan const& drawn, plan::domain_changes const& domain) {
    auto const folder = folder_of(drawn, domain);
    page_section made{fmt::format("In {}", domain.dns_name), true, {}};
    if (domain.group)
        made.passages.push_back(
            item({code(plan::import_command(folder + "00-group.ldf")), plain(" creates the group.")}));
    if (!domain.permissions.empty())
        add_permission_steps(made.passages, domain, folder);
    if (!domain.members.empty())
        made.passages.push_back(
            item({code(plan::import_command(folder + "02-members.ldf")), plain(members_changed(domain))}));
    return made;
}

struct answer {
    std::string_view text;
    std::string_view meaning;
};

// The status is the Win32 code of the LDAP result, not the number after "server side error".
constexpr std::array<answer, 9> answers{{
    {"The command has completed successfully", "status 0, with the number of entries modified before it"},
    {"Add error on entry starting on line N",
     "the record that begins on line N was refused, a modification too; "
     "the records before it are done, those after it are not"},
    {"Insufficient Rights",
     "status 5, server error 0x2098: not elevated, not a member of Administrators, or no "
     "right on the object"},
    {"Constraint Violation", "status 8239: the server refuses the owner in the descriptor; it takes your own "
                             "account and groups that you may assign as owner"},
    {"Unwilling To Perform", "status 8245, server error 0x20bb"},
    {"Already Exists", "status 5010: the member or the object is there already; export again and verify"},
    {"No Such Object", "status 8240, server error 0x208d: the name, or another domain's controller"},
    {"Referral", "server error 0x202b: a controller of another domain was named"},
    {"There is a syntax error in the input file", "the file is not what dsplan wrote: compare SHA256SUMS"},
}};

page_section answers_of_ldifde() {
    page_section made{
        "What ldifde answers",
        true,
        {paragraph({plain("The status is 0, or the Win32 code of the error; a batch file tests it with "),
                    code("if errorlevel 1"), plain(". The log is "), code("ldif.log"),
                    plain(" in the folder of "), code("-j"), plain(", errors are in "), code("ldif.err"),
                    plain(". Of the statuses below 8245 has been seen; the others follow from the table of "
                          "codes.")})}};
    for (answer const& each : answers)
        made.passages.push_back(
            item({code(std::string(each.text)), plain(fmt::format(": {}", each.meaning))}));
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
        item({plain("SHA-256 of the descriptors before. "),
              code("dsplan verify --plan THIS-FOLDER --before EXPORT.ldf"),
              plain(" says whether a fresh export still has them, and what differs; import nothing if it "
                    "does.")}));
    said.insert(said.end(), sums.begin(), sums.end());
}

bool uses_dsacls(plan::plan const& drawn) {
    return std::any_of(drawn.domains.begin(), drawn.domains.end(),
                       [](auto const& domain) { return !changes_with(domain, true).empty(); });
}

std::vector<phrase> undo_with_dsacls(plan::plan const& drawn) {
    bool const has_both = std::any_of(drawn.domains.begin(), drawn.domains.end(), [](auto const& domain) {
        return !changes_with(domain, false).empty();
    });
    std::vector<phrase> said{code("rollback.ldf"), plain(" takes the members out again and, where "),
                             code("01-permissions.ldf")};
    if (has_both)
        said.insert(said.end(), {plain(" or "), code("01-descriptors.ldf")});
    said.insert(said.end(),
                {plain(" is there, puts the descriptor of the export back. "), code("rollback.cmd"),
                 plain(" is what dsacls can do: it removes all ACEs of the trustee from the object, never "
                       "one, and puts none back.")});
    return said;
}

page_section verification(plan::plan const& drawn) {
    page_section made{"Verify and undo", false, {}};
    auto& said = made.passages;
    if (drawn.needs_second_phase())
        said.push_back(
            item({plain("Phase two: export again and run "), code("dsplan plan " + drawn.words.job),
                  plain(" on that export; it checks the result or plans what is left.")}));
    said.push_back(
        item({plain("Export the same objects again and run "),
              code("dsplan verify --plan THIS-FOLDER --after EXPORT.ldf"),
              plain(": it says for each step done, not done or different. The server may put the ACEs in "
                    "another order; that is no difference in access.")}));
    said.push_back(
        item({code("SHA256SUMS"), plain(" holds the checksums of all files. "),
              code("dsplan review THIS-FOLDER"), plain(" and "), code("dsplan verify"),
              plain(" compare them, and the files with plan.json. By hand: "),
              code("sha256sum -c SHA256SUMS"), plain(", on Windows "), code("certutil -hashfile FILE SHA256"),
              plain(" or in PowerShell "), code("Get-FileHash FILE"), plain(", a file at a time.")}));
    said.push_back(
        item({plain("The SHA-256 of "), code("SHA256SUMS"), plain(" itself names the whole set: "),
              code("dsplan plan"), plain(" and "), code("dsplan review"),
              plain(" print it for the paper form. A site that signs its changes signs that one file, with a "
                    "detached signature beside it; dsplan neither makes nor checks signatures.")}));
    if (!uses_dsacls(drawn))
        said.push_back(
            item({code("rollback.ldf"), plain(" puts the members and the descriptors of the export back.")}));
    else
        said.push_back(item(undo_with_dsacls(drawn)));
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
            item({plain("That ldifde replaces a whole descriptor by a modify record: no transcript of it is "
                        "public, neither a success nor a failure. In an add record it has been seen to work, "
                        "and the rules of the protocol say that an elevated administrator may. Prefer "),
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
        item({plain("That ldifde reports a member that is there already as Already Exists, as the directory "
                    "does. dsplan planned the member because the export does not show it.")}));
    for (std::string const& each : drawn.words.unproven)
        said.push_back(item({plain(each)}));
    return made;
}

} // namespace

page_frame plan_frame(plan::plan const& drawn, std::string_view plan_digest) {
    page_frame made{.title = drawn.words.title,
                    .head = head(drawn),
                    .status = status(drawn),
                    .origin = origin(drawn, plan_digest),
                    .before = finding_sections(drawn),
                    .counts = counts_of(drawn),
                    .from = sources(drawn, plan_digest)};
    add_verdict(made, drawn);
    if (!drawn.has_changes())
        return made;
    made.after.push_back(import_rules());
    for (plan::domain_changes const& domain : drawn.domains)
        made.after.push_back(steps_of(drawn, domain));
    made.after.push_back(answers_of_ldifde());
    made.after.push_back(verification(drawn));
    made.after.push_back(taken_for_granted(drawn));
    return made;
}

} // namespace dsplan::render
