#include <tools/dsplan/directory/domain_controllers.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/paths/account_facts.hpp>
#include <tools/dsplan/paths/account_flags.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <array>
#include <tuple>

namespace dsplan::paths {
namespace {

using directory::attribute;

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
    class_row{"classSchema", on::class_schemas},
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
        if (is.sid && is.is_a("domainDNS"))
            roots_.push_back(index);
        read_controller(index);
    }
    read_pairs();
}

void account_facts::read_controller(object_index object) {
    auto const& is = side_.entry(object);
    bool const is_controller = (flags_of(is) & account_flag::server_trust) != 0;
    auto const version = is.first(attribute::operating_system_version);
    bool const is_new =
        is_controller && version && directory::is_2016_or_later(*version) == directory::known::yes;
    knows_successors_ |= is_controller && version && version->starts_with("10.0 (26100");
    bool const is_at_level =
        is.sid && is.is_a("domainDNS") &&
        is.number(attribute::ms_ds_behavior_version).value_or(0) >= functional_level_2016;
    if (is_new || is_at_level)
        domains_with_keys_.insert(side_.image.objects[object].domain);
}

void account_facts::read_pairs() {
    std::set<std::tuple<sddl::security_descriptor const*, std::uint32_t, std::uint32_t, bool>> seen;
    for (object_index object = 0; object < side_.image.objects.size(); ++object) {
        auto const& of = side_.image.objects[object];
        auto const* const list = side_.list_of(object);
        if (of.is_deleted || list == nullptr)
            continue;
        auto const is = targets_of(object);
        bool const is_container = (is & (on::containers | on::domain_roots)) != 0;
        bool const is_enabled_service =
            (is & on::accounts) != 0 && is_service(object) && !is_disabled(object) && !is_krbtgt(object);
        bool const is_wanted = is_container || is_enabled_service;
        if (is_wanted && seen.emplace(list, of.classes, of.domain, is_container).second)
            (is_container ? containers_ : services_).push_back(object);
    }
}

std::vector<object_index> account_facts::roots_of(std::uint32_t domain) const {
    std::vector<object_index> made;
    for (auto const root : roots_)
        if (domain == access::any_domain || side_.image.objects[root].domain == domain)
            made.push_back(root);
    return made;
}

std::uint32_t account_facts::targets_of(object_index object) const {
    auto const& is = side_.entry(object);
    if (is.key.starts_with("cn=ntauthcertificates,cn=public key services,"))
        return on::authority_stores;
    if (is.key.starts_with("cn=directory service,cn=windows nt,cn=services,"))
        return on::forest_settings;
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
    return (flags_of(side_.entry(object)) & account_flag::disabled) != 0;
}

bool account_facts::is_service(object_index object) const {
    return side_.is_a(object, "computer") ||
           side_.entry(object).first(attribute::service_principal_name).has_value();
}

bool account_facts::takes_keys(object_index object) const {
    return domains_with_keys_.contains(side_.image.objects[object].domain);
}

directory::attribute account_facts::expiry_of(std::string_view right) {
    return right.find("ms-Mcs-") != std::string_view::npos ? attribute::ms_mcs_adm_pwd_expiration_time
                                                           : attribute::ms_laps_password_expiration_time;
}

bool account_facts::has_local_password(object_index object, std::string_view right) const {
    return side_.entry(object).first(expiry_of(right)).has_value();
}

bool account_facts::is_read_only_controller(object_index object) const {
    return (flags_of(side_.entry(object)) & account_flag::partial_secrets) != 0;
}

} // namespace dsplan::paths
