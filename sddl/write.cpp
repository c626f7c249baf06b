#include <sddl/ace_flags.hpp>
#include <sddl/ace_types.hpp>
#include <sddl/condition.hpp>
#include <sddl/octets.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/rights.hpp>
#include <sddl/text.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>

#include <fmt/compile.h>
#include <fmt/format.h>

#include <iterator>
#include <optional>

namespace dsplan::sddl {
namespace {

template <std::size_t count>
constexpr std::uint32_t all_bits(std::array<right_row, count> const& rows) {
    std::uint32_t bits = 0;
    for (auto const& row : rows)
        bits |= row.bit;
    return bits;
}

// Letters only where every bit has one: half a mask in letters would hide the other half.
template <std::size_t count>
void append_letters(std::string& text, access_mask mask, std::array<right_row, count> const& rows) {
    if ((mask.bits & ~all_bits(rows)) != 0) {
        fmt::format_to(std::back_inserter(text), FMT_COMPILE("0x{:x}"), mask.bits);
        return;
    }
    for (auto const& row : rows)
        if ((mask.bits & row.bit) != 0)
            text += row.text;
}

void append_rights(std::string& text, access_mask mask) {
    for (auto const& set : rights_sets) {
        if (set.bits == mask.bits) {
            text += set.text;
            return;
        }
    }
    append_letters(text, mask, rights);
}

void append_trustee(std::string& text, sid const& value, domain_sids const& sids) {
    if (auto const* const row = find_well_known(value, sids))
        text += row->alias;
    else
        append_text(text, value);
}

void append_flags(std::string& text, std::uint8_t flags) {
    for (auto const& row : ace_flags)
        if ((flags & row.bit) != 0)
            text += row.text;
}

void append_guid(std::string& text, std::optional<guid> const& value) {
    if (value)
        append_text(text, *value);
}

// "(?04;CI;;;;;0a0b…)": `parse` knows no type that starts with '?'.
void append_opaque(std::string& text, ace const& value) {
    byte_string bytes;
    append(bytes, value);
    fmt::format_to(std::back_inserter(text), "(?{:02x};", static_cast<unsigned>(value.type));
    append_flags(text, value.flags);
    text += ";;;;;";
    for (auto const octet : byte_view(bytes).subspan(4))
        fmt::format_to(std::back_inserter(text), FMT_COMPILE("{:02x}"), std::to_integer<unsigned>(octet));
    text += ')';
}

// The seventh field; nothing where the data has no text.
std::optional<std::string> application_of(ace const& value, domain_sids const& sids) {
    if (value.type == ace_type::system_resource_attribute) {
        auto const claim = decode_claim(value.data);
        return claim ? write_claim(*claim, sids) : std::nullopt;
    }
    auto const read = decode_condition(value.data);
    return read ? write_condition(*read, sids) : std::nullopt;
}

bool has_application(ace const& value) {
    return is_callback(value.type) || value.type == ace_type::system_resource_attribute ||
           (value.type == ace_type::system_access_filter && is_condition(value.data));
}

void append_ace(std::string& text, ace const& value, domain_sids const& sids) {
    auto const* const row = find_ace_type(value.type);
    if (!row || row->text.empty())
        return append_opaque(text, value);
    std::optional<std::string> application;
    if (has_application(value)) {
        application = application_of(value, sids);
        if (!application)
            return append_opaque(text, value);
    }
    text += '(';
    text += row->text;
    text += ';';
    append_flags(text, value.flags);
    text += ';';
    if (value.type == ace_type::system_mandatory_label)
        append_letters(text, value.mask, label_rights);
    else
        append_rights(text, value.mask);
    text += ';';
    append_guid(text, value.object_type);
    text += ';';
    append_guid(text, value.inherited_object_type);
    text += ';';
    append_trustee(text, value.trustee, sids);
    if (application) {
        text += ';';
        text += *application;
    }
    text += ')';
}

struct acl_bits {
    std::uint16_t present;
    std::uint16_t is_protected;
    std::uint16_t auto_inherit_required;
    std::uint16_t auto_inherited;
};

constexpr acl_bits dacl_bits{control_bit::dacl_present, control_bit::dacl_protected,
                             control_bit::dacl_auto_inherit_required, control_bit::dacl_auto_inherited};
constexpr acl_bits sacl_bits{control_bit::sacl_present, control_bit::sacl_protected,
                             control_bit::sacl_auto_inherit_required, control_bit::sacl_auto_inherited};

void append_acl(std::string& text, std::string_view mark, security_descriptor const& descriptor,
                std::optional<acl> const& list, acl_bits const& bits, domain_sids const& sids) {
    if (!descriptor.has(bits.present))
        return;
    text += mark;
    if (descriptor.has(bits.is_protected))
        text += 'P';
    if (descriptor.has(bits.auto_inherit_required))
        text += "AR";
    if (descriptor.has(bits.auto_inherited))
        text += "AI";
    if (!list) {
        text += "NO_ACCESS_CONTROL";
        return;
    }
    for (auto const& entry : list->aces)
        append_ace(text, entry, sids);
}

std::size_t text_estimate(security_descriptor const& descriptor) {
    constexpr std::size_t for_an_ace = 80;
    return for_an_ace * (2 + (descriptor.dacl ? descriptor.dacl->aces.size() : 0) +
                         (descriptor.sacl ? descriptor.sacl->aces.size() : 0));
}

} // namespace

std::string write(security_descriptor const& descriptor, domain_sids const& sids) {
    std::string text;
    text.reserve(text_estimate(descriptor));
    if (descriptor.owner) {
        text += "O:";
        append_trustee(text, *descriptor.owner, sids);
    }
    if (descriptor.group) {
        text += "G:";
        append_trustee(text, *descriptor.group, sids);
    }
    append_acl(text, "D:", descriptor, descriptor.dacl, dacl_bits, sids);
    append_acl(text, "S:", descriptor, descriptor.sacl, sacl_bits, sids);
    return text;
}

std::string write_ace(ace const& value, domain_sids const& sids) {
    std::string text;
    append_ace(text, value, sids);
    return text;
}

std::string write_trustee(sid const& value, domain_sids const& sids) {
    std::string text;
    append_trustee(text, value, sids);
    return text;
}

std::string write_rights(access_mask mask) {
    std::string text;
    append_rights(text, mask);
    return text;
}

std::string write_label_rights(access_mask mask) {
    std::string text;
    append_letters(text, mask, label_rights);
    return text;
}

} // namespace dsplan::sddl
