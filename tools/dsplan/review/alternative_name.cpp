#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/alternative_name.hpp>

#include <charconv>
#include <span>
#include <string>

namespace dsplan::review {
namespace {

// What stands behind "<SID=" and before ">"; empty for another form.
std::string_view inside(std::string_view name, std::string_view start) {
    if (name.size() <= start.size() + 1 || name.back() != '>' ||
        !equal_ignoring_case(name.substr(0, start.size()), start))
        return {};
    return name.substr(start.size(), name.size() - start.size() - 1);
}

std::optional<std::string> octets_of(std::string_view hexadecimal) {
    std::string octets;
    for (std::size_t place = 0; place + 1 < hexadecimal.size(); place += 2) {
        unsigned octet = 0;
        auto const* const begin = hexadecimal.data() + place;
        auto const read = std::from_chars(begin, begin + 2, octet, 16);
        if (read.ec != std::errc{} || read.ptr != begin + 2)
            return std::nullopt;
        octets.push_back(static_cast<char>(octet));
    }
    return octets;
}

} // namespace

bool is_alternative_name(std::string_view name) {
    return !name.empty() && name.front() == '<';
}

std::optional<sddl::sid> sid_of_name(std::string_view name) {
    auto const text = inside(name, "<SID=");
    if (text.empty())
        return std::nullopt;
    if (auto const parsed = sddl::parse_sid(text))
        return *parsed;
    auto const octets = octets_of(text);
    if (!octets)
        return std::nullopt;
    auto const read = sddl::read_sid(std::as_bytes(std::span(*octets)));
    return read ? std::optional(*read) : std::nullopt;
}

directory::entry const* find_by_any_name(directory::snapshot const& exported, std::string_view name) {
    if (!is_alternative_name(name))
        return exported.find(name);
    auto const sid = sid_of_name(name);
    return sid ? exported.find(*sid) : nullptr;
}

} // namespace dsplan::review
