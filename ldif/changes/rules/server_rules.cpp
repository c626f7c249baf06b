#include <ldif/attribute_description.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/changes/value_places.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace dsplan::ldif {
namespace {

enum class ground : std::uint8_t { any_server, change, directory };

// What a rule needs: any server keeps it, Active Directory by the change alone, or with its objects.
struct rule {
    void (*check)(rule_subject const&);
    ground needs;
};
constexpr std::array<rule, 16> rules{{
    {check_new_attributes, ground::any_server},
    {check_written_attributes, ground::change},
    {check_object_class, ground::change},
    {check_classes, ground::change},
    {check_name, ground::change},
    {check_attribute_names, ground::change},
    {check_values, ground::change},
    {check_passwords, ground::change},
    {check_accounts, ground::change},
    {check_system_flags, ground::directory},
    {check_superior, ground::directory},
    {check_siblings, ground::directory},
    {check_taken_values, ground::directory},
    {check_primary_members, ground::directory},
    {check_targets, ground::directory},
    {check_schema_objects, ground::directory},
}};

apply_error broken_rule(record const& change, apply_fault fault, std::string expected, std::string found,
                        std::string hint) {
    apply_error error;
    error.fault = fault;
    error.dn = change.dn;
    error.line = change.line;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

// MS-ADTS 3.1.1.4.4
constexpr std::array<std::string_view, 11> never_read{
    "currentvalue", "dbcspwd",           "initialauthincoming", "initialauthoutgoing",
    "lmpwdhistory", "ntpwdhistory",      "priorvalue",          "supplementalcredentials",
    "unicodepwd",   "trustauthincoming", "trustauthoutgoing",
};

} // namespace

bool rule_subject::is_addition() const {
    return change.changetype == change_type::add || change.changetype == change_type::ntds_schema_add ||
           !change.changetype;
}

std::vector<std::string> rule_subject::classes() const {
    if (is_addition()) {
        std::vector<std::string> found;
        for (auto const& it : written)
            if (equals_keyword(it.description, "objectclass"))
                found.insert(found.end(), it.values.begin(), it.values.end());
        return found;
    }
    auto const* const found = target == nullptr ? nullptr : target->find("objectClass");
    return found == nullptr ? std::vector<std::string>() : found->values;
}

void rule_subject::refuse(apply_fault fault, std::string expected, std::string found,
                          std::string hint) const {
    report.refusals.push_back(
        broken_rule(change, fault, std::move(expected), std::move(found), std::move(hint)));
}

void rule_subject::refuse_value(std::string_view attribute, std::string_view value, apply_fault fault,
                                std::string expected, std::string found, std::string hint) const {
    refuse(fault, std::move(expected), std::move(found), std::move(hint));
    report.refusals.back().attribute = attribute;
    report.refusals.back().value = value;
}

void rule_subject::doubt(apply_fault fault, std::string expected, std::string found, std::string hint) const {
    report.doubts.push_back(
        broken_rule(change, fault, std::move(expected), std::move(found), std::move(hint)));
}

std::vector<modification> written_values(record const& change) {
    auto written = change.modifications;
    std::map<std::string, std::size_t> places;
    for (auto const& it : change.attributes) {
        auto const [place, is_new] = places.try_emplace(lower_case(it.description), written.size());
        if (is_new)
            written.push_back({modification_operation::add, it.description, {}});
        written[place->second].values.push_back(it.value);
    }
    return written;
}

rule_report check_alone(record const& change, attribute_schema const& schema,
                        descriptor_test const& fault_of_descriptor) {
    rule_report report;
    auto const written = written_values(change);
    rule_subject const subject{.change = change,
                               .written = written,
                               .schema = schema,
                               .fault_of_descriptor = fault_of_descriptor,
                               .report = report};
    for (auto const& it : rules)
        if (it.needs != ground::directory)
            it.check(subject);
    value_places const places(change);
    places.place(report.refusals);
    std::stable_sort(report.refusals.begin(), report.refusals.end(),
                     [](auto const& a, auto const& b) { return a.line < b.line; });
    return report;
}

void check_in_directory(rule_subject const& subject) {
    for (auto const& it : rules)
        if (subject.is_active_directory || it.needs == ground::any_server)
            it.check(subject);
}

bool is_never_read(std::string_view description) {
    auto const name = attribute_name(description);
    return std::any_of(never_read.begin(), never_read.end(),
                       [name](auto it) { return equals_keyword(name, it); });
}

std::string const* written_value(std::vector<modification> const& written, std::string_view description) {
    for (auto const& it : written)
        if (it.operation != modification_operation::delete_values && !it.values.empty() &&
            same_description(it.description, description))
            return &it.values.front();
    return nullptr;
}

} // namespace dsplan::ldif
