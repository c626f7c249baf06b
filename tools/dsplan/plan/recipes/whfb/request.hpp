#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace dsplan::plan {

enum class trust_type : std::uint8_t { key, certificate };

/// What is wanted of a plan for Windows Hello for Business key synchronization.
struct whfb_request {
    std::string connector;            ///< AD DS connector account: name, DN, SID or user principal name
    std::optional<std::string> group; ///< holds the grant; "KeyCredential Admins" where it is not given
    std::optional<std::string>
        domain; ///< DN or DNS name of the one domain to plan; all of the export where it is not given
    std::optional<trust_type> trust;      ///< the export decides where it is not given
    bool include_inet_org_person = false; ///< grant on descendant inetOrgPerson objects too
    bool admin_sd_holder = false;         ///< grant on AdminSDHolder too
    bool default_aces = false; ///< grant what a Windows Server 2016 domain has by default and this one lacks
    bool create_group = false; ///< plan the group where the export does not hold it
    bool by_hand = false;      ///< grant to the group though another one has the permission by default
    bool keep_off_controllers = false; ///< deny the connector the attribute on domain controllers
    bool key_admins_protected = false; ///< the AdminSDHolder task takes the Key Admins groups too
};

} // namespace dsplan::plan
