#pragma once
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Names that are no distinguished names, which Active Directory takes in every request:
/// `<SID=S-1-5-32-544>`,
/// `<GUID=…>`, `<WKGUID=…,DC=…>`. [MS-ADTS] 3.1.1.3.1.2.4
namespace dsplan::review {

[[nodiscard]] bool is_alternative_name(std::string_view name);

/// The SID of `<SID=…>`, as text or as hexadecimal octets; nothing for every other name.
[[nodiscard]] std::optional<sddl::sid> sid_of_name(std::string_view name);

/// "OU=Domain Controllers,DC=contoso,DC=com" of its `<WKGUID=…>`, as every new domain names its containers;
/// empty for other names. [MS-ADTS] 6.1.1.4
[[nodiscard]] std::string well_known_container_name(std::string_view name);

/// The object of the base that any name means; null where the base does not tell.
[[nodiscard]] directory::entry const* find_by_any_name(directory::snapshot const& exported,
                                                       std::string_view name);

} // namespace dsplan::review
