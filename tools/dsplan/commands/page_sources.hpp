#pragma once
#include <tools/dsplan/render/page_foot.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::commands {

/// Arguments of one kind: files, "-" for standard input, or a text itself.
struct source_arguments {
    std::string_view role; ///< "change", "base"
    std::span<std::string const> arguments;
};

/// What a page was made from, for its foot: files with their sums.
[[nodiscard]] render::page_provenance page_sources(std::vector<source_arguments> const& given);

} // namespace dsplan::commands
