#pragma once
#include <ldif/parse_error.hpp>
#include <tools/dsplan/render/page_foot.hpp>
#include <tools/dsplan/render/text_lines.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::render {

/// What broke one rule in the files that were checked.
struct broken_ldif_rule {
    std::string name;
    bool is_error = false;
    std::size_t findings = 0;
};

/// What a check of LDIF files comes to.
struct checked_ldif {
    std::size_t records = 0;
    std::vector<broken_ldif_rule> rules; ///< errors first
};

/// One finding as an item of the page.
[[nodiscard]] std::string ldif_finding_html(ldif::parse_error const& what, std::string_view dn);

/// Writes the page of a check. `next_item` gives the findings as `ldif_finding_html` drew them, those of the
/// first rule first.
void write_ldif_check_page(checked_ldif const& checked, std::function<std::string_view()> const& next_item,
                           text_sink const& write, page_provenance const& from);

} // namespace dsplan::render
