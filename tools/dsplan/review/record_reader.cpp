#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/commanded_permissions.hpp>
#include <tools/dsplan/review/descriptor_findings.hpp>
#include <tools/dsplan/review/policy_links.hpp>
#include <tools/dsplan/review/record_findings.hpp>
#include <tools/dsplan/review/record_reader.hpp>
#include <tools/dsplan/review/record_summary.hpp>
#include <tools/dsplan/review/value_reading.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>

namespace dsplan::review {
namespace {

using enum attribute_operation::kind;

// Without a value of its own the object gets no list, or a default one.
void judge_lost_descriptor(attribute_operation const& done, operation_place const& at) {
    auto const name = ldif::attribute_name(done.attribute);
    bool const goes = done.what == remove || (done.what == replace && done.values.empty());
    if (goes && equal_ignoring_case(name, "nTSecurityDescriptor"))
        at.findings.add("descriptor-deleted", "the record removes the descriptor",
                        {{std::string(at.object.dn), std::string(name), {}}});
}

// What the modifications of a record do together to attributes that hold one value: to delete the old value
// and to add another is to replace it, and to delete the value is to delete all.
class single_values {
public:
    explicit single_values(ldif::record const& change) {
        for (std::size_t index = 0; index < change.modifications.size(); ++index) {
            auto const& it = change.modifications[index];
            if (!ldif::rules_of(it.description).is_single_valued || is_descriptor(it.description))
                continue;
            auto& [first_loss, last_gain] = places_[ldif::folded_value(ldif::attribute_name(it.description))];
            if (it.operation == ldif::modification_operation::delete_values)
                first_loss = std::min(first_loss, index);
            else if (!it.values.empty())
                last_gain = std::max(last_gain, index + 1);
        }
    }

    /// The operation as it is judged; nothing where a later one decides.
    [[nodiscard]] std::optional<attribute_operation> judged(attribute_operation const& done,
                                                            std::size_t index) const {
        auto const found = places_.find(ldif::folded_value(ldif::attribute_name(done.attribute)));
        if (found == places_.end())
            return done;
        auto const [first_loss, last_gain] = found->second;
        if (done.what == remove)
            return last_gain > index ? std::nullopt
                                     : std::optional<attribute_operation>({remove, done.attribute, none_});
        bool const replaces = done.what == add && first_loss < index;
        return attribute_operation{replaces ? replace : done.what, done.attribute, done.values};
    }

private:
    std::vector<std::string> const none_;
    struct place {
        std::size_t first_loss = SIZE_MAX;
        std::size_t last_gain = 0; ///< from 1
    };
    std::map<std::string, place, std::less<>> places_; // by name in lower case
};

} // namespace

record_reader::record_reader(words::name_context const& names)
    : names_(names)
    , judge_(names)
    , notes_(names)
    , descriptors_(names, authority_, notes_) {
    if (names.exported == nullptr || names.members == nullptr)
        return;
    authority_.emplace(names, *names.members);
    judge_.use(*authority_);
}

void record_reader::read(record_reading& made, ldif::record const& change, ldif::entry const* before,
                         finding_list const& given) {
    ldif::value_places const places(change);
    auto findings = given;
    findings.places = &places;
    auto object = find_object(change, names_, before, former_name(change.dn));
    if (authority_ && object.exported != nullptr)
        object.holds_administrators |= authority_->holds_privileged(*object.exported);
    made.dn = change.dn;
    made.summary = summary_of(change, object);
    find_in_record(change, object, judge_.why_privileged(object), findings);
    find_in_moved_policies(change, objects_, names_, findings);
    remember_name(change);
    if (changes_schema(change))
        findings.add("schema-change", "the object is in the schema", {{change.dn, {}, {}}});
    bool const is_new = change.modifications.empty() && !change.attributes.empty();
    operation_place const at{object,
                             before == nullptr ? std::nullopt : std::optional<ldif::attribute_index>(*before),
                             findings, is_new};
    auto const created = ldif::to_entry(change);
    for (auto const& each : created.attributes) {
        attribute_operation const done{set, each.description, each.values};
        made.attributes.push_back(read(done, done, at));
        if (each.is_open)
            made.attributes.back().notes.emplace_back(
                "a range of the values: the directory holds more of them");
    }
    single_values const together(change);
    for (std::size_t index = 0; index < change.modifications.size(); ++index) {
        constexpr std::array<attribute_operation::kind, 4> kinds{add, remove, replace, increment};
        auto const& each = change.modifications[index];
        attribute_operation const done{kinds[static_cast<std::size_t>(each.operation)], each.description,
                                       each.values};
        made.attributes.push_back(read(done, together.judged(done, index), at));
    }
}

attribute_reading record_reader::read(attribute_operation const& done,
                                      std::optional<attribute_operation> const& judged,
                                      operation_place const& at) {
    attribute_reading made;
    made.name = done.attribute;
    made.what = words_of(done);
    made.values = lost_values(done, at, names_);
    auto const replaced = replaced_values(done, at);
    for (auto const& value : done.values)
        mark_change(made.values.emplace_back(read_one(done, value, at)), done, value, replaced, at);
    bool const is_member = equal_ignoring_case(ldif::attribute_name(done.attribute), "member");
    if (is_member)
        name_members(made, names_);
    if (judged)
        judge(*judged, at);
    if (is_member && done.what != increment && done.what != remove)
        made.notes = notes_.of(at.object);
    return made;
}

value_reading record_reader::read_one(attribute_operation const& done, std::string const& value,
                                      operation_place const& at) {
    if (is_descriptor(done.attribute) && done.what != remove)
        return descriptors_.read(ldif::attribute_name(done.attribute), value, at);
    auto read = read_value(done.attribute, value, names_);
    if (!read.fault.empty())
        at.findings.add(
            "unreadable-value", fmt::format("{}: {}", done.attribute, read.fault),
            {{std::string(at.object.dn), std::string(done.attribute), shown_value(done.attribute, value)}});
    return std::move(read.words);
}

void record_reader::judge(attribute_operation const& done, operation_place const& at) {
    auto const* const was = at.values_of(done.attribute);
    if (done.what != increment)
        judge_.judge({.object = at.object,
                      .attribute = ldif::attribute_name(done.attribute),
                      .values = done.values,
                      .adds = done.what == add,
                      .removes = done.what == remove,
                      .is_new_object = at.is_new_object,
                      .is_base_known = at.before.has_value(),
                      .before = was == nullptr ? std::span<std::string const>{} : was->values},
                     at.findings);
    judge_lost_descriptor(done, at);
}

std::string record_reader::former_name(std::string_view dn) const {
    auto const key = ldif::tree_key(dn);
    auto const renamed = former_names_.find(key);
    return renamed ? ldif::moved_name(dn, key, renamed->key, renamed->before) : std::string();
}

// The names that the record gives to objects.
void record_reader::remember_name(ldif::record const& change) {
    if (!change.attributes.empty())
        judge_.remember(change.dn);
    if (!change.renamed)
        return;
    auto const& to = *change.renamed;
    auto const superior = to.superior ? std::string_view(*to.superior) : ldif::parent_text(change.dn);
    auto const new_dn = fmt::format("{},{}", to.relative_distinguished_name, superior);
    judge_.remember(new_dn);
    auto const before = former_name(change.dn);
    former_names_.rename(ldif::tree_key(change.dn), ldif::tree_key(new_dn),
                         before.empty() ? change.dn : before);
}

namespace {

// "adds 1 ACE to", "removes 2 ACEs from"
std::string what_a_command_does(plan::permission_change const& commanded) {
    auto const added = counted(commanded.grants.size(), "ACE", "ACEs");
    auto const removed = counted(commanded.removed.size(), "ACE", "ACEs");
    if (commanded.removed.empty())
        return fmt::format("adds {} to", added);
    return commanded.grants.empty() ? fmt::format("removes {} from", removed)
                                    : fmt::format("adds {} to and removes {} from", added, removed);
}

} // namespace

void read_command(record_reading& made, plan::permission_change const& commanded,
                  words::name_context const& names, finding_list const& findings) {
    ldif::record about;
    about.dn = commanded.dn;
    auto const object = find_object(about, names, nullptr);
    auto const edited = edit(commanded);
    made.dn = commanded.dn;
    made.summary = fmt::format("{} the permissions of {}, by dsacls",
                               commanded.removed.empty() ? "adds to" : "changes", named(object));
    auto& attribute = made.attributes.emplace_back();
    attribute.name = "nTSecurityDescriptor";
    attribute.what =
        fmt::format("{} the list that is there when the command runs", what_a_command_does(commanded));
    if (commanded.before.empty())
        attribute.notes.emplace_back("the base does not have the list: the place of the ACE is not known");
    attribute.values.emplace_back().descriptor = std::make_shared<words::descriptor_reading const>(
        read_descriptor(edited.after, &edited.before, names));
    find_in_descriptor(
        {.object = object, .after = edited.after, .before = &edited.before, .edits_the_list = true}, names,
        findings);
}

} // namespace dsplan::review
