#include <sddl/ace_flags.hpp>
#include <sddl/ace_types.hpp>
#include <sddl/condition.hpp>
#include <sddl/detail/acl_control.hpp>
#include <sddl/detail/octets.hpp>
#include <sddl/detail/text.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/rights.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

namespace dsplan::sddl {
namespace {

// The first six fields of an ACE are put together here and then appended at once.
using field_buffer = std::array<char, 384>;
static_assert(std::tuple_size_v<field_buffer> >= std::string_view("(AU;;;;;;)").size() +
                                                     2 * ace_flags.size() + 2 * rights.size() +
                                                     2 * guid_text_size + largest_sid_text);

char* put(char* place, std::string_view text) {
    return std::copy(text.begin(), text.end(), place);
}

// The two letters of each bit that has some.
struct bit_letters {
    std::uint32_t bits = 0;
    std::array<std::array<char, 2>, 32> letters{};
};

template <class Rows>
constexpr bit_letters letters_of(Rows const& rows) {
    bit_letters table;
    for (auto const& row : rows) {
        table.bits |= row.bit;
        table.letters[static_cast<std::size_t>(std::countr_zero(std::uint32_t{row.bit}))] = {row.text[0],
                                                                                             row.text[1]};
    }
    return table;
}

constexpr auto flag_letters = letters_of(ace_flags);
constexpr auto right_letters = letters_of(rights);
constexpr auto label_letters = letters_of(label_rights);

char* put_letters(char* place, std::uint32_t bits, bit_letters const& table) {
    for (; bits != 0; bits &= bits - 1)
        place = put(place, {table.letters[static_cast<std::size_t>(std::countr_zero(bits))].data(), 2});
    return place;
}

// Letters only where every bit has one: half a mask in letters would hide the other half.
char* put_mask(char* place, access_mask mask, bit_letters const& table) {
    if ((mask.bits & ~table.bits) == 0)
        return put_letters(place, mask.bits, table);
    place = put(place, "0x");
    return std::to_chars(place, place + 8, mask.bits, 16).ptr;
}

char* put_rights(char* place, access_mask mask) {
    for (auto const& set : rights_sets)
        if (set.bits == mask.bits)
            return put(place, set.text);
    return put_mask(place, mask, right_letters);
}

char* put_trustee(char* place, sid const& value, domain_sids const& sids) {
    if (auto const* const row = find_well_known(value, sids); row != nullptr && !row->alias.empty())
        return put(place, row->alias);
    return put_text(place, value);
}

char* put_guid(char* place, std::optional<guid> const& value) {
    return value ? put_text(place, *value) : place;
}

template <class Put>
std::string text_of(Put const& put_it) {
    field_buffer buffer;
    return {buffer.data(), put_it(buffer.data())};
}

void append_trustee(std::string& text, sid const& value, domain_sids const& sids) {
    field_buffer buffer;
    text.append(buffer.data(), put_trustee(buffer.data(), value, sids));
}

// "(?04;CI;;;;;0a0b…)": `parse` knows no type that starts with '?'.
void append_opaque(std::string& text, ace const& value) {
    byte_string bytes;
    append(bytes, value);
    fmt::format_to(std::back_inserter(text), "(?{:02x};", static_cast<unsigned>(value.type));
    text += text_of([&](char* place) { return put_letters(place, value.flags, flag_letters); });
    text += ";;;;;";
    for (auto const octet : byte_view(bytes).subspan(4))
        fmt::format_to(std::back_inserter(text), FMT_COMPILE("{:02x}"), std::to_integer<unsigned>(octet));
    text += ')';
}

// The seventh field; nothing where the data has no text.
std::optional<std::string> application_of(ace const& value, domain_sids const& sids) {
    if (is_claim(value.type)) {
        auto const claim = decode_claim(value.data);
        return claim ? write_claim(*claim, sids) : std::nullopt;
    }
    auto const read = decode_condition(value.data);
    return read ? write_condition(*read, sids) : std::nullopt;
}

bool has_application(ace const& value) {
    return has_condition(value) || is_claim(value.type);
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
    field_buffer buffer;
    auto* place = buffer.data();
    *place++ = '(';
    place = put(place, row->text);
    *place++ = ';';
    place = put_letters(place, value.flags, flag_letters);
    *place++ = ';';
    place = is_label(value.type) ? put_mask(place, value.mask, label_letters) : put_rights(place, value.mask);
    *place++ = ';';
    place = put_guid(place, value.object_type);
    *place++ = ';';
    place = put_guid(place, value.inherited_object_type);
    *place++ = ';';
    place = put_trustee(place, value.trustee, sids);
    *place++ = application ? ';' : ')';
    text.append(buffer.data(), place);
    if (application) {
        text += *application;
        text += ')';
    }
}

void append_acl(std::string& text, std::string_view mark, security_descriptor const& descriptor,
                std::optional<acl> const& list, acl_control const& bits, domain_sids const& sids) {
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
    append_acl(text, "D:", descriptor, descriptor.dacl, dacl_control, sids);
    append_acl(text, "S:", descriptor, descriptor.sacl, sacl_control, sids);
    return text;
}

std::string write_ace(ace const& value, domain_sids const& sids) {
    std::string text;
    append_ace(text, value, sids);
    return text;
}

std::string write_trustee(sid const& value, domain_sids const& sids) {
    return text_of([&](char* place) { return put_trustee(place, value, sids); });
}

std::string write_rights(access_mask mask) {
    return text_of([mask](char* place) { return put_rights(place, mask); });
}

std::string write_label_rights(access_mask mask) {
    return text_of([mask](char* place) { return put_mask(place, mask, label_letters); });
}

} // namespace dsplan::sddl
