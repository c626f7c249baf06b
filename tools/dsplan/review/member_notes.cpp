#include <ldif/distinguished_name.hpp>
#include <sddl/ace.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/member_notes.hpp>
#include <tools/dsplan/review/stored_list.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>
#include <tools/dsplan/words/planned_trustee.hpp>

#include <fmt/format.h>

namespace dsplan::review {

member_notes::member_notes(words::name_context const& names) : names_(names) {
    if (names.exported != nullptr && names.members != nullptr)
        powers_.emplace(names, *names.members);
}

void member_notes::remember(sddl::security_descriptor const& after, sddl::security_descriptor const* before,
                            changed_object const& object, finding_list const& findings) {
    if (!powers_)
        return;
    for (auto const index : new_aces(after, before)) {
        auto const& value = after.dacl->aces[index];
        if (!sddl::is_allow(value.type))
            continue;
        constexpr std::size_t at_most = 8;
        auto& of_trustee = granted_[value.trustee];
        if (of_trustee.told.size() == at_most) {
            ++of_trustee.more;
            continue;
        }
        auto const ace = words::read_ace(value, names_);
        of_trustee.told.push_back(fmt::format("has: {} ({}) on {}, by record {}", ace.may, ace.applies_to,
                                              object.dn, findings.record));
    }
}

std::vector<std::string> member_notes::of(changed_object const& object) {
    auto const* const group = object.exported;
    bool const is_planned = group == nullptr && !names_.planned_group_dn.empty() &&
                            ldif::normalize(object.dn) == ldif::normalize(names_.planned_group_dn);
    if (!powers_ || (group == nullptr && !is_planned))
        return {};
    std::vector<std::string> notes;
    auto const sid = is_planned ? words::nobody : group->sid.value_or(words::nobody);
    if (auto const granted = granted_.find(sid); granted != granted_.end()) {
        for (auto const& each : granted->second.told)
            notes.push_back("a member " + each);
        if (granted->second.more > 0)
            notes.push_back(
                fmt::format("and {} more by this change", counted(granted->second.more, "ACE", "ACEs")));
    }
    if (group != nullptr)
        for (auto const& power : powers_->of(*group))
            notes.push_back("a member " + power);
    if (notes.empty())
        notes.emplace_back("no explicit ACE of the base names the group or one that it is in");
    return notes;
}

void name_members(attribute_reading& made, words::name_context const& names) {
    for (auto& value : made.values) {
        auto const* const entry = names.find(value.text);
        if (entry == nullptr)
            continue;
        value.raw = std::move(value.text);
        value.text = fmt::format("{} ({})", directory::account_name(*entry), entry->structural_class());
    }
}

} // namespace dsplan::review
