#include <sddl/claim_types.hpp>
#include <sddl/detail/attribute_name.hpp>
#include <sddl/detail/sid_text.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/utf16.hpp>
#include <sddl/write.hpp>

#include <fmt/format.h>

#include <iterator>

namespace dsplan::sddl {
namespace {

struct value_printer {
    std::string& text;
    claim_type type;
    domain_sids const& sids;
    bool is_sayable = true;

    void operator()(std::uint64_t value) {
        if (type == claim_type::signed_integer)
            fmt::format_to(std::back_inserter(text), "{}", static_cast<std::int64_t>(value));
        else
            fmt::format_to(std::back_inserter(text), "{}", value);
        is_sayable = is_sayable && (type != claim_type::boolean || value <= 1);
    }
    void operator()(std::u16string const& value) { is_sayable = append_quoted(text, value) && is_sayable; }
    void operator()(sid const& value) {
        is_sayable = is_sayable && sddl::is_sayable(value);
        text += write_trustee(value, sids);
    }
    void operator()(byte_string const& value) {
        if (value.empty())
            text += '#'; // digits alone would be nothing at all
        for (auto const octet : value)
            fmt::format_to(std::back_inserter(text), "{:02X}", std::to_integer<unsigned>(octet));
    }
};

} // namespace

std::optional<std::string> write_claim(resource_claim const& value, domain_sids const& sids) {
    constexpr std::size_t prefix = std::string_view("@USER.").size();
    auto const name = write_attribute_name({attribute_scope::user, value.name});
    auto const* const row = find_claim_type(value.type);
    if (!name || !row)
        return std::nullopt;
    auto text = fmt::format("(\"{}\",{},0x{:x}", name->substr(prefix), row->text, value.flags);
    value_printer printer{text, value.type, sids};
    for (auto const& one : value.values) {
        text += ',';
        std::visit(printer, one);
    }
    text += ')';
    if (!printer.is_sayable)
        return std::nullopt;
    return text;
}

} // namespace dsplan::sddl
