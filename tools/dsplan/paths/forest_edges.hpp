#pragma once
#include <tools/dsplan/paths/control_judge.hpp>
#include <tools/dsplan/paths/value_edges.hpp>

namespace dsplan::paths {

/// What decides for a domain or the whole forest: templates of certificates, settings, defaults of classes,
/// computers that somebody may make domain controllers.
void add_forest_edges(pointing_edges& into, directory_side const& side, account_facts const& facts,
                      control_judge const& judge);

} // namespace dsplan::paths
