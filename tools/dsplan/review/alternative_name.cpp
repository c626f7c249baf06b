#include <ldif/alternative_name.hpp>
#include <tools/dsplan/review/alternative_name.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace dsplan::review {

bool is_alternative_name(std::string_view name) {
    return ldif::looks_like_alternative_name(name);
}

std::optional<sddl::sid> sid_of_name(std::string_view name) {
    auto const parsed = ldif::parse_alternative_name(name);
    if (!parsed || parsed->type != ldif::alternative_name::kind::sid)
        return std::nullopt;
    auto const read = sddl::read_sid(std::as_bytes(std::span(parsed->octets)));
    return read ? std::optional(*read) : std::nullopt;
}

std::string well_known_container_name(std::string_view name) {
    struct container {
        std::string_view guid;
        std::string_view rdn;
    };
    constexpr std::array containers{
        container{"a361b2ffffd211d1aa4b00c04fd7d83a", "OU=Domain Controllers"},
        container{"a9d1ca15768811d1aded00c04fd8d5cd", "CN=Users"},
        container{"aa312825768811d1aded00c04fd8d5cd", "CN=Computers"},
        container{"ab1d30f3768811d1aded00c04fd8d5cd", "CN=System"},
        container{"22b70c67d56e4efb91e9300fca3dc1aa", "CN=ForeignSecurityPrincipals"},
    };
    auto const parsed = ldif::parse_alternative_name(name);
    if (!parsed || parsed->type != ldif::alternative_name::kind::well_known)
        return {};
    std::string guid;
    for (char const octet : parsed->octets)
        guid += fmt::format("{:02x}", static_cast<unsigned char>(octet));
    auto const* const found = std::find_if(containers.begin(), containers.end(),
                                           [&guid](container const& each) { return each.guid == guid; });
    return found == containers.end() ? std::string() : fmt::format("{},{}", found->rdn, parsed->dn);
}

directory::entry const* find_by_any_name(directory::snapshot const& exported, std::string_view name) {
    if (!is_alternative_name(name))
        return exported.find(name);
    auto const sid = sid_of_name(name);
    return sid ? exported.find(*sid) : nullptr;
}

} // namespace dsplan::review
