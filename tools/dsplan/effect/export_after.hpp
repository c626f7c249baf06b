#pragma once
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/effect/change_application.hpp>

#include <string>

namespace dsplan::effect {

/// What an export would say once the changes are made and inheritance has been passed on. AdminSDHolder's
/// task has not run; SIDs and descriptors that the server gives to new objects are missing. `place` is where
/// the changes come from, for messages. Error: temporary files that fail.
[[nodiscard]] result<directory::snapshot> export_after(change_context const& context,
                                                       directory::membership const& members,
                                                       change_application const& applied, std::string place);

} // namespace dsplan::effect
