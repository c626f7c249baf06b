#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <string>
#include <string_view>
#include <vector>

/// The records that the LDIF files of a plan hold. Each list is empty where the plan has nothing for it.
namespace dsplan::plan {

/// Creates the group that does not exist yet.
[[nodiscard]] std::vector<ldif::record> group_records(domain_changes const& changes);

/// Replaces descriptors whole: only those that the export holds whole, and that dsacls can change too.
[[nodiscard]] std::vector<ldif::record> permission_records(domain_changes const& changes);

/// The same of those that dsacls cannot change.
[[nodiscard]] std::vector<ldif::record> descriptor_records(domain_changes const& changes);

/// Every descriptor that the plan knows whole but for parts that the export lacks, whichever way it goes.
[[nodiscard]] std::vector<ldif::record> known_descriptor_records(domain_changes const& changes);

/// Removes and adds members, group by group; at most 1,000 values a record.
[[nodiscard]] std::vector<ldif::record> member_records(domain_changes const& changes);

/// Undoes what the others do, last first. A created group is deleted.
[[nodiscard]] std::vector<ldif::record> rollback_records(domain_changes const& changes);

/// A record that gives one attribute of an object one value.
[[nodiscard]] ldif::record modify_record(std::string_view dn, ldif::modification_operation operation,
                                         std::string_view attribute, std::string value);

} // namespace dsplan::plan
