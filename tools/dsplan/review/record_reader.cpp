#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/distinguished_name.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/review/account_list_findings.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/commanded_permissions.hpp>
#include <tools/dsplan/review/record_findings.hpp>
#include <tools/dsplan/review/record_reader.hpp>
#include <tools/dsplan/review/record_summary.hpp>
#include <tools/dsplan/review/stored_list.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>
#include <tools/dsplan/words/planned_trustee.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::review {
namespace {

std::string count_of(std::size_t count) {
    return counted(count, "value", "values");
}

// Octets of a value as evidence shows them.
std::string shown_value(std::string_view attribute, std::string const& value) {
    constexpr std::size_t at_most = 120;
    if (syntax_of(attribute) == syntax::secret)
        return "(not shown)";
    return value.size() > at_most ? value.substr(0, at_most) + "…" : value;
}

bool has_value(ldif::attribute const& of, std::string const& value) {
    return std::any_of(of.values.begin(), of.values.end(), [&](std::string const& each) {
        return ldif::same_value(of.description, each, value);
    });
}

// Bits of the value with what becomes of each against the one before.
std::vector<std::string> bit_difference(std::string_view attribute, std::string_view before,
                                        std::string_view after) {
    auto const was = bits_of(before);
    auto const is = bits_of(after);
    if (!was || !is)
        return {};
    std::vector<std::string> parts;
    auto const rows = flags_of(attribute);
    for (auto const& text : flag_texts(rows, *is & *was))
        parts.push_back("stays " + text);
    for (auto const& text : flag_texts(rows, *is & ~*was))
        parts.push_back("set " + text);
    for (auto const& text : flag_texts(rows, *was & ~*is))
        parts.push_back("cleared " + text);
    return parts;
}

} // namespace

record_reader::record_reader(words::name_context const& names) : names_(names), judge_(names) {
    if (names.exported == nullptr || names.members == nullptr)
        return;
    powers_.emplace(names, *names.members);
    authority_.emplace(names, *names.members);
    judge_.use(*authority_);
}

void record_reader::read(record_reading& made, ldif::record const& change, ldif::entry const* before,
                         finding_list const& findings) {
    using enum operation::kind;
    auto object = find_object(change, names_, before);
    if (authority_ && object.exported != nullptr)
        object.holds_administrators |= authority_->holds_privileged(*object.exported);
    made.dn = change.dn;
    made.summary = summary_of(change, object);
    find_in_record(change, object, judge_.why_privileged(object), findings);
    remember_name(change);
    if (changes_schema(change))
        findings.add("schema-change", "the object is in the schema", {{change.dn, {}, {}}});
    bool const is_new = change.modifications.empty() && !change.attributes.empty();
    situation const at{object, before, findings, is_new};
    auto const created = ldif::to_entry(change);
    for (auto const& each : created.attributes)
        made.attributes.push_back(read({set, each.description, each.values}, at));
    for (auto const& each : change.modifications) {
        constexpr std::array<operation::kind, 4> kinds{add, remove, replace, increment};
        made.attributes.push_back(
            read({kinds[static_cast<std::size_t>(each.operation)], each.description, each.values}, at));
    }
}

attribute_reading record_reader::read(operation const& done, situation const& at) {
    using enum operation::kind;
    attribute_reading made;
    made.name = done.attribute;
    switch (done.what) {
    case set:
        break;
    case add:
        made.what = "adds " + count_of(done.values.size());
        break;
    case remove:
        made.what = done.values.empty() ? "removes all values" : "removes " + count_of(done.values.size());
        break;
    case replace:
        made.what = done.values.empty() ? "removes all values" : "replaces all values";
        break;
    case increment:
        made.what = done.values.size() == 1 ? "increments by " + done.values.front() : "increments";
        break;
    }
    add_values(made, done, at);
    auto const name = ldif::attribute_name(done.attribute);
    auto const* const was = at.before == nullptr ? nullptr : at.before->find(name);
    if (done.what != increment)
        judge_.judge({.object = at.object,
                      .attribute = name,
                      .values = done.values,
                      .adds = done.what == add,
                      .removes = done.what == remove,
                      .is_new_object = at.is_new_object,
                      .is_base_known = at.before != nullptr,
                      .before = was == nullptr ? std::span<std::string const>{} : was->values},
                     at.findings);
    judge_lost_descriptor(name, done, at);
    if (done.what == increment || done.what == remove)
        return made;
    if (equal_ignoring_case(name, "member"))
        add_member_notes(made, at);
    return made;
}

void record_reader::add_values(attribute_reading& made, operation const& done, situation const& at) {
    using enum operation::kind;
    auto const* const was =
        at.before == nullptr ? nullptr : at.before->find(ldif::attribute_name(done.attribute));
    bool const is_descriptor = syntax_of(done.attribute) == syntax::descriptor ||
                               syntax_of(done.attribute) == syntax::descriptor_text;
    // What a descriptor replaces shows in the reading of the new one.
    bool const loses = done.what == replace || (done.what == remove && done.values.empty());
    if (was != nullptr && loses && !(is_descriptor && !done.values.empty()))
        for (auto const& value : was->values) {
            ldif::attribute const now{was->description, done.values};
            if (has_value(now, value))
                continue;
            auto& gone = made.values.emplace_back(read_value(done.attribute, value, names_).words);
            gone.what = words::mark::removed;
            gone.parts.clear();
        }
    for (auto const& value : done.values) {
        auto& read = made.values.emplace_back(read_one(done, value, at));
        if (done.what == add || (done.what == replace && (was == nullptr || !has_value(*was, value))))
            read.what = words::mark::added;
        else if (done.what == remove)
            read.what = words::mark::removed;
        if (done.what == replace && was != nullptr && was->values.size() == 1 &&
            !flags_of(done.attribute).empty())
            read.parts = bit_difference(done.attribute, was->values.front(), value);
    }
    if (equal_ignoring_case(ldif::attribute_name(done.attribute), "member"))
        name_members(made);
}

value_reading record_reader::read_one(operation const& done, std::string const& value, situation const& at) {
    auto const kind = syntax_of(done.attribute);
    if ((kind == syntax::descriptor || kind == syntax::descriptor_text) &&
        done.what != operation::kind::remove) {
        value_reading made;
        read_descriptor_into(made, ldif::attribute_name(done.attribute), value, at);
        return made;
    }
    auto read = read_value(done.attribute, value, names_);
    if (!read.fault.empty())
        at.findings.add(
            "unreadable-value", fmt::format("{}: {}", done.attribute, read.fault),
            {{std::string(at.object.dn), std::string(done.attribute), shown_value(done.attribute, value)}});
    return std::move(read.words);
}

void record_reader::read_descriptor_into(value_reading& made, std::string_view attribute,
                                         std::string const& value, situation const& at) {
    auto const* const was = at.before == nullptr ? nullptr : at.before->find(attribute);
    auto const names = names_for(attribute);
    auto const before = was == nullptr || was->values.size() != 1
                            ? std::nullopt
                            : std::optional(descriptor_of(was->values.front(), names.sids));
    auto const* const old = before && before->has_value() ? &**before : nullptr;
    auto const after = descriptor_of(value, names.sids);
    if (!after) {
        made.text = fmt::format("{} octets that are no security descriptor", value.size());
        at.findings.add("unreadable-value", fmt::format("{}: {}", attribute, after.error()),
                        {{std::string(at.object.dn), std::string(attribute), {}}});
        return;
    }
    auto const key =
        sha256_octets(value) + (old == nullptr ? std::string() : sha256_octets(was->values.front()));
    auto& reading = descriptors_[key];
    if (!reading)
        reading = std::make_shared<words::descriptor_reading const>(read_descriptor(*after, old, names));
    made.descriptor = reading;
    judge_descriptor(attribute, *after, old, at);
}

void record_reader::judge_descriptor(std::string_view attribute, sddl::security_descriptor const& after,
                                     sddl::security_descriptor const* before, situation const& at) {
    written_descriptor const written{.object = at.object,
                                     .after = after,
                                     .before = before,
                                     .is_new_object = at.is_new_object,
                                     .attribute = attribute,
                                     .gives_power = gives_power(at.object)};
    if (lists_accounts(attribute))
        return find_in_account_list(written, names_, at.findings);
    if (equal_ignoring_case(attribute, "defaultSecurityDescriptor"))
        at.findings.add("default-descriptor", "the class gives it to every new object",
                        {{std::string(at.object.dn), std::string(attribute), {}}});
    else if (powers_)
        remember_grants(after, before, at);
    find_in_descriptor(written, names_for(attribute), at.findings);
}

// Without a value of its own the object gets no list, or a default one.
void record_reader::judge_lost_descriptor(std::string_view attribute, operation const& done,
                                          situation const& at) {
    using enum operation::kind;
    bool const goes = done.what == remove || (done.what == replace && done.values.empty());
    if (goes && equal_ignoring_case(attribute, "nTSecurityDescriptor"))
        at.findings.add("descriptor-deleted", "the record removes the descriptor",
                        {{std::string(at.object.dn), std::string(attribute), {}}});
}

// The names that the record gives to objects.
void record_reader::remember_name(ldif::record const& change) {
    if (!change.attributes.empty())
        judge_.remember(change.dn);
    if (!change.renamed)
        return;
    auto const& to = *change.renamed;
    auto const superior = to.superior ? std::string_view(*to.superior) : ldif::parent_text(change.dn);
    judge_.remember(fmt::format("{},{}", to.relative_distinguished_name, superior));
}

std::optional<bool> record_reader::gives_power(changed_object const& object) {
    if (!authority_ || object.exported == nullptr || !equal_ignoring_case(object.object_class, "group"))
        return std::nullopt;
    if (!authority_->of(*object.exported).empty())
        return true;
    auto groups = names_.members->all_groups_of(*object.exported);
    groups.push_back(object.exported);
    return std::any_of(groups.begin(), groups.end(), [](directory::entry const* each) {
        return each->sid && !words::well_known_power(*each->sid).empty();
    });
}

// Aliases of a domain in a schema mean the domain of each object that is created; without one they keep their
// names.
words::name_context record_reader::names_for(std::string_view attribute) const {
    auto names = names_;
    if (names.sids.domain || syntax_of(attribute) != syntax::descriptor_text)
        return names;
    constexpr auto placeholder = sddl::well_known(5, {21, 0, 0, 0});
    names.sids = {placeholder, placeholder};
    return names;
}

// ---- what a command does

void record_reader::read(record_reading& made, plan::permission_change const& commanded,
                         finding_list const& findings) {
    ldif::record about;
    about.dn = commanded.dn;
    auto const object = find_object(about, names_, nullptr);
    auto const edited = edit(commanded);
    made.dn = commanded.dn;
    made.summary = fmt::format("adds to the permissions of {}, by dsacls", named(object));
    auto& attribute = made.attributes.emplace_back();
    attribute.name = "nTSecurityDescriptor";
    attribute.what = fmt::format("adds {} to the list that is there when the command runs",
                                 counted(commanded.grants.size(), "ACE", "ACEs"));
    if (commanded.before.empty())
        attribute.notes.emplace_back("the base does not have the list: the place of the ACE is not known");
    attribute.values.emplace_back().descriptor = std::make_shared<words::descriptor_reading const>(
        read_descriptor(edited.after, &edited.before, names_));
    find_in_descriptor(
        {.object = object, .after = edited.after, .before = &edited.before, .edits_the_list = true}, names_,
        findings);
}

// ---- members

void record_reader::name_members(attribute_reading& made) const {
    for (auto& value : made.values) {
        auto const* const entry = names_.find(value.text);
        if (entry == nullptr)
            continue;
        value.raw = std::move(value.text);
        value.text = fmt::format("{} ({})", directory::account_name(*entry), entry->structural_class());
    }
}

// What the changes before this one grant a group counts for its new members too.
void record_reader::remember_grants(sddl::security_descriptor const& after,
                                    sddl::security_descriptor const* before, situation const& at) {
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
                                              at.object.dn, at.findings.record));
    }
}

void record_reader::add_member_notes(attribute_reading& made, situation const& at) {
    if (!powers_)
        return;
    auto const* const group = at.object.exported;
    bool const is_planned = group == nullptr && !names_.planned_group_dn.empty() &&
                            ldif::normalize(at.object.dn) == ldif::normalize(names_.planned_group_dn);
    if (group == nullptr && !is_planned)
        return;
    auto const sid = is_planned ? words::nobody : group->sid.value_or(words::nobody);
    if (auto const granted = granted_.find(sid); granted != granted_.end()) {
        for (auto const& each : granted->second.told)
            made.notes.push_back("a member " + each);
        if (granted->second.more > 0)
            made.notes.push_back(
                fmt::format("and {} more by this change", counted(granted->second.more, "ACE", "ACEs")));
    }
    if (group != nullptr)
        for (auto const& power : powers_->of(*group))
            made.notes.push_back("a member " + power);
    if (made.notes.empty())
        made.notes.emplace_back("no explicit ACE of the base names the group or one that it is in");
}

} // namespace dsplan::review
