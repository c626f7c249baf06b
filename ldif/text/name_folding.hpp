#pragma once
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Appends `text`, valid UTF-8, with case, width, the kind of kana and combining marks folded away, which is
/// how Active Directory compares names. MS-ADTS 3.1.1.2.2.4 (NORM_IGNORECASE, NORM_IGNOREWIDTH,
/// NORM_IGNOREKANATYPE, NORM_IGNORENONSPACE)
///
/// One code point for one: Windows' expansions (sharp s and "ss", the letter ae and "ae") are not made, so
/// two names that differ in them stay two names.
void append_folded(std::string& folded, std::string_view text);

/// ASCII alone, for attribute names and keywords.
[[nodiscard]] constexpr char to_lower(char octet) {
    return octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet - 'A' + 'a') : octet;
}

[[nodiscard]] std::string lower_case(std::string_view text);

/// True where `text` is `lower` in any case; `lower` has no capitals.
[[nodiscard]] constexpr bool equals_keyword(std::string_view text, std::string_view lower) {
    if (text.size() != lower.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (to_lower(text[i]) != lower[i])
            return false;
    return true;
}

} // namespace dsplan::ldif
