#pragma once
#include <tools/dsplan/review/descriptor_findings.hpp>

#include <string_view>

namespace dsplan::review {

/// True for attributes whose descriptor lists accounts instead of protecting an object:
/// msDS-AllowedToActOnBehalfOfOtherIdentity and msDS-GroupMSAMembership.
[[nodiscard]] bool lists_accounts(std::string_view attribute);

/// Whom such a value allows. [MS-ADTS] 3.1.1.4.5
void find_in_account_list(written_descriptor const& written, words::name_context const& names,
                          finding_list const& findings);

} // namespace dsplan::review
