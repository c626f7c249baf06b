#pragma once
#include <tools/dsplan/plan/dsacls/script.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::plan {

/// Text that remembers where each of its octets stands in a file, while variables and quotation marks go.
struct marked_text {
    std::string octets;
    std::vector<request_place> places; ///< one an octet; without the file

    void add(char octet, request_place const& place) {
        octets += octet;
        places.push_back(place);
    }
    void add(std::string_view text, request_place const& place) {
        for (char const octet : text)
            add(octet, place);
    }
    [[nodiscard]] marked_text from(std::size_t start) const {
        auto const cut = start < octets.size() ? start : octets.size();
        return {octets.substr(cut), {places.begin() + static_cast<std::ptrdiff_t>(cut), places.end()}};
    }
};

/// The words of a command line as a Windows program takes them apart: blanks part them outside quotation
/// marks, a backslash counts before a quotation mark alone, and two of these within quotation marks are one.
[[nodiscard]] std::vector<script_word> windows_arguments(marked_text const& line, std::string const& file);

} // namespace dsplan::plan
