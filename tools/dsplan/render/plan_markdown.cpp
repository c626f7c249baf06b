#include <sddl/write.hpp>
#include <tools/dsplan/render/artifacts.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/markdown.hpp>
#include <tools/dsplan/render/plan_dsacls.hpp>
#include <tools/dsplan/render/plan_markdown.hpp>
#include <tools/dsplan/render/plan_text.hpp>
#include <tools/dsplan/sha256.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
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

class review_writer {
public:
    explicit review_writer(plan::plan const& drawn) : drawn_(drawn) {}

    std::string write() {
        head();
        findings();
        effect();
        if (!drawn_.has_changes())
            return std::move(text_);
        changes();
        import();
        verification();
        unproven();
        return std::move(text_);
    }

private:
    template <class... Arguments>
    void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
        text_ += '\n';
    }

    void head() {
        line("# Windows Hello for Business key synchronization: change to review\n");
        line("Planned for {} trust, offline, from an export. No directory was contacted.\n",
             drawn_.trust == plan::trust_type::key ? "key" : "certificate");
        if (drawn_.stopped)
            line("**No change is planned:** a finding below forbids it.\n");
        else if (!drawn_.has_changes())
            line("**No changes:** the directory has what is wanted.\n");
        else
            line("**Plan:** {}\n", summary_sentence(drawn_));
        if (drawn_.predicted)
            line("**Effect:** {}\n", markdown_text(effect_sentence(drawn_)));
    }

    void findings() {
        line("## Findings\n");
        for (plan::finding const& found : drawn_.findings) {
            line("- **{}**: {} (`{}`)", severity_word(found.level), markdown_text(found.text), found.rule);
            for (plan::evidence const& seen : found.seen)
                line("  - {}, {}{}", markdown_code(seen.dn), markdown_text(seen.attribute),
                     seen.value.empty() ? "" : ": " + markdown_code(seen.value));
            if (!found.advice.empty())
                line("  - *To do:* {}", markdown_text(found.advice));
        }
        line("");
    }

    // As code, where nothing in a name means anything.
    void effect() {
        if (!drawn_.predicted)
            return;
        line("## Effect\n");
        line("{}", effect_lines(*drawn_.predicted, {.sids = drawn_.sids(), .names_at_most = 10}, "    "));
    }

    void changes() {
        line("## Changes\n");
        for (plan::domain_changes const& domain : drawn_.domains) {
            line("### {}\n", markdown_text(domain.dn));
            if (domain.group)
                line("- **Create** the global security group {}.", markdown_code(domain.group->dn));
            for (plan::permission_change const& change : domain.permissions)
                permission(domain, change);
            for (plan::member_addition const& member : domain.members)
                line("- **Add** {} to the members of {}.", markdown_code(member.member_dn),
                     markdown_code(member.group_dn));
            line("");
        }
    }

    void permission(plan::domain_changes const& domain, plan::permission_change const& change) {
        for (plan::grant const& grant : change.grants) {
            auto const ace = grant.ace();
            line("- **Allow** {} to {} on {} (ACE on {}{}).", markdown_text(grant.trustee_name),
                 what_is_granted(grant), applies_to(grant), markdown_code(change.dn),
                 grant.position ? fmt::format(", number {} of its list", *grant.position + 1) : "");
            if (ace)
                line("  - {}", markdown_code(sddl::write_ace(*ace, domain.sids)));
        }
        if (!change.missing_parts.empty())
            line("  - No LDIF: the export lacks the {} of this descriptor.",
                 fmt::join(change.missing_parts, ", "));
        else if (!change.before.empty())
            line("  - Every other octet of the descriptor stays as it is in the export: compare "
                 "the files `-before.sddl` and `-after.sddl`.");
    }

    void import() {
        line("## Import\n");
        line("Run everything from an elevated prompt on a domain controller or a member server with the "
             "directory tools, "
             "one command at a time, and read what each answers. Name one domain controller, the PDC "
             "emulator, in all of "
             "them.\n");
        for (plan::domain_changes const& domain : drawn_.domains)
            import_into(domain);
        line("Privileges: changing a list needs *Write DACL* on the object. The LDIF with a descriptor also "
             "sets owner, "
             "group and auditing list, which needs *Write Owner* and the right *Manage auditing and security "
             "log*: in "
             "effect a member of Administrators of that domain, elevated. Adding a member needs write access "
             "to `member` "
             "of the group.\n");
    }

    void import_into(plan::domain_changes const& domain) {
        auto const folder = folder_of(drawn_, domain);
        line("### In {}\n", markdown_text(domain.dns_name));
        if (domain.group)
            step(fmt::format("ldifde -i -f {}00-group.ldf -s PDC-NAME -j . -v", folder), "creates the group");
        if (!domain.permissions.empty())
            permission_steps(domain, folder);
        if (!domain.members.empty())
            step(fmt::format("ldifde -i -f {}02-members.ldf -s PDC-NAME -j . -v", folder), "adds the member");
        line("");
    }

    void permission_steps(plan::domain_changes const& domain, std::string const& folder) {
        line("- The permission, **one of the two**:");
        line("  - `{}01-permissions.cmd` (preferred) adds the ACE to the list that is there when it runs. It "
             "runs:",
             folder);
        for (plan::permission_change const& change : domain.permissions)
            line("    - {}", markdown_code(dsacls_command(change)));
        bool const importable = std::any_of(domain.permissions.begin(), domain.permissions.end(),
                                            [](auto const& change) { return change.is_importable(); });
        if (!importable)
            return;
        line("  - {} replaces the whole descriptor by the edited one of the export. **Whatever was changed "
             "on the object "
             "since the export is lost**: export again and compare before you import.",
             markdown_code(fmt::format("ldifde -i -f {}01-permissions.ldf -s PDC-NAME -j . -v", folder)));
        line("    **Never add `-k` or `-z`**: `-k` passes over the very error that says that the descriptor "
             "was refused, "
             "and the import looks as if it had worked.");
    }

    void step(std::string const& command, std::string_view what) {
        line("- {} {}.", markdown_code(command), what);
    }

    void verification() {
        line("## Verify and undo\n");
        if (drawn_.needs_second_phase())
            line("- Phase two: export again and run `dsplan plan whfb` on that export; it checks the result "
                 "or plans what is "
                 "left.");
        line("- Export the same objects again and run `dsplan verify --plan THIS-FOLDER --after EXPORT.ldf`: "
             "it says for "
             "each step done, not done or different. The server may put the ACEs in another order; that is "
             "no difference "
             "in access.");
        line("- `SHA256SUMS` holds the checksums of all files (`sha256sum -c SHA256SUMS`).");
        line("- `rollback.ldf` takes the members out again and, where `01-permissions.ldf` is there, puts "
             "the descriptor of "
             "the export back. `rollback.cmd` is what dsacls can do: it removes all ACEs of the trustee from "
             "the object, "
             "never one.");
        line("- SHA-256 of the descriptors before: import nothing if a fresh export shows another one.");
        for (plan::domain_changes const& domain : drawn_.domains)
            for (plan::permission_change const& change : domain.permissions)
                if (!change.before.empty())
                    line("  - {}: `{}`", markdown_code(change.dn), sha256_hex(change.before));
        line("");
    }

    // What no published document or measurement settles, said where it matters.
    void unproven() {
        line("## What this plan takes for granted\n");
        line("Not proven on a Windows domain controller:\n");
        bool const permissions = std::any_of(drawn_.domains.begin(), drawn_.domains.end(),
                                             [](auto const& domain) { return !domain.permissions.empty(); });
        if (permissions) {
            line("- That ldifde imports a whole descriptor. The rules of the protocol say that an elevated "
                 "administrator "
                 "may; there is no public report of it. Prefer `01-permissions.cmd`.");
            line("- The exact ACE that dsacls makes of its arguments. It follows from its documented "
                 "grammar; `dsplan "
                 "verify` compares what came out.");
            line("- Whether dsacls merges an ACE with one that is there, and the place the server gives a "
                 "new ACE.");
        }
        line("- The error code of ldifde when a member is there already. dsplan planned the member because "
             "the export does "
             "not show it.");
        line("- Whether the AdminSDHolder task protects Key Admins and Enterprise Key Admins: documents "
             "disagree.");
    }

    plan::plan const& drawn_;
    std::string text_;
};

} // namespace

std::string plan_markdown(plan::plan const& drawn) {
    return review_writer(drawn).write();
}

} // namespace dsplan::render
