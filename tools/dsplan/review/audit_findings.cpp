#include <sddl/write.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/descriptor_findings.hpp>
#include <tools/dsplan/review/stored_list.hpp>

#include <fmt/format.h>

namespace dsplan::review {
namespace {

namespace bit = sddl::control_bit;

void judge_absent(written_descriptor const& written, finding_list const& findings) {
    if (written.before == nullptr)
        findings.add("sacl-lost", "the value has no SACL: an auditing list that is there would go",
                     {written.seen({})});
    else if (sddl::sacl_state(*written.before) != sddl::acl_state::absent)
        findings.add("sacl-lost", "the base has a SACL, the value has none", {written.seen({})});
}

void judge_lost(written_descriptor const& written, words::name_context const& names,
                finding_list const& findings) {
    auto const lost =
        lost_aces(written.before->sacl, written.after.sacl, written.after.has(bit::sacl_protected));
    std::vector<evidence> aces;
    for (auto const& value : lost)
        aces.push_back(written.seen(names.text(value)));
    if (aces.empty())
        return;
    auto what =
        fmt::format("not in the value: {} of the base", counted(aces.size(), "audit ACE", "audit ACEs"));
    findings.add("auditing-ends", std::move(what), std::move(aces));
}

} // namespace

void find_in_audit_list(written_descriptor const& written, words::name_context const& names,
                        finding_list const& findings) {
    if (sddl::sacl_state(written.after) == sddl::acl_state::absent)
        return judge_absent(written, findings);
    bool const is_protected = written.after.has(bit::sacl_protected);
    bool const was = written.before != nullptr && written.before->has(bit::sacl_protected);
    auto const& object = written.object;
    bool const is_empty = stored_aces(written.after.sacl, is_protected).aces.empty();
    if (is_protected && !was && !object.is_admin_sd_holder)
        findings.add("auditing-ends", "the SACL is protected: audit ACEs from above no longer arrive",
                     {written.seen("S:P")});
    if (written.before != nullptr)
        return judge_lost(written, names, findings);
    bool const has_none = !written.after.sacl || written.after.sacl->aces.empty(); // inherited ones either
    if ((is_empty && (object.is_domain_root || object.is_admin_sd_holder || object.is_domain_controller)) ||
        (has_none && !written.after.has(bit::sacl_auto_inherited)))
        findings.add("auditing-ends", "the SACL is empty: audit ACEs that are there would go",
                     {written.seen(sddl::write(written.after, names.sids))});
}

} // namespace dsplan::review
