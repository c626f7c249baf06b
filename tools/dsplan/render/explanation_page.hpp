#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <string>

namespace dsplan::render {

/// What the page is about. Octets are shown where every account in it has a SID.
struct explained_descriptor {
    sddl::security_descriptor const& value;
    words::explanation const& explanation;
    sddl::domain_sids const& sids;
    bool has_octets = true;
};

/// A page that teaches one descriptor: its SDDL, its ACEs in words and its octets side by side, what the bits
/// in it mean, and what objects below would inherit. Pointing at a part of one lights it in the others, where
/// scripts run.
[[nodiscard]] std::string explanation_page(explained_descriptor const& shown);

} // namespace dsplan::render
