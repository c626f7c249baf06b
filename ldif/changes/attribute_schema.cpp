#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/schema_record.hpp>
#include <ldif/decimal.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace dsplan::ldif {
namespace {

constexpr std::int64_t not_replicated = 0x1; // systemFlags, MS-ADTS 2.2.10
constexpr std::int64_t constructed_flag = 0x4;

// Syntaxes of names, and those of text whose case does not count. MS-ADTS 3.1.1.2.2.2
constexpr std::array<std::string_view, 3> name_syntaxes{"2.5.5.1", "2.5.5.7", "2.5.5.14"};
constexpr std::array<std::string_view, 3> folded_syntaxes{"2.5.5.2", "2.5.5.4", "2.5.5.12"};

// MS-ADA1, MS-ADA2, MS-ADA3: the linkID of a back link is that of its forward link and 1.
constexpr std::array<std::pair<std::string_view, std::string_view>, 56> links{{
    // clang-format off
    {"bridgeheadtransportlist", "bridgeheadServerListBL"},
    {"frscomputerreference", "frsComputerReferenceBL"},
    {"frsmemberreference", "fRSMemberReferenceBL"},
    {"hasmasterncs", "masteredBy"},
    {"haspartialreplicancs", "msDS-IsPartialReplicaFor"},
    {"managedby", "managedObjects"},
    {"manager", "directReports"},
    {"member", "memberOf"},
    {"msauthz-memberrulesincentralaccesspolicy", "msAuthz-MemberRulesInCentralAccessPolicyBL"},
    {"mscom-partitionlink", "msCOM-PartitionSetLink"},
    {"mscom-userpartitionsetlink", "msCOM-UserLink"},
    {"msdfsr-computerreference", "msDFSR-ComputerReferenceBL"},
    {"msdfsr-memberreference", "msDFSR-MemberReferenceBL"},
    {"msds-assignedauthnpolicy", "msDS-AssignedAuthNPolicyBL"},
    {"msds-assignedauthnpolicysilo", "msDS-AssignedAuthNPolicySiloBL"},
    {"msds-authenticatedatdc", "msDS-AuthenticatedToAccountlist"},
    {"msds-authnpolicysilomembers", "msDS-AuthNPolicySiloMembersBL"},
    {"msds-claimsharespossiblevalueswith", "msDS-ClaimSharesPossibleValuesWithBL"},
    {"msds-computerauthnpolicy", "msDS-ComputerAuthNPolicyBL"},
    {"msds-egressclaimstransformationpolicy", "msDS-TDOEgressBL"},
    {"msds-enabledfeature", "msDS-EnabledFeatureBL"},
    {"msds-hasdomainncs", "msDS-IsDomainFor"},
    {"msds-hasfullreplicancs", "msDS-IsFullReplicaFor"},
    {"msds-hasmasterncs", "msDs-masteredBy"},
    {"msds-hostserviceaccount", "msDS-HostServiceAccountBL"},
    {"msds-ingressclaimstransformationpolicy", "msDS-TDOIngressBL"},
    {"msds-keycredentiallink", "msDS-KeyCredentialLink-BL"},
    {"msds-keyprincipal", "msDS-KeyPrincipalBL"},
    {"msds-krbtgtlink", "msDS-KrbTgtLinkBl"},
    {"msds-membersforazrole", "msDS-MembersForAzRoleBL"},
    {"msds-membersofresourcepropertylist", "msDS-MembersOfResourcePropertyListBL"},
    {"msds-nc-ro-replica-locations", "msDS-NC-RO-Replica-Locations-BL"},
    {"msds-nonmembers", "msDS-NonMembersBL"},
    {"msds-objectreference", "msDS-ObjectReferenceBL"},
    {"msds-oidtogrouplink", "msDS-OIDToGroupLinkBl"},
    {"msds-operationsforazrole", "msDS-OperationsForAzRoleBL"},
    {"msds-operationsforaztask", "msDS-OperationsForAzTaskBL"},
    {"msds-primarycomputer", "msDS-IsPrimaryComputerFor"},
    {"msds-psoappliesto", "msDS-PSOApplied"},
    {"msds-revealedusers", "msDS-RevealedDSAs"},
    {"msds-serviceauthnpolicy", "msDS-ServiceAuthNPolicyBL"},
    {"msds-tasksforazrole", "msDS-TasksForAzRoleBL"},
    {"msds-tasksforaztask", "msDS-TasksForAzTaskBL"},
    {"msds-userauthnpolicy", "msDS-UserAuthNPolicyBL"},
    {"msds-valuetypereference", "msDS-ValueTypeReferenceBL"},
    {"mssfu30posixmember", "msSFU30PosixMemberOf"},
    {"mstpm-tpminformationforcomputer", "msTPM-TpmInformationForComputerBL"},
    {"mstsprimarydesktop", "msTSPrimaryDesktopBL"},
    {"mstssecondarydesktops", "msTSSecondaryDesktopBL"},
    {"netbootserver", "netbootSCPBL"},
    {"nonsecuritymember", "nonSecurityMemberBL"},
    {"owner", "ownerBL"},
    {"privilegeholder", "isPrivilegeHolder"},
    {"querypolicyobject", "queryPolicyBL"},
    {"serverreference", "serverReferenceBL"},
    {"siteobject", "siteObjectBL"},
    // clang-format on
}};

std::string lower_name(std::string_view description) {
    return lower_case(attribute_name(description));
}

template <std::size_t Size>
bool contains(std::array<std::string_view, Size> const& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

} // namespace

attribute_schema const& attribute_schema::built_in() {
    static attribute_schema const table;
    return table;
}

bool attribute_schema::add(record_view const& record) {
    if (classes_.add(record))
        return true;
    auto const spelled = value_of(record, "ldapdisplayname");
    auto const syntax = value_of(record, "attributesyntax");
    if (!is_of_class(record, "attributeschema") || spelled.empty() || syntax.empty())
        return false;
    described made;
    made.name = spelled;
    made.link = read_decimal<std::int64_t>(value_of(record, "linkid"));
    made.folds_case = contains(folded_syntaxes, syntax);
    auto const flags = read_decimal<std::int64_t>(value_of(record, "systemflags")).value_or(0);
    auto const known = ldif::rules_of(spelled);
    bool const is_back = made.link && *made.link % 2 != 0;
    made.rules.is_single_valued = equals_keyword(value_of(record, "issinglevalued"), "true");
    made.rules.is_name_valued = contains(name_syntaxes, syntax);
    made.rules.is_forward_link = made.link && !is_back;
    made.rules.is_back_link = is_back;
    made.rules.is_system_owned = known.is_system_owned;
    made.rules.is_constructed = known.is_constructed || (flags & constructed_flag) != 0;
    made.rules.is_replication = known.is_replication || ((flags & not_replicated) != 0 && !is_back);
    made.rules.is_known = true;
    made.rules.syntax = syntax_of_identifier(syntax);
    if (auto const identifier = value_of(record, "attributeid"); !identifier.empty())
        names_.insert_or_assign(std::string(identifier), made.name);
    if (is_back)
        back_links_[*made.link] = made.name;
    attributes_.insert_or_assign(lower_name(spelled), std::move(made));
    return true;
}

attribute_schema::described const* attribute_schema::find(std::string_view description) const {
    if (attributes_.empty())
        return nullptr;
    auto const found = attributes_.find(lower_name(description));
    return found == attributes_.end() ? nullptr : &found->second;
}

attribute_rules attribute_schema::rules_of(std::string_view description) const {
    auto const* const found = find(description);
    return found != nullptr ? found->rules : ldif::rules_of(description);
}

bool attribute_schema::is_outside_change_files(std::string_view description) const {
    auto const rules = rules_of(description);
    return rules.is_back_link || rules.is_system_owned || rules.is_constructed || rules.is_replication;
}

std::string attribute_schema::value_key(std::string_view description, std::string_view value) const {
    auto const* const found = find(description);
    if (found == nullptr)
        return ldif::value_key(description, value);
    if (found->rules.is_name_valued)
        return normalize_name_value(value).value_or(std::string(value));
    return found->folds_case ? folded_value(value) : std::string(value);
}

bool attribute_schema::same_value(std::string_view description, std::string_view left,
                                  std::string_view right) const {
    return left == right || value_key(description, left) == value_key(description, right);
}

std::string attribute_schema::name_of_identifier(std::string_view identifier) const {
    auto const found = names_.find(identifier);
    return found != names_.end() ? found->second : std::string(ldif::name_of_identifier(identifier));
}

std::string attribute_schema::back_link_of(std::string_view description) const {
    auto const name = lower_name(description);
    if (auto const* const found = find(description); found != nullptr && found->link) {
        auto const back = back_links_.find(*found->link + 1);
        if (back != back_links_.end() && *found->link % 2 == 0)
            return back->second;
    }
    auto const* const pair =
        std::find_if(links.begin(), links.end(), [&name](auto const& it) { return it.first == name; });
    return pair == links.end() ? std::string() : std::string(pair->second);
}

} // namespace dsplan::ldif
