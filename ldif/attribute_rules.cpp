#include <ldif/attribute_description.hpp>
#include <ldif/attribute_rules.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/text/name_folding.hpp>

#include <utf8.h>

#include <algorithm>
#include <array>

namespace dsplan::ldif {
namespace {

enum flag : unsigned {
    single = 1,
    name = 2,
    forward = 4,
    back = 8,
    system = 16,
    constructed = 32,
    replication = 64,
};

struct row {
    std::string_view name; ///< in lower case
    unsigned flags;
};

// MS-ADA1, MS-ADA2, MS-ADA3 (isSingleValued, linkID, systemFlags), MS-ADTS 3.1.1.4.5 (constructed) and the
// operational attributes of OpenLDAP, RFC 4512 and RFC 4530.
constexpr row rows[] = {
    // clang-format off
    {"accountexpires", single},
    {"admincount", single},
    {"admindescription", single},
    {"admindisplayname", single},
    {"allowedattributes", system | constructed},
    {"allowedattributeseffective", system | constructed},
    {"allowedchildclasses", system | constructed},
    {"allowedchildclasseseffective", system | constructed},
    {"altrecipient", single | name | forward},
    {"altrecipientbl", name | back},
    {"assistant", single | name | forward},
    {"attributeid", single},
    {"attributesecurityguid", single},
    {"attributesyntax", single},
    {"authorig", name | forward},
    {"authorigbl", name | back},
    {"badpasswordtime", single | system | replication},
    {"badpwdcount", single | system | replication},
    {"bridgeheadserverlistbl", name | back},
    {"bridgeheadtransportlist", name | forward},
    {"c", single},
    {"canonicalname", single | system | constructed},
    {"cn", single},
    {"co", single},
    {"codepage", single},
    {"company", single},
    {"contextcsn", system},
    {"countrycode", single},
    {"createtimestamp", system},
    {"creationtime", single | system},
    {"creatorsname", system},
    {"dbcspwd", single},
    {"dc", single},
    {"defaulthidingvalue", single},
    {"defaultobjectcategory", single | name},
    {"defaultsecuritydescriptor", single},
    {"department", single},
    {"directreports", name | back},
    {"displayname", single},
    {"displaynameprintable", single},
    {"distinguishedname", single | name | system},
    {"division", single},
    {"dlmemrejectperms", name | forward},
    {"dlmemrejectpermsbl", name | back},
    {"dlmemsubmitperms", name | forward},
    {"dlmemsubmitpermsbl", name | back},
    {"dnshostname", single},
    {"drivername", single},
    {"dsasignature", system},
    {"dscorepropagationdata", system | replication},
    {"dsheuristics", single},
    {"employeeid", single},
    {"employeenumber", single},
    {"employeetype", single},
    {"entrycsn", system},
    {"entrydn", system},
    {"entryuuid", system},
    {"flags", single},
    {"forcelogoff", single},
    {"fromentry", single | system | constructed},
    {"frscomputerreferencebl", name | back},
    {"fsmoroleowner", single | name},
    {"generationqualifier", single},
    {"givenname", single},
    {"governsid", single},
    {"gpcfilesyspath", single},
    {"gpcfunctionalityversion", single},
    {"gpcmachineextensionnames", single},
    {"gpcuserextensionnames", single},
    {"gplink", single},
    {"gpoptions", single},
    {"grouptype", single},
    {"hasmasterncs", name | forward},
    {"hassubordinates", system},
    {"homedirectory", single},
    {"homedrive", single},
    {"homemdb", single | name | forward},
    {"homemta", single | name},
    {"homephone", single},
    {"initials", single},
    {"instancetype", single | system},
    {"ipphone", single},
    {"iscriticalsystemobject", single | system},
    {"isdefunct", single},
    {"isdeleted", single | system},
    {"ismemberofpartialattributeset", single},
    {"isrecycled", single | system},
    {"issinglevalued", single},
    {"l", single},
    {"lastknownparent", single | name},
    {"lastlogoff", single | system | replication},
    {"lastlogon", single | system | replication},
    {"lastlogontimestamp", single | system | replication},
    {"ldapdisplayname", single},
    {"linkid", single},
    {"lockoutduration", single},
    {"lockoutobservationwindow", single},
    {"lockoutthreshold", single},
    {"lockouttime", single},
    {"logoncount", single | system | replication},
    {"logonhours", single},
    {"logonworkstation", single},
    {"mail", single},
    {"managedby", single | name | forward},
    {"managedobjects", name | back},
    {"manager", single | name | forward},
    {"mapiid", single},
    {"masteredby", name | back},
    {"maxpwdage", single},
    {"maxstorage", single},
    {"member", name | forward},
    {"memberof", name | back},
    {"middlename", single},
    {"minpwdage", single},
    {"minpwdlength", single},
    {"mobile", single},
    {"modifiedcount", single | system},
    {"modifiersname", system},
    {"modifytimestamp", system},
    {"ms-ds-consistencychildcount", single},
    {"ms-ds-consistencyguid", single},
    {"ms-ds-machineaccountquota", single},
    {"ms-mcs-admpwd", single},
    {"ms-mcs-admpwdexpirationtime", single},
    {"msdfsr-computerreferencebl", name | back},
    {"msds-allowedtoactonbehalfofotheridentity", single},
    {"msds-approx-immed-subordinates", single | system | constructed},
    {"msds-assignedauthnpolicy", single | name | forward},
    {"msds-assignedauthnpolicybl", name | back},
    {"msds-assignedauthnpolicysilo", single | name | forward},
    {"msds-authenticatedatdc", name | forward},
    {"msds-authenticatedtoaccountlist", name | back},
    {"msds-auxiliary-classes", system | constructed},
    {"msds-behavior-version", single},
    {"msds-creatorsid", single | system},
    {"msds-groupmsamembership", single},
    {"msds-hostserviceaccount", name | forward},
    {"msds-hostserviceaccountbl", name | back},
    {"msds-intid", single},
    {"msds-isdomainfor", name | back},
    {"msds-isfullreplicafor", name | back},
    {"msds-isgc", single | system | constructed},
    {"msds-ispartialreplicafor", name | back},
    {"msds-isrodc", single | system | constructed},
    {"msds-keycredentiallink", name},
    {"msds-keyprincipal", single | name},
    {"msds-keyprincipalbl", name | back},
    {"msds-keyversionnumber", single | system | constructed},
    {"msds-krbtgtlink", single | name | forward},
    {"msds-krbtgtlinkbl", name | back},
    {"msds-managedpasswordinterval", single},
    {"msds-masteredby", name | back},
    {"msds-maximumpasswordage", single},
    {"msds-memberoftransitive", system | constructed},
    {"msds-membersforazrole", name | forward},
    {"msds-membersforazrolebl", name | back},
    {"msds-membertransitive", system | constructed},
    {"msds-minimumpasswordage", single},
    {"msds-minimumpasswordlength", single},
    {"msds-nc-ro-replica-locations-bl", name | back},
    {"msds-ncreplcursors", system | constructed},
    {"msds-neverrevealgroup", name | forward},
    {"msds-objectreference", name},
    {"msds-oidtogrouplink", single | name | forward},
    {"msds-oidtogrouplinkbl", name | back},
    {"msds-operationsforaztask", name | forward},
    {"msds-parentdistname", single | system | constructed},
    {"msds-passwordsettingsprecedence", single},
    {"msds-principalname", single | system | constructed},
    {"msds-psoapplied", name | back},
    {"msds-psoappliesto", name | forward},
    {"msds-replattributemetadata", system | constructed},
    {"msds-replicationepoch", system},
    {"msds-replvaluemetadata", system | constructed},
    {"msds-resultantpso", single | system | constructed},
    {"msds-revealeddsas", name | back},
    {"msds-revealedusers", system},
    {"msds-revealondemandgroup", name | forward},
    {"msds-sitename", single | system | constructed},
    {"msds-supportedencryptiontypes", single},
    {"msds-tokengroupnames", system | constructed},
    {"msds-tombstonequotafactor", single},
    {"msds-user-account-control-computed", single | system | constructed},
    {"msds-userpasswordexpirytimecomputed", single | system | constructed},
    {"msexchdelegatelistbl", name | back},
    {"msexchdelegatelistlink", name | forward},
    {"msrtcsip-primaryuseraddress", single},
    {"name", single | system},
    {"netbiosname", single},
    {"netbootscpbl", name | back},
    {"nextrid", single | system},
    {"nonsecuritymember", name | forward},
    {"nonsecuritymemberbl", name | back},
    {"ntmixeddomain", single},
    {"ntsecuritydescriptor", single},
    {"objectcategory", single | name},
    {"objectclasscategory", single},
    {"objectguid", single | system},
    {"objectsid", single | system},
    {"objectversion", single},
    {"oeminformation", single},
    {"omobjectclass", single},
    {"omsyntax", single},
    {"operatingsystem", single},
    {"operatingsystemservicepack", single},
    {"operatingsystemversion", single},
    {"otherwellknownobjects", name},
    {"ownerbl", name | back},
    {"pager", single},
    {"parentguid", single | system | constructed},
    {"partialattributeset", system},
    {"personaltitle", single},
    {"physicaldeliveryofficename", single},
    {"possibleinferiors", system | constructed},
    {"postalcode", single},
    {"preferredou", single | name},
    {"primarygroupid", single},
    {"primarygrouptoken", single | system | constructed},
    {"profilepath", single},
    {"publicdelegates", name | forward},
    {"publicdelegatesbl", name | back},
    {"pwdhistorylength", single},
    {"pwdlastset", single},
    {"pwdproperties", single},
    {"querypolicybl", name | back},
    {"querypolicyobject", single | name},
    {"rangelower", single},
    {"rangeupper", single},
    {"rdnattid", single},
    {"replpropertymetadata", system},
    {"repluptodatevector", system | replication},
    {"repsfrom", system},
    {"repsto", system},
    {"revision", single},
    {"rid", single},
    {"ridallocationpool", single | system},
    {"ridavailablepool", single | system},
    {"ridpreviousallocationpool", single | system},
    {"ridusedpool", single | system},
    {"rightsguid", single},
    {"roleoccupant", name | forward},
    {"samaccountname", single},
    {"samaccounttype", single | system},
    {"schemaflagsex", single},
    {"schemaidguid", single},
    {"schemainfo", single},
    {"scriptpath", single},
    {"sdrightseffective", single | system | constructed},
    {"searchflags", single},
    {"secretary", name | forward},
    {"seealso", name | forward},
    {"serverreference", single | name | forward},
    {"serverreferencebl", name | back},
    {"serverstate", single | system},
    {"showinadvancedviewonly", single},
    {"sidhistory", system},
    {"sitelinklist", name | forward},
    {"siteobject", single | name},
    {"siteobjectbl", name | back},
    {"st", single},
    {"streetaddress", single},
    {"structuralobjectclass", system},
    {"subschemasubentry", single | system | constructed},
    {"systemflags", single},
    {"systemonly", single},
    {"telephonenumber", single},
    {"thumbnailphoto", single},
    {"tokengroups", system | constructed},
    {"tokengroupsglobalanduniversal", system | constructed},
    {"tokengroupsnogcacceptable", system | constructed},
    {"tombstonelifetime", single},
    {"unauthorig", name | forward},
    {"unauthorigbl", name | back},
    {"unicodepwd", single},
    {"useraccountcontrol", single},
    {"userparameters", single},
    {"userprincipalname", single},
    {"usersharedfolder", single},
    {"usnchanged", single | system | replication},
    {"usncreated", single | system | replication},
    {"usndsalastobjremoved", single | system | replication},
    {"usnlastobjrem", single | system | replication},
    {"validaccesses", single},
    {"versionnumber", single},
    {"wellknownobjects", name},
    {"whenchanged", single | system | replication},
    {"whencreated", single | system},
    {"wwwhomepage", single},
    // clang-format on
};

constexpr bool by_name(row const& left, row const& right) {
    return left.name < right.name;
}
static_assert(std::is_sorted(std::begin(rows), std::end(rows), by_name));
static_assert(std::adjacent_find(std::begin(rows), std::end(rows), [](row const& a, row const& b) {
                  return a.name == b.name;
              }) == std::end(rows));

constexpr std::size_t longest_name = 64;

unsigned flags_of(std::string_view description) {
    auto const spelled = attribute_name(description);
    if (spelled.size() > longest_name)
        return 0;
    std::array<char, longest_name> lower{};
    std::transform(spelled.begin(), spelled.end(), lower.begin(), to_lower);
    row const wanted{{lower.data(), spelled.size()}, 0};
    auto const* const found = std::lower_bound(std::begin(rows), std::end(rows), wanted, by_name);
    return found != std::end(rows) && found->name == wanted.name ? found->flags : 0;
}

} // namespace

attribute_rules rules_of(std::string_view description) {
    unsigned const flags = flags_of(description);
    auto const has = [flags](flag one) {
        return (flags & one) != 0;
    };
    return {has(single), has(name), has(forward), has(back), has(system), has(constructed), has(replication)};
}

bool is_outside_change_files(std::string_view description) {
    return (flags_of(description) & (back | system | constructed | replication)) != 0;
}

std::string value_key(std::string_view description, std::string_view value) {
    if ((flags_of(description) & name) != 0)
        if (auto key = normalize_name_value(value))
            return std::move(*key);
    bool const has_control =
        std::any_of(value.begin(), value.end(), [](char c) { return c >= 0 && c < 0x20; });
    if (has_control || !utf8::is_valid(value.begin(), value.end()))
        return std::string(value);
    std::string key;
    append_folded(key, value);
    return key;
}

bool same_value(std::string_view description, std::string_view left, std::string_view right) {
    return left == right || value_key(description, left) == value_key(description, right);
}

} // namespace dsplan::ldif
