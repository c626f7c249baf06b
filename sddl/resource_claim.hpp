#pragma once
#include <sddl/bytes.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/sid.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dsplan::sddl {

/// What the values of a claim are. [MS-DTYP] 2.4.10.1
enum class claim_type : std::uint16_t {
    signed_integer = 0x0001,   ///< TI
    unsigned_integer = 0x0002, ///< TU
    string = 0x0003,           ///< TS
    account = 0x0005,          ///< TD
    boolean = 0x0006,          ///< TB
    octets = 0x0010,           ///< TX
};

/// Integers and booleans are the 64 bits that are stored.
using claim_value = std::variant<std::uint64_t, std::u16string, sid, byte_string>;

/// A resource attribute: CLAIM_SECURITY_ATTRIBUTE_RELATIVE_V1, the data of an RA ACE. [MS-DTYP] 2.4.10.1
struct resource_claim {
    std::u16string name;
    claim_type type = claim_type::signed_integer;
    std::uint32_t flags = 0;
    std::vector<claim_value> values; ///< each of the alternative that goes with `type`

    friend bool operator==(resource_claim const&, resource_claim const&) = default;
};

/// Reads `("Project",TS,0x0,"Windows","SQL")` with its parentheses. [MS-DTYP] 2.5.1.1
[[nodiscard]] result<resource_claim> parse_claim(std::string_view text, domain_sids const& sids = {});

/// The text that Windows prints; nothing for a string that no text can say.
[[nodiscard]] std::optional<std::string> write_claim(resource_claim const& value,
                                                     domain_sids const& sids = {});

/// Reads the binary form; the parts may stand anywhere in it.
[[nodiscard]] result<resource_claim> decode_claim(byte_view bytes);

/// The binary form: the name after the offsets, then the values in their order; zeros up to a multiple of
/// four.
[[nodiscard]] byte_string encode_claim(resource_claim const& value);

} // namespace dsplan::sddl
