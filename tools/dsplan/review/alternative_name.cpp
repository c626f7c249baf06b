#include <ldif/alternative_name.hpp>
#include <tools/dsplan/review/alternative_name.hpp>

#include <span>

namespace dsplan::review {

bool is_alternative_name(std::string_view name) {
    return ldif::looks_like_alternative_name(name);
}

std::optional<sddl::sid> sid_of_name(std::string_view name) {
    auto const parsed = ldif::parse_alternative_name(name);
    if (!parsed || parsed->type != ldif::alternative_name::kind::sid)
        return std::nullopt;
    auto const read = sddl::read_sid(std::as_bytes(std::span(parsed->octets)));
    return read ? std::optional(*read) : std::nullopt;
}

directory::entry const* find_by_any_name(directory::snapshot const& exported, std::string_view name) {
    if (!is_alternative_name(name))
        return exported.find(name);
    auto const sid = sid_of_name(name);
    return sid ? exported.find(*sid) : nullptr;
}

} // namespace dsplan::review
