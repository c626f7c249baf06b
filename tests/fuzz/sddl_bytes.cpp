#include <sddl/lossy.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>

#include <cstdint>
#include <span>
#include <tests/fuzz/invariant.hpp>

using namespace dsplan::sddl;

// Octets come back as they were; what text can carry whole comes back from text; an edit leaves a descriptor
// that can be read and holds the edit.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::as_bytes(std::span(data, size));
    auto const read = read_self_relative(bytes);
    if (!read) {
        DSPLAN_INVARIANT(read.error().begin <= read.error().end && read.error().end <= size);
        return 0;
    }
    DSPLAN_INVARIANT(write_self_relative(*read) == byte_string(bytes.begin(), bytes.end()));
    auto const text = write(*read);
    if (lossy(*read).empty()) {
        auto const parsed = parse(text);
        DSPLAN_INVARIANT(parsed.has_value());
        DSPLAN_INVARIANT(write_self_relative(*parsed) == byte_string(bytes.begin(), bytes.end()));
    }
    auto edited = *read;
    auto list = edited.dacl.value_or(acl{});
    list.aces.insert(list.aces.begin(), parse_ace("(A;;GA;;;SY)").value());
    if (size_of(list) > largest_acl || list.aces.size() > 0xFFFF)
        return 0;
    set_dacl(edited, std::move(list));
    auto const again = read_self_relative(write_self_relative(edited));
    DSPLAN_INVARIANT(again.has_value());
    DSPLAN_INVARIANT(again->dacl == edited.dacl && again->sacl == edited.sacl);
    DSPLAN_INVARIANT(again->owner == edited.owner && again->group == edited.group);
    return 0;
}
