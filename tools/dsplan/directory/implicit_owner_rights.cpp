#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/ds_heuristics.hpp>
#include <tools/dsplan/directory/implicit_owner_rights.hpp>
#include <tools/dsplan/directory/principals.hpp>

#include <algorithm>

namespace dsplan::directory {
namespace {

constexpr std::uint32_t domain_admins = sddl::named_rid("Domain Admins");
constexpr std::uint32_t enterprise_admins = sddl::named_rid("Enterprise Admins");

bool is_exempt(sddl::security_token const& who) {
    return std::any_of(who.sids().begin(), who.sids().end(), [](sddl::sid const& sid) {
        auto const rid = sddl::relative_identifier(sid);
        return is_account_sid(sid) && (rid == domain_admins || rid == enterprise_admins);
    });
}

} // namespace

implicit_owner_rights::implicit_owner_rights(snapshot const& exported) {
    for (char const digit : ds_heuristics(exported, 29))
        setting_ = digit == '1' ? setting::blocked : digit == '2' ? setting::granted : setting::unsaid;
}

bool implicit_owner_rights::have_rights(object_classes const& classes,
                                        sddl::security_token const& who) const {
    return setting_ != setting::blocked || !is_derived_from(classes, "computer") || is_exempt(who);
}

bool implicit_owner_rights::is_said(object_classes const& classes, sddl::security_token const& who) const {
    return setting_ != setting::unsaid || !is_derived_from(classes, "computer") || is_exempt(who);
}

} // namespace dsplan::directory
