#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>

#include <string>

namespace dsplan::review {

/// What is dangerous about a record as a whole: objects that the directory needs are deleted, renamed or
/// moved, a tree is deleted, an operation of the rootDSE runs. `why_privileged` is empty for ordinary
/// objects.
void find_in_record(ldif::record const& change, changed_object const& object,
                    std::string const& why_privileged, finding_list const& findings);

/// Whether the record deletes a whole tree: it carries the control for it.
[[nodiscard]] bool deletes_tree(ldif::record const& change);

} // namespace dsplan::review
