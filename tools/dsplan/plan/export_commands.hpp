#pragma once
#include <string>
#include <string_view>

/// The ldifde commands that give what an export lacks. DNs come from files: they are quoted for cmd.exe, or
/// left to fill in where that is not possible. All have -h: without it a Windows Server 2025 controller
/// leaves confidential attributes out of the answer and says nothing.
namespace dsplan::plan::export_commands {

/// The root of a domain with its whole descriptor: elevated, by a member of Administrators.
[[nodiscard]] std::string domain_root(std::string_view domain_dn);

/// One object with its whole descriptor.
[[nodiscard]] std::string object_descriptor(std::string_view dn);

/// Users, groups and containers with what membership and inheritance need.
[[nodiscard]] std::string accounts(std::string_view domain_dn);

/// The domain controllers' operating systems.
[[nodiscard]] std::string domain_controllers(std::string_view domain_dn);

/// The version of the schema; `forest_root_dn` may be empty where it is unknown.
[[nodiscard]] std::string schema_version(std::string_view forest_root_dn);

/// The domains of the forest.
[[nodiscard]] std::string partitions(std::string_view forest_root_dn);

} // namespace dsplan::plan::export_commands
