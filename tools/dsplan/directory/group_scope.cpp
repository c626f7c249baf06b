#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>

#include <string>

namespace dsplan::directory {
namespace {

// groupType, [MS-ADTS] 2.2.12
constexpr std::int64_t security_enabled = 0x80000000;
constexpr std::int64_t local_scopes = 0x1 | 0x4; // GROUP_TYPE_BUILTIN_LOCAL_GROUP, GROUP_TYPE_RESOURCE_GROUP

bool is_builtin(std::optional<sddl::sid> const& sid) {
    return sid && sid->sub_authority_count == 2 && sid->sub_authorities[0] == 32 &&
           sid->identifier_authority[5] == 5;
}

} // namespace

group_scope scope_of(entry const& object) {
    if (!object.is_a("group"))
        return group_scope::everywhere;
    auto const type = object.number(attribute::group_type);
    if (!type)
        return is_builtin(object.sid) ? group_scope::own_domain : group_scope::everywhere;
    if ((*type & security_enabled) == 0)
        return group_scope::nowhere;
    return (*type & local_scopes) != 0 ? group_scope::own_domain : group_scope::everywhere;
}

bool lacks_group_type(entry const& object) {
    return object.is_a("group") && !object.number(attribute::group_type) && !is_builtin(object.sid);
}

std::string_view domain_part(std::string_view key) {
    std::string_view domain;
    std::string_view above; // the part before the domain's
    for (auto rest = key; !rest.empty(); rest = parent_key(rest)) {
        if (!rest.starts_with("dc=")) {
            above = rest;
            domain = {};
        } else if (domain.empty()) {
            domain = rest;
        }
    }
    if (domain.starts_with("dc=forestdnszones,") || above.starts_with("cn=configuration,"))
        return {};
    return domain.starts_with("dc=domaindnszones,") ? parent_key(domain) : domain;
}

bool counts_in(entry const& group, std::string_view domain) {
    auto const scope = scope_of(group);
    return scope == group_scope::everywhere ||
           (scope == group_scope::own_domain && (domain.empty() || domain_part(group.key) == domain));
}

std::optional<sddl::sid> primary_group_of(entry const& account) {
    auto const primary = account.number(attribute::primary_group_id);
    auto const home = account.sid ? sddl::domain_of(*account.sid) : std::nullopt;
    if (!primary || !home)
        return std::nullopt;
    return sddl::with_relative_identifier(*home, static_cast<std::uint32_t>(*primary));
}

std::optional<sddl::sid> sid_in_name(std::string_view dn) {
    constexpr std::string_view type = "cn=";
    auto const value = dn.substr(0, dn.find(','));
    if (value.size() <= type.size() || !equal_ignoring_case(value.substr(0, type.size()), type))
        return std::nullopt;
    auto text = std::string(value.substr(type.size()));
    if (text.front() == 's') // a normalised name is in lower case
        text.front() = 'S';
    auto const sid = sddl::parse_sid(text);
    return sid ? std::optional(*sid) : std::nullopt;
}

} // namespace dsplan::directory
