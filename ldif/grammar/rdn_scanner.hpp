#pragma once
#include <ldif/parse_error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// What follows one "type=value" in a distinguished name.
enum class rdn_separator { comma, plus, end };

/// One "type=value", still as it is spelled.
struct rdn_part {
    std::string_view type;
    std::string_view value; ///< outer blanks dropped, escapes kept, quotes kept
    bool is_plain = true;   ///< ASCII without escapes, quotes and control characters
    rdn_separator separator = rdn_separator::end;
};

/// Goes over a distinguished name once, from the leaf. RFC 4514 section 3
class rdn_scanner {
public:
    static constexpr std::size_t maximum_parts =
        1000; ///< far more than a directory has, far less than a stack

    explicit rdn_scanner(std::string_view text) : text_(text) {}

    /// The next part; call it until its separator is `end`. Not for the empty name.
    [[nodiscard]] result<rdn_part> next();

private:
    [[nodiscard]] result<std::string_view> scan_type();
    [[nodiscard]] result<void> scan_value(rdn_part& part);
    [[nodiscard]] result<void> scan_quoted(rdn_part& part);
    [[nodiscard]] result<void> scan_string(rdn_part& part);
    [[nodiscard]] result<void> scan_escape();
    [[nodiscard]] parse_error error(std::string expected, std::string hint = {}) const;
    void skip_blanks();

    std::string_view text_;
    std::size_t position_ = 0;
    std::size_t parts_ = 0;
};

/// The value of a part: escapes, quotes and the #hexadecimal form undone.
[[nodiscard]] result<std::string> unescape(rdn_part const& part);

} // namespace dsplan::ldif
