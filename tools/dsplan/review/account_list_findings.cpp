#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/account_list_findings.hpp>
#include <tools/dsplan/words/judge/standing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace dsplan::review {
namespace {

constexpr std::string_view acting = "msDS-AllowedToActOnBehalfOfOtherIdentity";
constexpr std::string_view retrieving = "msDS-GroupMSAMembership";

// The list is read in its order: what is denied first, no later ACE allows. Without a list all are allowed.
std::vector<sddl::sid> allowed_accounts(sddl::security_descriptor const& value) {
    if (!value.dacl)
        return {directory::everyone};
    std::vector<sddl::sid> allowed;
    std::set<sddl::sid> decided;
    for (auto const& ace : value.dacl->aces) {
        if (!sddl::is_allow(ace.type) && !(sddl::is_deny(ace.type) && !sddl::is_callback(ace.type)))
            continue;
        if (decided.insert(ace.trustee).second && sddl::is_allow(ace.type))
            allowed.push_back(ace.trustee);
    }
    return allowed;
}

std::string allowed_text(std::vector<sddl::sid> const& allowed, words::name_context const& names) {
    return allowed.size() == 1 ? names.account(allowed.front())
                               : counted(allowed.size(), "account", "accounts");
}

} // namespace

bool lists_accounts(std::string_view attribute) {
    return equal_ignoring_case(attribute, acting) || equal_ignoring_case(attribute, retrieving);
}

void find_in_account_list(written_descriptor const& written, words::name_context const& names,
                          finding_list const& findings) {
    auto const allowed = allowed_accounts(written.after);
    std::vector<evidence> seen;
    for (auto const& account : allowed)
        seen.push_back(
            {std::string(written.object.dn), std::string(written.attribute), names.account(account)});
    bool const is_broad = std::any_of(allowed.begin(), allowed.end(), words::is_nearly_everybody);
    std::string_view const without = written.after.dacl ? "" : ": there is no list, which allows everybody";
    if (equal_ignoring_case(written.attribute, acting))
        findings.add("delegation-set",
                     fmt::format("{} may act as others towards it{}", allowed_text(allowed, names), without),
                     seen);
    else if (!allowed.empty())
        findings.add(is_broad ? rule_name("managed-password-for-all") : rule_name("managed-password-readers"),
                     fmt::format("{} may retrieve the password{}", allowed_text(allowed, names), without),
                     seen);
    if (is_broad && equal_ignoring_case(written.attribute, acting))
        findings.add("broad-trustee", "nearly everybody may act as others towards it", seen);
}

} // namespace dsplan::review
