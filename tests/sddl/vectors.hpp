#pragma once
#include <sddl/bytes.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/number.hpp>
#include <sddl/sid.hpp>

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::sddl::test {

/// The domain and the forest root that the vectors under testdata/sddl were written for.
inline domain_sids contoso() {
    return {parse_sid("S-1-5-21-1111111111-2222222222-3333333333").value(),
            parse_sid("S-1-5-21-444444444-555555555-666666666").value()};
}

/// A line of a vector file: "input -> expected", or "input" alone, which expects itself.
struct vector {
    std::string place; ///< "sddl/accepted/rights.txt:7"
    std::string input;
    std::string expected;
};

/// Reads testdata/`name`; lines that are empty or start with '#' are left out. In inputs, \t \n \x.. are
/// octets.
inline std::vector<vector> read_vectors(std::string const& name) {
    std::ifstream file(std::string(DSPLAN_TESTDATA) + "/" + name);
    if (!file)
        throw std::runtime_error("no file " + name);
    std::vector<vector> vectors;
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        if (line.empty() || line[0] == '#')
            continue;
        auto const arrow = line.find(" -> ");
        auto const input = line.substr(0, arrow);
        auto const expected = arrow == std::string::npos ? input : line.substr(arrow + 4);
        vectors.push_back({fmt::format("{}:{}", name, number), input, expected});
    }
    return vectors;
}

/// Why there is no value, for BOOST_REQUIRE_MESSAGE, which always evaluates its message.
template <class T>
std::string why(result<T> const& outcome) {
    return outcome ? std::string{} : message(outcome.error());
}

inline byte_string from_hex(std::string_view text) {
    byte_string bytes;
    for (std::size_t place = 0; place < text.size(); ++place) {
        if (is_blank(text[place]))
            continue;
        bytes.push_back(
            static_cast<std::byte>(hexadecimal_value(text[place]) * 16 + hexadecimal_value(text[place + 1])));
        ++place;
    }
    return bytes;
}

inline std::string to_hex(byte_view bytes) {
    std::string text;
    for (auto const octet : bytes)
        text += fmt::format("{:02x}", std::to_integer<unsigned>(octet));
    return text;
}

} // namespace dsplan::sddl::test
