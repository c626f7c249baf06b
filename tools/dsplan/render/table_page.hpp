#pragma once
#include <tools/dsplan/render/page_foot.hpp>
#include <tools/dsplan/render/page_top.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::render {

/// A table of plain texts. `change` of a row is a word that `look_of` knows, or empty.
struct page_table {
    struct row {
        std::string change;
        std::vector<std::string> cells;
    };

    std::string title;
    std::vector<std::string> headings;
    std::vector<row> rows;
    std::vector<std::size_t> code{}; ///< columns, from 0, whose texts are SDDL, names or octets
};

/// A page of tables below a verdict, for answers that are lists. Tables without rows are left out.
[[nodiscard]] std::string table_page(std::string_view title, verdict_box const& verdict,
                                     std::vector<page_table> const& tables, page_provenance const& from);

/// The same as Markdown.
[[nodiscard]] std::string table_markdown(std::string_view title, verdict_box const& verdict,
                                         std::vector<page_table> const& tables);

} // namespace dsplan::render
