#include <sddl/canonical_order.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/descriptor_findings.hpp>
#include <tools/dsplan/review/stored_list.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::review {
namespace {

namespace flag = sddl::ace_flag;

constexpr sddl::sid everyone = sddl::named_sid("Everyone");
constexpr sddl::access_mask deletion =
    sddl::right_delete | sddl::right_delete_tree | sddl::right_delete_child;

// "Protect object from accidental deletion" of the administrative tools.
bool protects_from_deletion(sddl::ace const& value) {
    return sddl::is_deny(value.type) && sddl::is_plain(value.type) && value.trustee == everyone &&
           !value.has(flag::inherited) && (value.mask & deletion).bits != 0;
}

class descriptor_judge {
public:
    descriptor_judge(written_descriptor const& written, words::name_context const& names,
                     finding_list const& findings)
        : written_(written)
        , names_(names)
        , findings_(findings) {}

    void judge() {
        parts();
        owner();
        control();
        order();
        if (!written_.after.dacl)
            return;
        empty_list();
        auto const candidates = new_aces(written_.after, written_.before);
        find_in_aces(written_, candidates, names_, findings_);
        place(candidates);
        gone();
    }

private:
    [[nodiscard]] evidence seen(std::string value) const {
        return {std::string(written_.object.dn), std::string(written_.attribute), std::move(value)};
    }

    [[nodiscard]] std::string ace_text(sddl::ace const& value) const { return names_.text(value); }

    [[nodiscard]] bool is_whole_write() const {
        return !written_.is_new_object && !written_.edits_the_list && is_the_descriptor();
    }

    // LDIF writes names in any case.
    [[nodiscard]] bool is_the_descriptor() const {
        return equal_ignoring_case(written_.attribute, "nTSecurityDescriptor");
    }

    void parts() const {
        auto const state = sddl::dacl_state(written_.after);
        if (state != sddl::acl_state::present)
            findings_.add("missing-dacl",
                          state == sddl::acl_state::null
                              ? "the DACL is NULL: everybody may do everything"
                              : "the value has no DACL: a domain controller refuses it",
                          {seen(sddl::write(written_.after, names_.sids))});
        if (!is_whole_write())
            return;
        findings_.add("import-ignores-errors", "the record writes a descriptor", {seen({})});
        if (written_.before == nullptr)
            findings_.add("whole-descriptor", "the record replaces the whole descriptor", {seen({})});
        find_in_audit_list(written_, names_, findings_);
    }

    void owner() const {
        if (!is_the_descriptor() || written_.edits_the_list)
            return;
        auto const& after = written_.after.owner;
        if (!after) {
            if (is_whole_write())
                findings_.add("owner-changes", "the value has no owner: the object gets a default one",
                              {seen("O:")});
            return;
        }
        if (written_.before != nullptr && written_.before->owner == after)
            return;
        auto const seen_owner = seen(fmt::format("O:{}", sddl::write_trustee(*after, names_.sids)));
        if (written_.before != nullptr)
            findings_.add(
                "owner-changes",
                fmt::format("the owner was {}, and becomes {}",
                            written_.before->owner ? names_.account(*written_.before->owner) : "none",
                            names_.account(*after)),
                {seen_owner});
        new_owner(*after, seen_owner);
    }

    void new_owner(sddl::sid const& owner, evidence const& seen_owner) const {
        auto const standing = names_.standing_of(owner);
        auto const who = names_.account(owner);
        if (standing == words::standing::unknown_domain)
            findings_.add("unknown-domain",
                          fmt::format("{} becomes the owner, and is an administrator only if its domain is "
                                      "this one",
                                      who),
                          {seen_owner});
        else if (standing != words::standing::administrative)
            findings_.add("takeover-owner", fmt::format("{} becomes the owner", who), {seen_owner});
    }

    // A list that nobody can mend but the owner.
    void empty_list() const {
        bool const is_protected = written_.after.has(sddl::control_bit::dacl_protected);
        if (!is_the_descriptor() || written_.edits_the_list ||
            !stored_aces(written_.after.dacl, is_protected).aces.empty())
            return;
        if (is_protected || written_.object.is_domain_root)
            findings_.add("lock-out", "the DACL is empty: nobody but the owner can do anything",
                          {seen("D:")});
        else if (is_whole_write())
            findings_.add("lock-out", "the DACL has no ACE of its own: only inherited ones will be left",
                          {seen("D:")});
    }

    void control() const {
        bool const is_protected = written_.after.has(sddl::control_bit::dacl_protected);
        bool const was =
            written_.before != nullptr && written_.before->has(sddl::control_bit::dacl_protected);
        // AdminSDHolder is protected everywhere.
        if (is_protected && !was && is_whole_write() && !written_.object.is_admin_sd_holder)
            findings_.add("inheritance-blocked", "the DACL is protected: ACEs from above no longer arrive",
                          {seen("D:P")});
    }

    void order() const {
        if (!written_.after.dacl)
            return;
        auto const misplaced = sddl::find_misplaced(*written_.after.dacl);
        if (!misplaced)
            return;
        auto const& aces = written_.after.dacl->aces;
        findings_.add("acl-order",
                      fmt::format("ACE {} comes after ACE {} but belongs before it", misplaced->index + 1,
                                  misplaced->behind + 1),
                      {seen(ace_text(aces[misplaced->behind])), seen(ace_text(aces[misplaced->index]))});
    }

    // ACEs that come to a place where they weigh more.
    void place(std::vector<std::size_t> const& candidates) const {
        if (written_.before == nullptr && !written_.is_new_object && is_whole_write())
            return place_of_whole();
        std::vector<evidence> aces;
        for (auto const index : candidates)
            aces.push_back(seen(ace_text(written_.after.dacl->aces[index])));
        auto const text =
            fmt::format("new or changed: {}", counted(aces.size(), "explicit ACE", "explicit ACEs"));
        if (!aces.empty())
            add_place(text, std::move(aces));
    }

    void place_of_whole() const { add_place("its whole list is written", {seen({})}); }

    void add_place(std::string const& text, std::vector<evidence> aces) const {
        if (!is_the_descriptor())
            return;
        auto const& object = written_.object;
        if (object.is_domain_root)
            findings_.add("grant-on-domain-root", "the root of the domain: " + text, std::move(aces));
        else if (object.is_admin_sd_holder)
            findings_.add("grant-on-admin-sd-holder", "AdminSDHolder: " + text, std::move(aces));
        else if (object.is_domain_controller)
            findings_.add("grant-on-domain-controller", "a domain controller or its container: " + text,
                          std::move(aces));
    }

    // ACEs that the base has and the value has not.
    void gone() const {
        if (written_.before == nullptr || !written_.before->dacl || !is_whole_write())
            return;
        bool const is_protected = written_.after.has(sddl::control_bit::dacl_protected);
        auto const before = stored_aces(written_.before->dacl, false).aces;
        auto const after = stored_aces(written_.after.dacl, is_protected).aces;
        std::vector<evidence> lost;
        std::vector<evidence> removed_as_planned;
        for (auto const& value : lost_aces(written_.before->dacl, written_.after.dacl, is_protected))
            (is_planned(value) ? removed_as_planned : lost).push_back(seen(ace_text(value)));
        auto const planned = fmt::format("removed as planned: {}",
                                         counted(removed_as_planned.size(), "explicit ACE", "explicit ACEs"));
        if (!removed_as_planned.empty())
            findings_.add("removed-as-planned", planned, std::move(removed_as_planned));
        auto const text = fmt::format("not in the value: {} of the base",
                                      counted(lost.size(), "explicit ACE", "explicit ACEs"));
        if (!lost.empty())
            findings_.add("stale-base", text, std::move(lost));
        bool const was = std::any_of(before.begin(), before.end(), protects_from_deletion);
        bool const is = std::any_of(after.begin(), after.end(), protects_from_deletion);
        if (!was || is)
            return;
        auto const& guard = *std::find_if(before.begin(), before.end(), protects_from_deletion);
        if (!is_planned(guard))
            findings_.add("deletion-protection", "Everyone is no longer denied to delete it",
                          {seen(ace_text(guard))});
    }

    [[nodiscard]] bool is_planned(sddl::ace const& removed) const {
        return findings_.planned != nullptr && findings_.planned->has(written_.object.dn, removed);
    }

    written_descriptor const& written_;
    words::name_context const& names_;
    finding_list const& findings_;
};

} // namespace

void find_in_descriptor(written_descriptor const& written, words::name_context const& names,
                        finding_list const& findings) {
    descriptor_judge(written, names, findings).judge();
}

} // namespace dsplan::review
