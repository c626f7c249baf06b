#include <sddl/ace_flags.hpp>
#include <sddl/ace_types.hpp>
#include <sddl/bytes.hpp>
#include <sddl/condition.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/explain/byte_fields.hpp>
#include <tools/dsplan/explain/data_fields.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace dsplan::explain {
namespace {

using part_kind = sddl::layout::part::kind;

constexpr std::array<std::string_view, 16> control_names{"OD", "GD", "DP", "DD", "SP", "SD", "DT", "SS",
                                                         "DC", "SC", "DI", "SI", "PD", "PS", "RM", "SR"};

// Walks over the octets in the order of a structure's fields.
class walker {
public:
    walker(sddl::byte_view bytes, sddl::domain_sids const& sids) : bytes_(bytes), sids_(sids) {}

    void header();
    void principal(std::size_t offset, sddl::sid const& value, std::string_view name);
    void list(std::size_t offset, sddl::acl const& value, std::string_view name);
    void gap(sddl::layout::gap const& value);
    std::vector<byte_field> take();

private:
    void add(std::size_t size, int depth, std::string meaning, std::string_view part = {}) {
        fields_.push_back({place_, size, depth, std::move(meaning), part_ + std::string(part)});
        place_ += size;
    }
    void account(std::size_t offset, sddl::sid const& value, std::string_view name, int depth);
    void entry(sddl::ace const& value, std::size_t number);
    void object_part(sddl::ace const& value);
    [[nodiscard]] std::vector<byte_field> data_fields(sddl::ace const& value) const;

    sddl::byte_view bytes_;
    sddl::domain_sids const& sids_;
    std::size_t place_ = 0;
    std::string part_; // what the parts of the structure at hand start with
    std::vector<byte_field> fields_;
};

void walker::header() {
    auto const control = sddl::u16_at(bytes_, 2);
    std::vector<std::string_view> bits;
    for (std::size_t bit = control_names.size(); bit-- > 0;)
        if ((control >> bit & 1U) != 0)
            bits.push_back(control_names[bit]);
    add(1, 0, fmt::format("descriptor revision {}", sddl::octet_at(bytes_, 0)));
    add(1, 0, fmt::format("resource manager control 0x{:02x}", sddl::octet_at(bytes_, 1)));
    add(2, 0, fmt::format("control 0x{:04x}: {}", control, fmt::join(bits, " ")), "control");
    for (std::string_view const name : {"owner", "group", "SACL", "DACL"}) {
        auto const offset = sddl::u32_at(bytes_, place_);
        add(4, 0,
            offset == 0 ? fmt::format("no offset of the {}", name)
                        : fmt::format("offset of the {}: 0x{:04x}", name, offset));
    }
}

void walker::account(std::size_t offset, sddl::sid const& value, std::string_view name, int depth) {
    append_fields(fields_, sid_fields(value, name, sids_), offset, depth, part_);
    place_ = offset + size_of(value);
}

void walker::principal(std::size_t offset, sddl::sid const& value, std::string_view name) {
    part_ = name;
    account(offset, value, name, 0);
    part_.clear();
}

void walker::object_part(sddl::ace const& value) {
    add(4, 2,
        fmt::format("object flags 0x{:x}:{}{}", sddl::u32_at(bytes_, place_),
                    value.object_type ? " object type" : "",
                    value.inherited_object_type ? " inherited object type" : ""),
        "-type");
    if (value.object_type)
        add(16, 2, fmt::format("object type {}", *value.object_type), "-object");
    if (value.inherited_object_type)
        add(16, 2, fmt::format("inherited object type {}", *value.inherited_object_type), "-inherited");
}

std::vector<byte_field> walker::data_fields(sddl::ace const& value) const {
    if (sddl::has_condition(value))
        return condition_fields(value.data, sids_);
    if (sddl::is_claim(value.type))
        return claim_fields(value.data, sids_);
    bool const is_known = sddl::is_known_type(value.type);
    return {{0,
             value.data.size(),
             0,
             is_known ? "octets after the SID" : "octets of a type without a layout",
             {}}};
}

void walker::entry(sddl::ace const& value, std::size_t number) {
    auto const end = place_ + size_of(value);
    auto const* const row = sddl::find_ace_type(value.type);
    std::vector<std::string_view> flags;
    for (auto const& flag : sddl::ace_flags)
        if (value.has(flag.bit))
            flags.push_back(flag.text);
    add(1, 1,
        fmt::format("ACE {}: type 0x{:02x} {}", number, static_cast<unsigned>(value.type),
                    row ? row->name : "without a name"),
        "-type");
    add(1, 1, fmt::format("flags 0x{:02x} {}", value.flags, fmt::join(flags, " ")), "-flags");
    add(2, 1, fmt::format("size {}", size_of(value)));
    if (sddl::is_known_type(value.type)) {
        bool const is_label = sddl::is_label(value.type);
        add(4, 2,
            fmt::format("access mask 0x{:x} {}", value.mask.bits,
                        is_label ? sddl::write_label_rights(value.mask) : sddl::write_rights(value.mask)),
            "-rights");
        if (sddl::is_object_type(value.type))
            object_part(value);
        auto const whole = part_;
        part_ += "-trustee";
        account(place_, value.trustee, "trustee", 2);
        part_ = whole;
    }
    if (place_ < end)
        append_fields(fields_, data_fields(value), place_, 2, part_ + "-data");
    place_ = end;
}

void walker::list(std::size_t offset, sddl::acl const& value, std::string_view name) {
    place_ = offset;
    auto const list_part = std::string(name == "DACL" ? "dacl" : "sacl");
    part_ = list_part;
    add(1, 0, fmt::format("{}: revision {}", name, value.revision));
    add(1, 0, "reserved");
    add(2, 0, fmt::format("size {}", size_of(value)));
    add(2, 0, fmt::format("{} ACEs", value.aces.size()));
    add(2, 0, "reserved");
    for (std::size_t index = 0; index < value.aces.size(); ++index) {
        part_ = fmt::format("{}-{}", list_part, index + 1);
        entry(value.aces[index], index + 1);
    }
    part_.clear();
    if (!value.slack.empty())
        add(value.slack.size(), 0, "slack: within the list, after its last ACE");
}

void walker::gap(sddl::layout::gap const& value) {
    place_ = value.offset;
    add(value.octets.size(), 0, "gap: nothing points here");
}

std::vector<byte_field> walker::take() {
    std::stable_sort(fields_.begin(), fields_.end(),
                     [](byte_field const& a, byte_field const& b) { return a.offset < b.offset; });
    return std::move(fields_);
}

} // namespace

std::vector<byte_field> byte_fields(sddl::byte_view bytes, sddl::security_descriptor const& descriptor,
                                    sddl::domain_sids const& sids) {
    walker walk(bytes, sids);
    walk.header();
    for (auto const& part : descriptor.read_from.parts) {
        if (part.size == 0)
            continue;
        if (part.which == part_kind::owner)
            walk.principal(part.offset, *descriptor.owner, "owner");
        else if (part.which == part_kind::group)
            walk.principal(part.offset, *descriptor.group, "group");
        else if (part.which == part_kind::sacl)
            walk.list(part.offset, *descriptor.sacl, "SACL");
        else
            walk.list(part.offset, *descriptor.dacl, "DACL");
    }
    for (auto const& gap : descriptor.read_from.gaps)
        walk.gap(gap);
    return walk.take();
}

} // namespace dsplan::explain
