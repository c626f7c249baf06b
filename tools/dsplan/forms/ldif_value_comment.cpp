#include <ldif/attribute_description.hpp>
#include <sddl/guid.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/sid.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/forms/ldif_value_comment.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace dsplan {
namespace {

enum class kind { sid, guid, descriptor };

struct known_attribute {
    std::string_view name;
    kind what;
};

// MS-ADA1, MS-ADA2, MS-ADA3: String(SID), Octet(16) that are GUIDs, String(NT-Sec-Desc)
constexpr std::array<known_attribute, 14> known_attributes{{
    {"objectSid", kind::sid},
    {"sIDHistory", kind::sid},
    {"securityIdentifier", kind::sid},
    {"tokenGroups", kind::sid},
    {"objectGUID", kind::guid},
    {"schemaIDGUID", kind::guid},
    {"attributeSecurityGUID", kind::guid},
    {"mS-DS-ConsistencyGuid", kind::guid},
    {"parentGUID", kind::guid},
    {"invocationId", kind::guid},
    {"nTSecurityDescriptor", kind::descriptor},
    {"msDS-AllowedToActOnBehalfOfOtherIdentity", kind::descriptor},
    {"msDS-GroupMSAMembership", kind::descriptor},
    {"fRSRootSecurity", kind::descriptor},
}};

template <class Value>
std::string comment_text(sddl::result<Value> const& value) {
    if constexpr (std::is_same_v<Value, sddl::security_descriptor>)
        return value ? sddl::write(*value) : std::string();
    else
        return value ? fmt::format("{}", *value) : std::string();
}

} // namespace

std::string value_comment(std::string_view description, std::string_view octets) {
    auto const name = ldif::attribute_name(description);
    auto const* const found =
        std::find_if(known_attributes.begin(), known_attributes.end(),
                     [name](auto const& it) { return ldif::same_description(it.name, name); });
    if (found == known_attributes.end())
        return {};
    auto const bytes = std::as_bytes(std::span(octets));
    switch (found->what) {
    case kind::sid:
        return comment_text(sddl::read_sid(bytes));
    case kind::guid:
        return comment_text(sddl::read_guid(bytes));
    case kind::descriptor:
        return comment_text(sddl::read_self_relative(bytes));
    }
    return {};
}

} // namespace dsplan
