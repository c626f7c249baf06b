#include <sddl/detail/ace_octets.hpp>
#include <sddl/detail/octets.hpp>
#include <sddl/detail/sid_octets.hpp>
#include <sddl/self_relative.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>

namespace dsplan::sddl {
namespace {

using kind = layout::part::kind;

constexpr std::size_t descriptor_header_size = 20;

struct header_field {
    kind which;
    std::size_t offset; // of the field that holds the offset of the part
    std::string_view name;
};

constexpr std::array<header_field, 4> header_fields{{{kind::owner, 4, "owner"},
                                                     {kind::group, 8, "group"},
                                                     {kind::sacl, 12, "SACL"},
                                                     {kind::dacl, 16, "DACL"}}};

constexpr std::size_t header_offset(kind which) {
    return std::find_if(header_fields.begin(), header_fields.end(),
                        [which](auto const& field) { return field.which == which; })
        ->offset;
}

// ---- reading

bool is_present(security_descriptor const& descriptor, kind which) {
    if (which == kind::sacl)
        return descriptor.has(control_bit::sacl_present);
    if (which == kind::dacl)
        return descriptor.has(control_bit::dacl_present);
    return true;
}

// Reads what stands at the start of `bytes`, and says how many octets it has; 0 if it is not there.
std::size_t take_part(security_descriptor& descriptor, kind which, byte_view bytes) {
    auto const taken_sid = [bytes](sid& read) {
        return take_sid(read, bytes) ? size_of(read) : 0;
    };
    auto const taken_acl = [bytes](acl& read) -> std::size_t {
        return take_acl(read, bytes) ? u16_at(bytes, 2) : 0;
    };
    switch (which) {
    case kind::owner:
        return taken_sid(descriptor.owner.emplace());
    case kind::group:
        return taken_sid(descriptor.group.emplace());
    case kind::sacl:
        return taken_acl(descriptor.sacl.emplace());
    default:
        return taken_acl(descriptor.dacl.emplace());
    }
}

bool take_field(security_descriptor& descriptor, header_field const& field, byte_view bytes) {
    auto const offset = u32_at(bytes, field.offset);
    if (offset == 0)
        return true;
    std::size_t size = 0;
    if (is_present(descriptor, field.which)) {
        if (offset < descriptor_header_size || offset >= bytes.size())
            return false;
        size = take_part(descriptor, field.which, bytes.subspan(offset));
        if (size == 0)
            return false;
    }
    descriptor.read_from.parts.insert({field.which, offset, static_cast<std::uint32_t>(size)});
    return true;
}

tl::unexpected<parse_error> why_no_field(header_field const& field, byte_view bytes) {
    auto const offset = u32_at(bytes, field.offset);
    if (offset < descriptor_header_size || offset >= bytes.size())
        return unexpected_at(field.offset, field.offset + 4,
                             fmt::format("an offset from 20 to {}", bytes.size() - 1),
                             fmt::format("{}", offset), fmt::format("offset of the {}", field.name));
    auto const own = bytes.subspan(offset);
    bool const is_list = field.which == kind::sacl || field.which == kind::dacl;
    return moved(is_list ? read_acl(own).error() : read_sid(own).error(), offset, field.name);
}

void find_gaps(layout& places, byte_view bytes) {
    auto const keep = [&](std::size_t begin, std::size_t end) {
        if (begin < end) {
            auto const octets = bytes.subspan(begin, end - begin);
            places.gaps.push_back({static_cast<std::uint32_t>(begin), {octets.begin(), octets.end()}});
        }
    };
    auto covered = descriptor_header_size;
    for (auto const& part : places.parts) {
        if (part.size == 0)
            continue;
        keep(covered, part.offset);
        covered = std::max<std::size_t>(covered, part.offset + part.size);
    }
    keep(covered, bytes.size());
}

// ---- writing

byte_string octets_of(security_descriptor const& descriptor, kind which) {
    byte_string octets;
    auto const put = [&octets](auto const& field) {
        if (field) {
            octets.reserve(size_of(*field));
            append(octets, *field);
        }
    };
    switch (which) {
    case kind::owner:
        put(descriptor.owner);
        break;
    case kind::group:
        put(descriptor.group);
        break;
    case kind::sacl:
        put(descriptor.sacl);
        break;
    case kind::dacl:
        put(descriptor.dacl);
        break;
    }
    return octets;
}

void append_header(byte_string& bytes, security_descriptor const& descriptor) {
    append_octet(bytes, descriptor.revision);
    append_octet(bytes, descriptor.resource_manager_control);
    append_u16(bytes, descriptor.control);
    bytes.resize(descriptor_header_size);
}

void align(byte_string& bytes, std::size_t remainder = 0) {
    while (bytes.size() % 4 != remainder % 4)
        bytes.push_back(std::byte{0});
}

// With each list padded.
std::size_t largest_size(security_descriptor const& descriptor) {
    constexpr std::size_t two_sids = 2 * 68;
    return descriptor_header_size + two_sids + (descriptor.sacl ? size_of(*descriptor.sacl) + 3 : 0) +
           (descriptor.dacl ? size_of(*descriptor.dacl) + 3 : 0);
}

byte_string write_as_windows(security_descriptor const& descriptor) {
    byte_string bytes;
    auto const room = largest_size(descriptor);
    bytes.reserve(room);
    append_header(bytes, descriptor);
    bytes.resize(room);
    auto* const first = reinterpret_cast<unsigned char*>(bytes.data());
    auto* place = first + descriptor_header_size;
    auto const put = [&](std::size_t field_offset, auto const& part, auto const& put_part) {
        if (!part)
            return;
        place += (4 - (place - first) % 4) % 4;
        boost::endian::store_little_u32(first + field_offset, static_cast<std::uint32_t>(place - first));
        place = put_part(place, *part);
    };
    put(header_offset(kind::sacl), descriptor.sacl, put_acl);
    put(header_offset(kind::dacl), descriptor.dacl, put_acl);
    put(header_offset(kind::owner), descriptor.owner, put_sid);
    put(header_offset(kind::group), descriptor.group, put_sid);
    bytes.resize(static_cast<std::size_t>(place - first));
    return bytes;
}

// Lays a descriptor out as it was read. Parts that share octets form one stretch; stretches and gaps tile
// what follows the header, so that writing them in their old order moves only what has to move.
class arrangement {
public:
    explicit arrangement(security_descriptor const& descriptor);
    byte_string write();

private:
    struct piece {
        kind which;
        std::uint32_t offset; // where it was
        std::uint32_t size;   // as it was
        byte_string octets;   // as it is
    };
    struct tile {
        std::uint32_t old_begin;
        std::uint32_t old_end;
        std::size_t new_begin;
    };
    using piece_range = std::span<piece const>;

    [[nodiscard]] static piece_range stretch_at(std::span<piece const> pieces);
    [[nodiscard]] static bool fits(piece_range stretch, byte_string& octets);
    void put_stretch(piece_range stretch);
    void put_apart(piece_range stretch);
    void put_gap(layout::gap const& gap);
    void put_new_parts();
    void put_stale_offsets();
    void begin_tile(std::uint32_t old_begin, std::uint32_t old_end);
    void point(kind which, std::size_t offset);

    security_descriptor const& descriptor_;
    std::vector<piece> pieces_; // ascending offsets
    std::vector<tile> tiles_;
    byte_string bytes_;
};

arrangement::arrangement(security_descriptor const& descriptor) : descriptor_(descriptor) {
    for (auto const& part : descriptor.read_from.parts)
        if (part.size != 0)
            pieces_.push_back({part.which, part.offset, part.size, octets_of(descriptor, part.which)});
}

void arrangement::point(kind which, std::size_t offset) {
    store_u32(bytes_, header_offset(which), static_cast<std::uint32_t>(offset));
}

// A part that changed its size must not leave those behind it on odd offsets.
void arrangement::begin_tile(std::uint32_t old_begin, std::uint32_t old_end) {
    align(bytes_, old_begin);
    tiles_.push_back({old_begin, old_end, bytes_.size()});
}

arrangement::piece_range arrangement::stretch_at(std::span<piece const> pieces) {
    std::size_t end = pieces.front().offset;
    std::size_t count = 0;
    do {
        end = std::max<std::size_t>(end, pieces[count].offset + pieces[count].size);
        ++count;
    } while (count < pieces.size() && pieces[count].offset < end);
    return pieces.first(count);
}

// Fills `octets` with the stretch as it was; false if a part changed so that it no longer fits in there.
bool arrangement::fits(piece_range stretch, byte_string& octets) {
    std::vector<bool> is_set(octets.size());
    for (auto const& part : stretch) {
        if (part.octets.size() != part.size)
            return false;
        auto const begin = part.offset - stretch.front().offset;
        for (std::size_t index = 0; index < part.octets.size(); ++index) {
            if (is_set[begin + index] && octets[begin + index] != part.octets[index])
                return false;
            octets[begin + index] = part.octets[index];
            is_set[begin + index] = true;
        }
    }
    return true;
}

void arrangement::put_apart(piece_range stretch) {
    for (std::size_t index = 0; index < stretch.size(); ++index) {
        auto const& part = stretch[index];
        if (part.octets.empty())
            continue;
        auto const earlier =
            std::find_if(stretch.begin(), stretch.begin() + static_cast<std::ptrdiff_t>(index),
                         [&part](piece const& other) { return other.octets == part.octets; });
        if (earlier != stretch.begin() + static_cast<std::ptrdiff_t>(index)) {
            point(part.which, u32_at(bytes_, header_offset(earlier->which)));
            continue;
        }
        if (index > 0)
            align(bytes_, stretch.front().offset);
        point(part.which, bytes_.size());
        append_octets(bytes_, part.octets);
    }
}

void arrangement::put_stretch(piece_range stretch) {
    std::uint32_t end = 0;
    for (auto const& part : stretch)
        end = std::max(end, part.offset + part.size);
    begin_tile(stretch.front().offset, end);
    if (stretch.size() == 1)
        return put_apart(stretch);
    byte_string octets(end - stretch.front().offset);
    if (!fits(stretch, octets))
        return put_apart(stretch);
    for (auto const& part : stretch)
        point(part.which, bytes_.size() + part.offset - stretch.front().offset);
    append_octets(bytes_, octets);
}

void arrangement::put_gap(layout::gap const& gap) {
    begin_tile(gap.offset, gap.offset + static_cast<std::uint32_t>(gap.octets.size()));
    append_octets(bytes_, gap.octets);
}

// What the descriptor did not have when it was read goes to the end.
void arrangement::put_new_parts() {
    for (auto const& field : header_fields) {
        auto const is_field = [&field](piece const& part) {
            return part.which == field.which;
        };
        if (std::any_of(pieces_.begin(), pieces_.end(), is_field))
            continue;
        auto const octets = octets_of(descriptor_, field.which);
        if (octets.empty())
            continue;
        align(bytes_);
        point(field.which, bytes_.size());
        append_octets(bytes_, octets);
    }
}

// An offset whose "present" bit was not set names no part, but it is kept, pointing at what it pointed at.
void arrangement::put_stale_offsets() {
    for (auto const& part : descriptor_.read_from.parts) {
        if (part.size != 0 || is_present(descriptor_, part.which))
            continue;
        auto const home = std::find_if(tiles_.begin(), tiles_.end(), [&part](tile const& old) {
            return old.old_begin <= part.offset && part.offset < old.old_end;
        });
        point(part.which,
              home == tiles_.end() ? part.offset : home->new_begin + part.offset - home->old_begin);
    }
}

byte_string arrangement::write() {
    append_header(bytes_, descriptor_);
    auto gap = descriptor_.read_from.gaps.begin();
    auto const last_gap = descriptor_.read_from.gaps.end();
    std::span<piece const> left(pieces_);
    while (!left.empty()) {
        for (; gap != last_gap && gap->offset < left.front().offset; ++gap)
            put_gap(*gap);
        auto const stretch = stretch_at(left);
        put_stretch(stretch);
        left = left.subspan(stretch.size());
    }
    for (; gap != last_gap; ++gap)
        put_gap(*gap);
    put_new_parts();
    put_stale_offsets();
    return std::move(bytes_);
}

} // namespace

result<security_descriptor> read_self_relative(byte_view bytes) {
    if (bytes.size() < descriptor_header_size)
        return unexpected_at(0, bytes.size(), "the 20 octets of a security descriptor's header",
                             fmt::format("{} octets", bytes.size()));
    static security_descriptor const blank; // copied, as a blank ACE is
    result<security_descriptor> made(blank);
    auto& read = *made;
    read.revision = octet_at(bytes, 0);
    read.resource_manager_control = octet_at(bytes, 1);
    read.control = u16_at(bytes, 2);
    if (read.revision != 1)
        return unexpected_at(0, 1, "the descriptor revision 1", fmt::format("{}", read.revision));
    if (!read.has(control_bit::self_relative))
        return unexpected_at(2, 4, "a control field with the self-relative bit 0x8000",
                             fmt::format("0x{:04x}", read.control));
    for (auto const& field : header_fields)
        if (!take_field(read, field, bytes))
            return why_no_field(field, bytes);
    find_gaps(read.read_from, bytes);
    return made;
}

byte_string write_self_relative(security_descriptor const& descriptor) {
    if (descriptor.read_from.parts.empty() && descriptor.read_from.gaps.empty())
        return write_as_windows(descriptor);
    return arrangement(descriptor).write();
}

} // namespace dsplan::sddl
