#include <sddl/canonical_order.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/descriptor_findings.hpp>
#include <tools/dsplan/review/stored_list.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::review {
namespace {

namespace flag = sddl::ace_flag;

constexpr sddl::access_mask deletion =
    sddl::right_delete | sddl::right_delete_tree | sddl::right_delete_child;

// "Protect object from accidental deletion" of the administrative tools.
bool protects_from_deletion(sddl::ace const& value) {
    return sddl::is_deny(value.type) && sddl::is_plain(value.type) && value.trustee == directory::everyone &&
           !value.has(flag::inherited) && (value.mask & deletion).bits != 0;
}

void find_in_parts(written_descriptor const& written, words::name_context const& names,
                   finding_list const& findings) {
    auto const state = sddl::dacl_state(written.after);
    if (state != sddl::acl_state::present)
        findings.add("missing-dacl",
                     state == sddl::acl_state::null ? "the DACL is NULL: everybody may do everything"
                                                    : "the value has no DACL: a domain controller refuses it",
                     {written.seen(sddl::write(written.after, names.sids))});
    if (!written.is_whole_write())
        return;
    findings.add("import-ignores-errors", "the record writes a descriptor", {written.seen({})});
    if (written.before == nullptr)
        findings.add("whole-descriptor", "the record replaces the whole descriptor", {written.seen({})});
    find_in_audit_list(written, names, findings);
}

// A list that nobody can mend but the owner.
void find_empty_list(written_descriptor const& written, finding_list const& findings) {
    bool const is_protected = written.after.has(sddl::control_bit::dacl_protected);
    if (!written.is_the_descriptor() || written.edits_the_list ||
        !stored_aces(written.after.dacl, is_protected).aces.empty())
        return;
    if (is_protected || written.object.is_domain_root)
        findings.add("lock-out", "the DACL is empty: nobody but the owner can do anything",
                     {written.seen("D:")});
    else if (written.is_whole_write())
        findings.add("lock-out", "the DACL has no ACE of its own: only inherited ones will be left",
                     {written.seen("D:")});
}

void find_protection(written_descriptor const& written, finding_list const& findings) {
    bool const is_protected = written.after.has(sddl::control_bit::dacl_protected);
    bool const was = written.before != nullptr && written.before->has(sddl::control_bit::dacl_protected);
    // AdminSDHolder is protected everywhere.
    if (is_protected && !was && written.is_whole_write() && !written.object.is_admin_sd_holder)
        findings.add("inheritance-blocked", "the DACL is protected: ACEs from above no longer arrive",
                     {written.seen("D:P")});
}

void find_order(written_descriptor const& written, words::name_context const& names,
                finding_list const& findings) {
    if (!written.after.dacl)
        return;
    auto const misplaced = sddl::find_misplaced(*written.after.dacl);
    if (!misplaced)
        return;
    auto const& aces = written.after.dacl->aces;
    findings.add("acl-order",
                 fmt::format("ACE {} comes after ACE {} but belongs before it", misplaced->index + 1,
                             misplaced->behind + 1),
                 {written.seen(names.text(aces[misplaced->behind])),
                  written.seen(names.text(aces[misplaced->index]))});
}

void add_place(std::string const& text, std::vector<evidence> aces, written_descriptor const& written,
               finding_list const& findings) {
    if (!written.is_the_descriptor())
        return;
    auto const& object = written.object;
    if (object.is_domain_root)
        findings.add("grant-on-domain-root", "the root of the domain: " + text, std::move(aces));
    else if (object.is_admin_sd_holder)
        findings.add("grant-on-admin-sd-holder", "AdminSDHolder: " + text, std::move(aces));
    else if (object.is_domain_controller)
        findings.add("grant-on-domain-controller", "a domain controller or its container: " + text,
                     std::move(aces));
}

// ACEs that come to a place where they weigh more.
void find_place(written_descriptor const& written, std::vector<std::size_t> const& candidates,
                words::name_context const& names, finding_list const& findings) {
    if (written.before == nullptr && !written.is_new_object && written.is_whole_write())
        return add_place("its whole list is written", {written.seen({})}, written, findings);
    std::vector<evidence> aces;
    for (auto const index : candidates)
        aces.push_back(written.seen(names.text(written.after.dacl->aces[index])));
    auto const text =
        fmt::format("new or changed: {}", counted(aces.size(), "explicit ACE", "explicit ACEs"));
    if (!aces.empty())
        add_place(text, std::move(aces), written, findings);
}

bool is_planned(sddl::ace const& removed, written_descriptor const& written, finding_list const& findings) {
    return findings.planned != nullptr && findings.planned->has(written.object.dn, removed);
}

// ACEs that the base has and the value has not.
void find_lost_aces(written_descriptor const& written, words::name_context const& names,
                    finding_list const& findings) {
    if (written.before == nullptr || !written.before->dacl || !written.is_whole_write())
        return;
    bool const is_protected = written.after.has(sddl::control_bit::dacl_protected);
    std::vector<evidence> lost;
    std::vector<evidence> removed_as_planned;
    for (auto const& value : lost_aces(written.before->dacl, written.after.dacl, is_protected))
        (is_planned(value, written, findings) ? removed_as_planned : lost)
            .push_back(written.seen(names.text(value)));
    auto const planned = fmt::format("removed as planned: {}",
                                     counted(removed_as_planned.size(), "explicit ACE", "explicit ACEs"));
    if (!removed_as_planned.empty())
        findings.add("removed-as-planned", planned, std::move(removed_as_planned));
    auto const text = fmt::format("not in the value: {} of the base",
                                  counted(lost.size(), "explicit ACE", "explicit ACEs"));
    if (!lost.empty())
        findings.add("stale-base", text, std::move(lost));
}

void find_lost_protection(written_descriptor const& written, words::name_context const& names,
                          finding_list const& findings) {
    if (written.before == nullptr || !written.before->dacl || !written.is_whole_write())
        return;
    bool const is_protected = written.after.has(sddl::control_bit::dacl_protected);
    auto const before = stored_aces(written.before->dacl, false).aces;
    auto const after = stored_aces(written.after.dacl, is_protected).aces;
    auto const guard = std::find_if(before.begin(), before.end(), protects_from_deletion);
    if (guard != before.end() && !is_planned(*guard, written, findings) &&
        std::none_of(after.begin(), after.end(), protects_from_deletion))
        findings.add("deletion-protection", "Everyone is no longer denied to delete it",
                     {written.seen(names.text(*guard))});
}

} // namespace

bool written_descriptor::is_the_descriptor() const {
    return equal_ignoring_case(attribute, "nTSecurityDescriptor");
}

bool written_descriptor::is_whole_write() const {
    return !is_new_object && !edits_the_list && is_the_descriptor();
}

evidence written_descriptor::seen(std::string value) const {
    return {std::string(object.dn), std::string(attribute), std::move(value)};
}

void find_in_descriptor(written_descriptor const& written, words::name_context const& names,
                        finding_list const& findings) {
    find_in_parts(written, names, findings);
    find_in_owner(written, names, findings);
    find_protection(written, findings);
    find_order(written, names, findings);
    if (!written.after.dacl)
        return;
    find_empty_list(written, findings);
    auto const candidates = new_aces(written.after, written.before);
    find_in_aces(written, candidates, names, findings);
    find_place(written, candidates, names, findings);
    find_lost_aces(written, names, findings);
    find_lost_protection(written, names, findings);
}

} // namespace dsplan::review
