#include <tools/dsplan/plan/audit_edit.hpp>
#include <tools/dsplan/plan/request/descriptor_work.hpp>

#include <fmt/format.h>

namespace dsplan::plan {
namespace {

std::string what_is_audited(descriptor_work const& work, wanted_audit const& wanted) {
    return fmt::format("{} by {} on {}", wanted.words, wanted.who.name, work.object().dn);
}

void say(descriptor_work const& work, wanted_audit const& wanted, audit_answer const& answer) {
    auto const asked = what_is_audited(work, wanted);
    if (answer.what == list_outcome::covered)
        return work.facts.add(
            {"audited-already", severity::fact, asked + " is audited already", work.seen(answer.aces), {}});
    if (answer.what == list_outcome::nothing_there)
        return work.facts.add({"not-audited",
                               severity::fact,
                               asked + " is not audited by an ACE of its own",
                               work.seen(answer.aces),
                               {}});
    if (answer.what == list_outcome::not_expressible)
        work.stop("not-expressible", asked + ": no list of ACEs audits what would be left, and not that",
                  work.seen(answer.aces),
                  "stop auditing the whole right, or everywhere that the ACE reaches");
}

} // namespace

void edit(descriptor_work& work, wanted_audit const& wanted) {
    if (!work.after.sacl)
        return work.stop("sacl-missing",
                         fmt::format("the export does not hold the auditing list of {}", work.object().dn),
                         {}, "export it elevated, as a member of Administrators");
    auto list = tracked(*work.after.sacl);
    auto const answer = wanted.removes ? stop_auditing(list, wanted.said, wanted.when, work.set_of())
                                       : audit(list, wanted.said, wanted.when, work.set_of());
    say(work, wanted, answer);
    if (auto made = list_of(*work.after.sacl, list); made.aces != work.after.sacl->aces)
        sddl::set_sacl(work.after, std::move(made));
}

} // namespace dsplan::plan
