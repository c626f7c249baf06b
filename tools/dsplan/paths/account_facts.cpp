#include <tools/dsplan/directory/domain_controllers.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/paths/account_facts.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <array>

namespace dsplan::paths {
namespace {

using directory::attribute;

// userAccountControl. [MS-ADTS] 2.2.16
constexpr std::int64_t account_disabled = 0x2;
constexpr std::int64_t server_trust_account = 0x2000;
constexpr std::int64_t partial_secrets_account = 0x4000000;
constexpr std::int64_t functional_level_2016 = 7;
constexpr std::uint32_t krbtgt = 502;

struct class_row {
    std::string_view name;
    std::uint32_t is;
};

// The most specific class first.
constexpr std::array classes{
    class_row{"msDS-GroupManagedServiceAccount", on::managed_accounts},
    class_row{"msDS-DelegatedManagedServiceAccount", on::managed_accounts},
    class_row{"computer", on::computers},
    class_row{"user", on::users},
    class_row{"group", on::groups},
    class_row{"groupPolicyContainer", on::policies},
    class_row{"domainDNS", on::domain_roots},
    class_row{"pKICertificateTemplate", on::templates},
    class_row{"pKIEnrollmentService", on::enrollment_services},
    class_row{"organizationalUnit", on::containers},
    class_row{"builtinDomain", on::containers},
    class_row{"container", on::containers},
};

std::int64_t flags_of(directory::entry const& object) {
    return object.number(attribute::user_account_control).value_or(0);
}

} // namespace

account_facts::account_facts(directory_side const& side) : side_(side), certificates_(side) {
    for (object_index index = 0; index < side.image.objects.size(); ++index) {
        auto const& object = side.image.objects[index];
        if (object.is_deleted)
            continue;
        auto const& is = *object.exported;
        if (is.is_a("groupPolicyContainer"))
            policies_.push_back(index);
        if (is.key.starts_with("cn=policies,cn=system,"))
            policy_containers_.push_back(index);
        bool const is_controller = (flags_of(is) & server_trust_account) != 0;
        auto const version = is.first(attribute::operating_system_version);
        bool const is_new =
            is_controller && version && directory::is_2016_or_later(*version) == directory::known::yes;
        knows_successors_ |= is_controller && version && version->starts_with("10.0 (26100");
        bool const is_at_level =
            is.sid && is.is_a("domainDNS") &&
            is.number(attribute::ms_ds_behavior_version).value_or(0) >= functional_level_2016;
        if (is_new || is_at_level)
            domains_with_keys_.insert(object.domain);
    }
}

std::uint32_t account_facts::targets_of(object_index object) const {
    auto const& is = side_.entry(object);
    if (is.key.starts_with("cn=ntauthcertificates,cn=public key services,"))
        return on::authority_stores;
    for (auto const& row : classes)
        if (side_.is_a(object, row.name))
            return row.is;
    return 0;
}

bool account_facts::is_krbtgt(object_index object) const {
    auto const& is = side_.entry(object);
    return (is.sid && words::domain_identifier(*is.sid) == krbtgt) ||
           is.first(attribute::ms_ds_krb_tgt_link_bl).has_value();
}

bool account_facts::is_disabled(object_index object) const {
    return (flags_of(side_.entry(object)) & account_disabled) != 0;
}

bool account_facts::is_service(object_index object) const {
    return side_.is_a(object, "computer") ||
           side_.entry(object).first(attribute::service_principal_name).has_value();
}

bool account_facts::takes_keys(object_index object) const {
    return domains_with_keys_.contains(side_.image.objects[object].domain);
}

bool account_facts::has_local_password(object_index object, std::string_view attribute_name) const {
    bool const is_legacy = attribute_name.find("ms-Mcs-") != std::string_view::npos;
    return side_.entry(object)
        .first(is_legacy ? attribute::ms_mcs_adm_pwd_expiration_time
                         : attribute::ms_laps_password_expiration_time)
        .has_value();
}

bool account_facts::is_read_only_controller(object_index object) const {
    return (flags_of(side_.entry(object)) & partial_secrets_account) != 0;
}

} // namespace dsplan::paths
