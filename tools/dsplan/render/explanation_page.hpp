#pragma once
#include <sddl/bytes.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/explain/byte_fields.hpp>
#include <tools/dsplan/render/page_foot.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::render {

/// What the page is about. Octets are shown where every account in it has a SID.
struct explained_descriptor {
    sddl::security_descriptor const& value;
    words::explanation const& explanation;
    sddl::domain_sids const& sids;
    page_provenance from;
    bool has_octets = true;
    std::string_view object{}; ///< DN of the object that has it; empty where it belongs to none
};

/// A page that teaches one descriptor: its SDDL, its ACEs in words and its octets side by side, what the bits
/// in it mean, and what objects below would inherit. Pointing at a part of one lights it in the others, where
/// scripts run.
[[nodiscard]] std::string explanation_page(explained_descriptor const& shown);

/// A page of its octets alone, field by field.
[[nodiscard]] std::string octets_page(sddl::byte_view bytes, std::vector<explain::byte_field> const& fields,
                                      page_provenance const& from);

} // namespace dsplan::render
