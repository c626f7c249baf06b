#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/review/changed_object.hpp>

#include <string>

namespace dsplan::review {

/// "changes the group CN=Staff,…", "deletes CN=Ruth,… and nothing below it"
[[nodiscard]] std::string summary_of(ldif::record const& change, changed_object const& object);

/// "the group CN=Staff,…"; the name alone where the class is not known.
[[nodiscard]] std::string named(changed_object const& object);

/// True for what a change to the schema is made of.
[[nodiscard]] bool changes_schema(ldif::record const& change);

} // namespace dsplan::review
