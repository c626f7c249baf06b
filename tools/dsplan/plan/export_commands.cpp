#include <tools/dsplan/ground/windows_command.hpp>
#include <tools/dsplan/plan/export_commands.hpp>

#include <fmt/format.h>

namespace dsplan::plan::export_commands {
namespace {

std::string below_forest_root(std::string_view prefix, std::string_view forest_root_dn) {
    return forest_root_dn.empty()
               ? fmt::format("\"{},<DN of the forest root domain>\"", prefix)
               : quote_argument_or(fmt::format("{},{}", prefix, forest_root_dn), "DN of the container");
}

} // namespace

std::string domain_root(std::string_view domain_dn) {
    return fmt::format(
        "ldifde -f root.ldf -h -d {} -p Base -l "
        "nTSecurityDescriptor,objectSid,objectClass,otherWellKnownObjects,msDS-Behavior-Version",
        quote_argument_or(domain_dn, "DN of the domain"));
}

std::string object_descriptor(std::string_view dn) {
    return fmt::format("ldifde -f object.ldf -h -d {} -p Base -l nTSecurityDescriptor,objectSid,objectClass",
                       quote_argument_or(dn, "DN of the object"));
}

std::string accounts(std::string_view domain_dn) {
    return fmt::format("ldifde -f users.ldf -h -d {} -r "
                       "\"(|(objectClass=user)(objectClass=group)(objectClass=organizationalUnit)("
                       "objectClass=container)(objectClass=builtinDomain)("
                       "objectClass=foreignSecurityPrincipal))\" -l "
                       "objectClass,objectSid,sAMAccountName,userPrincipalName,member,memberOf,"
                       "primaryGroupID,groupType,adminCount,"
                       "nTSecurityDescriptor",
                       quote_argument_or(domain_dn, "DN of the domain"));
}

std::string domain_controllers(std::string_view domain_dn) {
    return fmt::format(
        "ldifde -f controllers.ldf -h -d {} -r \"(userAccountControl:1.2.840.113556.1.4.803:=8192)\" -l "
        "objectClass,userAccountControl,operatingSystem,operatingSystemVersion",
        quote_argument_or(domain_dn, "DN of the domain"));
}

std::string schema_version(std::string_view forest_root_dn) {
    return fmt::format("ldifde -f schema.ldf -h -d {} -p Base -l objectClass,objectVersion",
                       below_forest_root("CN=Schema,CN=Configuration", forest_root_dn));
}

std::string partitions(std::string_view forest_root_dn) {
    return fmt::format("ldifde -f partitions.ldf -h -d {} -r \"(objectClass=crossRef)\" -l "
                       "objectClass,nCName,nETBIOSName,systemFlags",
                       below_forest_root("CN=Partitions,CN=Configuration", forest_root_dn));
}

} // namespace dsplan::plan::export_commands
