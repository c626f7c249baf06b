#include <sddl/ace_types.hpp>
#include <sddl/condition.hpp>
#include <sddl/detail/sid_text.hpp>
#include <sddl/lossy.hpp>
#include <sddl/parse.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace dsplan::sddl {
namespace {

using losses = std::vector<std::string>;

struct named_bit {
    std::uint16_t bit;
    std::uint16_t needs; ///< the bit is carried where this one is set too; 0: never
    std::string_view name;
};

constexpr std::array<named_bit, 12> named_control_bits{{
    {control_bit::owner_defaulted, 0, "owner defaulted"},
    {control_bit::group_defaulted, 0, "group defaulted"},
    {control_bit::dacl_defaulted, 0, "DACL defaulted"},
    {control_bit::sacl_defaulted, 0, "SACL defaulted"},
    {control_bit::dacl_trusted, 0, "DACL trusted"},
    {control_bit::server_security, 0, "server security"},
    {control_bit::dacl_auto_inherit_required, control_bit::dacl_present, "DACL auto-inherit required"},
    {control_bit::sacl_auto_inherit_required, control_bit::sacl_present, "SACL auto-inherit required"},
    {control_bit::dacl_auto_inherited, control_bit::dacl_present, "DACL auto-inherited"},
    {control_bit::sacl_auto_inherited, control_bit::sacl_present, "SACL auto-inherited"},
    {control_bit::dacl_protected, control_bit::dacl_present, "DACL protected"},
    {control_bit::sacl_protected, control_bit::sacl_present, "SACL protected"},
}};

void add_control(losses& lost, security_descriptor const& descriptor) {
    for (auto const& row : named_control_bits) {
        if (!descriptor.has(row.bit))
            continue;
        if (row.needs == 0)
            lost.push_back(fmt::format("the control bit 0x{:04x} ({})", row.bit, row.name));
        else if (!descriptor.has(row.needs))
            lost.push_back(fmt::format("the control bit 0x{:04x} ({}) without its list", row.bit, row.name));
    }
    if (descriptor.has(control_bit::rm_control_valid))
        lost.push_back(fmt::format("the control bit 0x{:04x} (resource manager control valid)",
                                   control_bit::rm_control_valid));
    if (descriptor.resource_manager_control != 0)
        lost.push_back(
            fmt::format("the resource manager control byte 0x{:02x}", descriptor.resource_manager_control));
}

// Through the text and back: an integer of 8 bits, say, comes back as one of 64.
std::optional<byte_string> claim_as_text_carries_it(byte_view data) {
    auto const read = decode_claim(data);
    auto const text = read ? write_claim(*read) : std::nullopt;
    auto const back = text ? parse_claim(*text) : tl::unexpected(parse_error{});
    return back ? std::optional(encode_claim(*back)) : std::nullopt;
}

std::optional<byte_string> condition_as_text_carries_it(byte_view data) {
    auto const read = decode_condition(data);
    auto const text = read ? write_condition(*read) : std::nullopt;
    auto const back = text ? parse_condition(*text) : tl::unexpected(parse_error{});
    return back ? std::optional(encode_condition(*back)) : std::nullopt;
}

std::optional<byte_string> data_as_text_carries_it(ace const& value) {
    if (is_claim(value.type))
        return claim_as_text_carries_it(value.data);
    if (has_condition(value))
        return condition_as_text_carries_it(value.data);
    return byte_string{};
}

void add_ace(losses& lost, ace const& value, ace_home home, std::string_view where) {
    auto const* const row = find_ace_type(value.type);
    if (!row || row->text.empty()) {
        lost.push_back(fmt::format("{}: the ACE type 0x{:02x}, which has no text", where,
                                   static_cast<unsigned>(value.type)));
        return;
    }
    if (row->home != home)
        lost.push_back(fmt::format("{}: the type {} in this list", where, row->text));
    if (value.reserved_object_flags != 0)
        lost.push_back(fmt::format("{}: the object flags 0x{:x}", where, value.reserved_object_flags));
    if (!is_sayable(value.trustee))
        lost.push_back(fmt::format("{}: a SID without sub-authorities", where));
    if (is_claim(value.type) && value.trustee != find_alias("WD")->value)
        lost.push_back(
            fmt::format("{}: a resource attribute of {} instead of Everyone", where, value.trustee));
    auto const carried = data_as_text_carries_it(value);
    if (!carried)
        lost.push_back(fmt::format("{}: {} octets of data that have no text", where, value.data.size()));
    else if (*carried != value.data)
        lost.push_back(carried->empty() ? fmt::format("{}: {} octets after its SID", where, value.data.size())
                                        : fmt::format("{}: the exact form of its data", where));
}

void add_list(losses& lost, std::optional<acl> const& list, ace_home home, std::string_view name) {
    if (!list)
        return;
    if (list->revision != revision_for(list->aces))
        lost.push_back(fmt::format("the revision {} of the {}", list->revision, name));
    if (list->reserved1 != 0 || list->reserved2 != 0)
        lost.push_back(fmt::format("the reserved octets of the {}", name));
    if (!list->slack.empty())
        lost.push_back(fmt::format("{} octets after the last ACE of the {}", list->slack.size(), name));
    for (std::size_t index = 0; index < list->aces.size(); ++index)
        add_ace(lost, list->aces[index], home, fmt::format("{}, ACE {}", name, index + 1));
}

void add_layout(losses& lost, security_descriptor const& descriptor) {
    if (descriptor.read_from == layout{})
        return;
    auto made = descriptor;
    made.read_from = {};
    if (write_self_relative(made) != write_self_relative(descriptor))
        lost.emplace_back("the order, gaps or sharing of its parts");
}

} // namespace

std::vector<std::string> lossy(security_descriptor const& descriptor) {
    losses lost;
    add_control(lost, descriptor);
    for (auto const& [account, name] :
         {std::pair(&descriptor.owner, "owner"), std::pair(&descriptor.group, "group")})
        if (*account && !is_sayable(**account))
            lost.push_back(fmt::format("the {}, a SID without sub-authorities", name));
    add_list(lost, descriptor.sacl, ace_home::sacl, "SACL");
    add_list(lost, descriptor.dacl, ace_home::dacl, "DACL");
    add_layout(lost, descriptor);
    return lost;
}

} // namespace dsplan::sddl
