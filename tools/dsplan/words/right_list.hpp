#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::words {

/// A right as a list of them shows it.
struct listed_right {
    right named;
    std::string kind;                ///< "extended right", "attribute", "on the object"
    std::string letters;             ///< of SDDL, and those of dsacls where they differ: "CR (dsacls CA)"
    std::vector<std::string> others; ///< what it is called elsewhere
};

/// The rights on an object, its extended rights, validated writes and property sets; with a text those whose
/// names hold it or that it means, attributes and classes among them. In the order of kinds, then by name.
[[nodiscard]] std::vector<listed_right> list_rights(directory::schema const& known, std::string_view text);

} // namespace dsplan::words
