#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/guid_literal.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/plan/coverage.hpp>

#include <cstdint>
#include <string_view>

/// What the schema says of msDS-KeyCredentialLink and of the accounts that may hold keys. [MS-ADA2] 2.358,
/// [MS-ADSC]
namespace dsplan::plan::key_credential_link {

using namespace sddl::literals;

inline constexpr std::string_view ldap_display_name = "msDS-KeyCredentialLink";

/// The attribute and its property set, which is also the validated write DS-Validated-Write-Computer.
inline constexpr property_guids property{.attribute = "5b47d60f-6090-40b2-9f37-2a4de88f3063"_guid,
                                         .property_set = "9b026da6-0d3c-465c-8bee-5199d7165cba"_guid};

inline constexpr sddl::guid user_class = "bf967aba-0de6-11d0-a285-00aa003049e2"_guid;
inline constexpr sddl::guid computer_class = "bf967a86-0de6-11d0-a285-00aa003049e2"_guid;
inline constexpr sddl::guid inet_org_person_class = "4828cc14-1437-45bc-9b07-ad6f015e5f28"_guid;

/// Read and write.
inline constexpr sddl::access_mask rights = sddl::right_read_property | sddl::right_write_property;

/// The schema of Windows Server 2016, the first that has the attribute.
inline constexpr std::int64_t first_schema_version = 87;

inline constexpr std::uint32_t key_admins = sddl::named_rid("Key Admins"); ///< relative to the domain
inline constexpr std::uint32_t enterprise_key_admins =
    sddl::named_rid("Enterprise Key Admins"); ///< relative to the forest root domain

inline constexpr std::string_view default_group = "KeyCredential Admins";

} // namespace dsplan::plan::key_credential_link
