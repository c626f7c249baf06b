#include <sddl/ace_types.hpp>
#include <sddl/number.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/forms/descriptor_json.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/json_document.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <limits>
#include <stdexcept>
#include <utility>

namespace dsplan {
namespace {

using json = nlohmann::ordered_json;
using part_kind = sddl::layout::part::kind;

struct part_name {
    std::string_view name;
    part_kind which;
};

constexpr std::array<part_name, 4> part_names{{{"owner", part_kind::owner},
                                               {"group", part_kind::group},
                                               {"sacl", part_kind::sacl},
                                               {"dacl", part_kind::dacl}}};

// ---- writing

// A SID without sub-authorities has no text that reads back: its octets stand for it.
std::string sid_text(sddl::sid const& value) {
    if (value.sub_authority_count > 0)
        return fmt::format("{}", value);
    sddl::byte_string octets;
    append(octets, value);
    return "hex:" + hex_text(octets);
}

json ace_json(sddl::ace const& value, sddl::domain_sids const& sids) {
    json made;
    made["type"] = static_cast<unsigned>(value.type);
    if (auto const* const row = sddl::find_ace_type(value.type))
        made["type_name"] = row->name;
    made["flags"] = value.flags;
    if (sddl::is_known_type(value.type)) {
        made["mask"] = value.mask.bits;
        if (value.reserved_object_flags != 0)
            made["reserved_object_flags"] = value.reserved_object_flags;
        if (value.object_type)
            made["object_type"] = fmt::format("{}", *value.object_type);
        if (value.inherited_object_type)
            made["inherited_object_type"] = fmt::format("{}", *value.inherited_object_type);
        made["trustee"] = sid_text(value.trustee);
    }
    if (!value.data.empty())
        made["data"] = hex_text(value.data);
    made["sddl"] = sddl::write_ace(value, sids);
    return made;
}

json acl_json(std::optional<sddl::acl> const& list, sddl::domain_sids const& sids) {
    if (!list)
        return nullptr;
    json made{{"revision", list->revision}};
    if (list->reserved1 != 0)
        made["reserved1"] = list->reserved1;
    if (list->reserved2 != 0)
        made["reserved2"] = list->reserved2;
    made["aces"] = json::array();
    for (auto const& entry : list->aces)
        made["aces"].push_back(ace_json(entry, sids));
    if (!list->slack.empty())
        made["slack"] = hex_text(list->slack);
    return made;
}

json layout_json(sddl::layout const& places) {
    json parts = json::array();
    for (auto const& part : places.parts)
        for (auto const& row : part_names)
            if (row.which == part.which)
                parts.push_back({{"part", row.name}, {"offset", part.offset}, {"size", part.size}});
    json gaps = json::array();
    for (auto const& gap : places.gaps)
        gaps.push_back({{"offset", gap.offset}, {"octets", hex_text(gap.octets)}});
    return {{"parts", parts}, {"gaps", gaps}};
}

// ---- reading: what is wrong is thrown up to read_descriptor_json, which knows no column for it

struct malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

[[noreturn]] void refuse(std::string const& where, std::string_view expected) {
    throw malformed(fmt::format("expected {} in {}", expected, where));
}

// A member that nothing reads is refused: a misspelt "dacl" would make a descriptor that allows everything.
json const& object_at(json const& value, std::string const& where,
                      std::initializer_list<std::string_view> members) {
    if (!value.is_object())
        refuse(where, "an object");
    for (auto const& member : value.items())
        if (std::find(members.begin(), members.end(), member.key()) == members.end())
            throw malformed(fmt::format("expected one of {} in {}, found {}", fmt::join(members, ", "), where,
                                        sddl::quoted(member.key())));
    return value;
}

template <class Number>
Number number_at(json const& object, char const* key, std::string const& where, Number missing) {
    auto const found = object.find(key);
    if (found == object.end())
        return missing;
    constexpr std::uint64_t largest = std::numeric_limits<Number>::max();
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > largest)
        refuse(fmt::format("{}.{}", where, key), fmt::format("a number from 0 to {}", largest));
    return static_cast<Number>(found->get<std::uint64_t>());
}

std::string const* text_at(json const& object, char const* key, std::string const& where) {
    auto const found = object.find(key);
    if (found == object.end())
        return nullptr;
    if (!found->is_string())
        refuse(fmt::format("{}.{}", where, key), "a text");
    return found->get_ptr<std::string const*>();
}

sddl::byte_string octets_of_hexadecimal(std::string_view text, std::string const& where) {
    if (text.size() % 2 != 0)
        refuse(where, "an even number of hexadecimal digits");
    sddl::byte_string octets;
    for (std::size_t place = 0; place < text.size(); place += 2) {
        auto const high = sddl::hexadecimal_value(text[place]);
        auto const low = sddl::hexadecimal_value(text[place + 1]);
        if (high > 15 || low > 15)
            refuse(where, "hexadecimal digits");
        octets.push_back(static_cast<std::byte>(high * 16 + low));
    }
    return octets;
}

sddl::byte_string octets_at(json const& object, char const* key, std::string const& where) {
    auto const* const text = text_at(object, key, where);
    return text ? octets_of_hexadecimal(*text, fmt::format("{}.{}", where, key)) : sddl::byte_string{};
}

std::optional<sddl::sid> sid_at(json const& object, char const* key, std::string const& where) {
    constexpr std::string_view hex = "hex:";
    auto const* const text = text_at(object, key, where);
    if (!text)
        return std::nullopt;
    auto const place = fmt::format("{}.{}", where, key);
    auto const read = text->starts_with(hex)
                          ? sddl::read_sid(octets_of_hexadecimal(text->substr(hex.size()), place))
                          : sddl::parse_sid(*text);
    if (!read)
        throw malformed(fmt::format("{} in {}", message(read.error()), place));
    return *read;
}

std::optional<sddl::guid> guid_at(json const& object, char const* key, std::string const& where) {
    auto const* const text = text_at(object, key, where);
    if (!text)
        return std::nullopt;
    auto const read = sddl::parse_guid(*text);
    if (!read)
        throw malformed(fmt::format("{} in {}.{}", message(read.error()), where, key));
    return *read;
}

// What a type of ACE has no room for must not be dropped: without its object type a grant would be of
// everything.
void refuse_members(json const& object, std::initializer_list<char const*> members, std::string const& where,
                    unsigned type) {
    for (auto const* const member : members)
        if (object.contains(member))
            refuse(where,
                   fmt::format("no member '{}', which an ACE of type {} does not have,", member, type));
}

sddl::ace read_ace(json const& value, std::string const& where) {
    auto const& object = object_at(value, where,
                                   {"type", "type_name", "flags", "mask", "reserved_object_flags",
                                    "object_type", "inherited_object_type", "trustee", "data", "sddl"});
    if (!object.contains("type"))
        refuse(where, "the member 'type'");
    sddl::ace read;
    read.type = static_cast<sddl::ace_type>(number_at<std::uint8_t>(object, "type", where, 0));
    read.flags = number_at<std::uint8_t>(object, "flags", where, 0);
    read.data = octets_at(object, "data", where);
    auto const type = static_cast<unsigned>(read.type);
    if (!sddl::is_object_type(read.type))
        refuse_members(object, {"object_type", "inherited_object_type", "reserved_object_flags"}, where,
                       type);
    if (!sddl::is_known_type(read.type)) {
        refuse_members(object, {"mask", "trustee"}, where, type);
        return read;
    }
    read.mask.bits = number_at<std::uint32_t>(object, "mask", where, 0);
    read.reserved_object_flags = number_at<std::uint32_t>(object, "reserved_object_flags", where, 0) & ~3U;
    if (sddl::is_object_type(read.type)) {
        read.object_type = guid_at(object, "object_type", where);
        read.inherited_object_type = guid_at(object, "inherited_object_type", where);
    }
    auto const trustee = sid_at(object, "trustee", where);
    if (!trustee)
        refuse(where, "the member 'trustee'");
    read.trustee = *trustee;
    return read;
}

sddl::acl read_acl(json const& value, std::string const& where) {
    auto const& object = object_at(value, where, {"revision", "reserved1", "reserved2", "aces", "slack"});
    sddl::acl read;
    auto const aces = object.find("aces");
    if (aces != object.end() && !aces->is_array())
        refuse(where + ".aces", "a list");
    if (aces != object.end())
        for (std::size_t index = 0; index < aces->size(); ++index)
            read.aces.push_back(read_ace((*aces)[index], fmt::format("{}.aces[{}]", where, index)));
    read.revision = number_at<std::uint8_t>(object, "revision", where, sddl::revision_for(read.aces));
    read.reserved1 = number_at<std::uint8_t>(object, "reserved1", where, 0);
    read.reserved2 = number_at<std::uint16_t>(object, "reserved2", where, 0);
    read.slack = octets_at(object, "slack", where);
    if (size_of(read) > sddl::largest_acl)
        refuse(where, "a list of at most 65535 octets");
    return read;
}

std::optional<sddl::acl> list_at(json const& object, char const* key) {
    auto const found = object.find(key);
    if (found == object.end() || found->is_null())
        return std::nullopt;
    return read_acl(*found, key);
}

void read_part(json const& value, std::string const& where, sddl::layout& places) {
    auto const* const name = text_at(object_at(value, where, {"part", "offset", "size"}), "part", where);
    for (auto const& row : part_names) {
        if (!name || row.name != *name)
            continue;
        auto const offset = number_at<std::uint32_t>(value, "offset", where, 0);
        if (places.parts.has(row.which))
            refuse(where, "each part once");
        if (!places.parts.empty() && offset < (places.parts.end() - 1)->offset)
            refuse(where, "ascending offsets");
        places.parts.insert({row.which, offset, number_at<std::uint32_t>(value, "size", where, 0)});
        return;
    }
    refuse(where + ".part", "owner, group, sacl or dacl");
}

// What does not tile the octets as a reader would have found them cannot be written back.
void check_layout(sddl::layout const& places) {
    std::uint64_t covered = 20;
    auto gap = places.gaps.begin();
    auto const take_gaps = [&](std::uint64_t until) {
        for (; gap != places.gaps.end() && gap->offset < until; ++gap) {
            if (gap->offset != covered || gap->octets.empty())
                refuse("layout.gaps", "what the parts leave free, in ascending order");
            covered += gap->octets.size();
        }
    };
    for (auto const& part : places.parts) {
        if (part.size == 0)
            continue;
        take_gaps(part.offset);
        if (part.offset > covered || part.offset < 20)
            refuse("layout", "parts and gaps that cover everything after the header");
        covered = std::max<std::uint64_t>(covered, std::uint64_t{part.offset} + part.size);
    }
    take_gaps(std::numeric_limits<std::uint64_t>::max());
}

sddl::layout read_layout(json const& object) {
    sddl::layout places;
    auto const found = object.find("layout");
    if (found == object.end())
        return places;
    auto const& both = object_at(*found, "layout", {"parts", "gaps"});
    for (auto const& part : both.value("parts", json::array()))
        read_part(part, "layout.parts", places);
    for (auto const& gap : both.value("gaps", json::array()))
        places.gaps.push_back({number_at<std::uint32_t>(object_at(gap, "layout.gaps", {"offset", "octets"}),
                                                        "offset", "layout.gaps", 0),
                               octets_at(gap, "octets", "layout.gaps")});
    check_layout(places);
    return places;
}

sddl::security_descriptor read_object(json const& object) {
    sddl::security_descriptor read;
    std::string const where = "the descriptor";
    object_at(object, where,
              {"format", "version", "revision", "resource_manager_control", "control", "owner", "group",
               "sacl", "dacl", "layout", "sddl"});
    if (auto const* const format = text_at(object, "format", where);
        format != nullptr && *format != "dsplan.descriptor")
        refuse(where + ".format", "dsplan.descriptor");
    if (number_at<std::uint8_t>(object, "version", where, 1) != 1)
        refuse(where + ".version", "1");
    auto const is_of_reading = [](auto const& member) {
        return member.key() != "sddl" && member.key() != "format" && member.key() != "version";
    };
    auto const members = object.items();
    if (object.contains("sddl") && std::none_of(members.begin(), members.end(), is_of_reading))
        refuse(where, "more than 'sddl', which is written for people and never read,");
    read.revision = number_at<std::uint8_t>(object, "revision", where, 1);
    read.resource_manager_control = number_at<std::uint8_t>(object, "resource_manager_control", where, 0);
    read.owner = sid_at(object, "owner", where);
    read.group = sid_at(object, "group", where);
    read.sacl = list_at(object, "sacl");
    read.dacl = list_at(object, "dacl");
    auto const present = static_cast<std::uint16_t>(
        (object.contains("dacl") ? sddl::control_bit::dacl_present : 0) |
        (object.contains("sacl") ? sddl::control_bit::sacl_present : 0) | sddl::control_bit::self_relative);
    read.control = number_at<std::uint16_t>(object, "control", where, present);
    if ((read.control & present) != present)
        refuse(where + ".control", fmt::format("the bits 0x{:04x} of the lists that are there", present));
    read.read_from = read_layout(object);
    return read;
}

} // namespace

std::string hex_text(sddl::byte_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * octets.size());
    for (auto const octet : octets) {
        text += digits[std::to_integer<std::size_t>(octet) >> 4];
        text += digits[std::to_integer<std::size_t>(octet) & 0xF];
    }
    return text;
}

std::string descriptor_json(sddl::security_descriptor const& descriptor, sddl::domain_sids const& sids,
                            bool on_one_line) {
    auto made = json_document("descriptor", {{"revision", descriptor.revision}});
    if (descriptor.resource_manager_control != 0)
        made["resource_manager_control"] = descriptor.resource_manager_control;
    made["control"] = descriptor.control;
    if (descriptor.owner)
        made["owner"] = sid_text(*descriptor.owner);
    if (descriptor.group)
        made["group"] = sid_text(*descriptor.group);
    if (descriptor.has(sddl::control_bit::sacl_present))
        made["sacl"] = acl_json(descriptor.sacl, sids);
    if (descriptor.has(sddl::control_bit::dacl_present))
        made["dacl"] = acl_json(descriptor.dacl, sids);
    if (!(descriptor.read_from == sddl::layout{}))
        made["layout"] = layout_json(descriptor.read_from);
    made["sddl"] = sddl::write(descriptor, sids);
    return made.dump(on_one_line ? -1 : 2, ' ', false, json::error_handler_t::replace);
}

tl::expected<sddl::security_descriptor, descriptor_problem> read_descriptor_json(std::string_view text) {
    try {
        return read_object(json::parse(text));
    } catch (json::parse_error const& error) {
        auto const column = std::max<std::size_t>(error.byte, 1);
        return tl::unexpected(
            descriptor_problem{column,
                               fmt::format("expected JSON, found {}",
                                           sddl::quoted(text.substr(std::min(column - 1, text.size()), 12))),
                               {}});
    } catch (malformed const& error) {
        return tl::unexpected(descriptor_problem{1, printable(error.what()), {}});
    }
}

} // namespace dsplan
