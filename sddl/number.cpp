#include <sddl/number.hpp>

namespace dsplan::sddl {
namespace {

bool has_hexadecimal_prefix(std::string_view text) {
    return text.size() > 2 && text[0] == '0' && capital(text[1]) == 'X' && hexadecimal_value(text[2]) < 16;
}

unsigned base_of(std::string_view digits) {
    if (has_hexadecimal_prefix(digits))
        return 16;
    return digits.size() > 1 && digits[0] == '0' ? 8 : 10;
}

} // namespace

number read_number(std::string_view text, unsigned base, std::uint64_t largest) {
    number read;
    std::size_t place = 0;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        read.has_minus = text[0] == '-';
        read.has_plus = text[0] == '+';
        ++place;
    }
    read.base = base == 0 ? base_of(text.substr(place)) : base;
    if (read.base == 16 && has_hexadecimal_prefix(text.substr(place)))
        place += 2;
    auto const first_digit = place;
    for (; place < text.size() && hexadecimal_value(text[place]) < read.base; ++place) {
        auto const digit = hexadecimal_value(text[place]);
        if (read.value > (largest - digit) / read.base)
            read.saturated = true;
        else
            read.value = read.value * read.base + digit;
    }
    if (place == first_digit)
        return read;
    if (read.saturated)
        read.value = largest;
    if (read.has_minus)
        read.value = (0 - read.value) & largest;
    read.consumed = place;
    return read;
}

} // namespace dsplan::sddl
