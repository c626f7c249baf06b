#include <sddl/write.hpp>
#include <tools/dsplan/review/descriptor_findings.hpp>

#include <fmt/format.h>

namespace dsplan::review {
namespace {

void find_new_owner(sddl::sid const& owner, words::name_context const& names, evidence const& seen_owner,
                    finding_list const& findings) {
    auto const standing = names.standing_of(owner);
    auto const who = names.account(owner);
    if (standing == words::standing::unknown_domain)
        findings.add("unknown-domain",
                     fmt::format("{} becomes the owner, and is an administrator only if its domain is "
                                 "this one",
                                 who),
                     {seen_owner});
    else if (standing != words::standing::administrative)
        findings.add("takeover-owner", fmt::format("{} becomes the owner", who), {seen_owner});
}

} // namespace

void find_in_owner(written_descriptor const& written, words::name_context const& names,
                   finding_list const& findings) {
    if (!written.is_the_descriptor() || written.edits_the_list)
        return;
    auto const& after = written.after.owner;
    if (!after) {
        if (written.is_whole_write())
            findings.add("owner-changes", "the value has no owner: the object gets a default one",
                         {written.seen("O:")});
        return;
    }
    if (written.before != nullptr && written.before->owner == after)
        return;
    auto const seen_owner = written.seen(fmt::format("O:{}", sddl::write_trustee(*after, names.sids)));
    if (written.before != nullptr)
        findings.add("owner-changes",
                     fmt::format("the owner was {}, and becomes {}",
                                 written.before->owner ? names.account(*written.before->owner) : "none",
                                 names.account(*after)),
                     {seen_owner});
    find_new_owner(*after, names, seen_owner, findings);
}

} // namespace dsplan::review
