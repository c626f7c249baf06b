#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/paths/certificate_facts.hpp>
#include <tools/dsplan/paths/name_keys.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <unordered_map>

namespace dsplan::paths {
namespace {

using directory::attribute;

// msPKI-Enrollment-Flag, msPKI-Certificate-Name-Flag. [MS-CRTD] 2.26, 2.27
constexpr std::int64_t needs_approval = 0x2;
constexpr std::int64_t no_security_extension = 0x80000;
constexpr std::int64_t enrollee_supplies_names = 0x1 | 0x10000;

constexpr std::string_view any_purpose = "2.5.29.37.0";
constexpr std::string_view request_agent = "1.3.6.1.4.1.311.20.2.1";
// Client Authentication, PKINIT, Smart Card Logon
constexpr std::array<std::string_view, 3> for_logging_on{"1.3.6.1.5.5.7.3.2", "1.3.6.1.5.2.3.4",
                                                         "1.3.6.1.4.1.311.20.2.2"};

std::set<std::string_view> values_of(directory::entry const& object, attribute name) {
    std::set<std::string_view> made;
    object.for_each(name, [&](std::string_view value) { made.insert(value); });
    return made;
}

void read_purposes(template_facts& made, directory::entry const& of) {
    auto purposes = values_of(of, attribute::pki_extended_key_usage);
    if (of.number(attribute::ms_pki_template_schema_version).value_or(1) >= 2)
        purposes.merge(values_of(of, attribute::ms_pki_certificate_application_policy));
    bool const is_open = purposes.empty() || purposes.contains(any_purpose);
    made.is_for_anything = is_open || purposes.contains(request_agent);
    made.logs_on = is_open || std::any_of(for_logging_on.begin(), for_logging_on.end(),
                                          [&](std::string_view each) { return purposes.contains(each); });
}

template_facts read_template(directory::entry const& of) {
    template_facts made;
    auto const enrollment = of.number(attribute::ms_pki_enrollment_flag).value_or(0);
    auto const names = of.number(attribute::ms_pki_certificate_name_flag).value_or(0);
    made.is_free =
        (enrollment & needs_approval) == 0 && of.number(attribute::ms_pki_ra_signature).value_or(0) == 0;
    made.names_anybody = (names & enrollee_supplies_names) != 0;
    made.names_weakly = (enrollment & no_security_extension) != 0;
    read_purposes(made, of);
    return made;
}

} // namespace

certificate_facts::certificate_facts(directory_side const& side) {
    std::unordered_map<std::string, object_index> by_name;
    std::unordered_map<std::string, object_index> by_key;
    std::unordered_map<std::string, std::string_view> groups; // keys, by the OID of the policy
    std::set<std::string_view> trusted;
    std::vector<object_index> services;
    auto const count = static_cast<object_index>(side.image.objects.size());
    for (object_index object = 0; object < count; ++object) {
        auto const& is = side.entry(object);
        if (side.image.objects[object].is_deleted)
            continue;
        if (is.is_a("pKICertificateTemplate"))
            by_name.emplace(
                lower_case(is.first(attribute::cn).value_or(ldif::first_rdn_text(is.dn).substr(3))), object);
        if (is.is_a("pKIEnrollmentService"))
            services.push_back(object);
        if (is.key.starts_with("cn=ntauthcertificates,cn=public key services,"))
            trusted.merge(values_of(is, attribute::ca_certificate));
        if (auto const link = is.first(attribute::ms_ds_oid_to_group_link))
            groups.emplace(std::string(is.first(attribute::ms_pki_cert_template_oid).value_or("")), *link);
    }
    for (auto const service : services) {
        auto const own = values_of(side.entry(service), attribute::ca_certificate);
        bool const is_trusted = std::any_of(own.begin(), own.end(),
                                            [&](std::string_view each) { return trusted.contains(each); });
        side.entry(service).for_each(attribute::certificate_templates, [&](std::string_view name) {
            auto const found = by_name.find(lower_case(name));
            if (found == by_name.end())
                return;
            auto const [of, is_new] = templates_.try_emplace(found->second);
            if (is_new)
                of->second = read_template(side.entry(found->second));
            of->second.services.push_back(service);
            of->second.is_trusted |= is_trusted;
        });
    }
    if (groups.empty())
        return;
    for (object_index object = 0; object < count; ++object)
        if (side.is_a(object, "group"))
            by_key.emplace(side.entry(object).key, object);
    for (auto& [object, of] : templates_)
        for (auto const policy : values_of(side.entry(object), attribute::ms_pki_certificate_policy)) {
            auto const link = groups.find(std::string(policy));
            if (link == groups.end())
                continue;
            auto const group = by_key.find(ldif::normalize(link->second).value_or(std::string()));
            if (group != by_key.end())
                of.group = group->second;
        }
}

bool certificate_facts::holds_weak_template() const {
    return std::any_of(templates_.begin(), templates_.end(),
                       [](auto const& each) { return each.second.is_weak(); });
}

template_facts const* certificate_facts::find(object_index of_template) const {
    auto const found = templates_.find(of_template);
    return found == templates_.end() ? nullptr : &found->second;
}

} // namespace dsplan::paths
