#pragma once
#include <ldif/record.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan {

/// What else than its DN an object of LDIF may be called, as its own record says it: objectSid, names of
/// accounts, alone and behind the name of the domain, the value of its first part; contoso.com for a domain.
/// The NetBIOS name of the domain is taken to be the first part of its DNS name.
[[nodiscard]] std::vector<std::string> object_names(ldif::record const& record);

} // namespace dsplan
