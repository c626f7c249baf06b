#include <sddl/lossy.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>

#include <cstdint>
#include <string_view>
#include <tests/fuzz/invariant.hpp>

using namespace dsplan::sddl;

// What is printed reads back and prints the same; through the octets nothing changes; an error stays inside
// of the input and can be shown.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static domain_sids const sids{parse_sid("S-1-5-21-1-2-3").value(), parse_sid("S-1-5-21-4-5-6").value()};
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    auto const parsed = parse(text, sids);
    if (!parsed) {
        auto const& error = parsed.error();
        DSPLAN_INVARIANT(error.begin <= error.end && error.end <= size);
        DSPLAN_INVARIANT(!message(error).empty() && !render_caret(error, text).empty());
        return 0;
    }
    auto const written = write(*parsed, sids);
    auto const again = parse(written, sids);
    DSPLAN_INVARIANT(again.has_value());
    DSPLAN_INVARIANT(*again == *parsed);
    DSPLAN_INVARIANT(write(*again, sids) == written);
    auto const bytes = write_self_relative(*parsed);
    auto const read = read_self_relative(bytes);
    DSPLAN_INVARIANT(read.has_value());
    DSPLAN_INVARIANT(write(*read, sids) == written);
    DSPLAN_INVARIANT(write_self_relative(*read) == bytes);
    DSPLAN_INVARIANT(lossy(*read).empty());
    return 0;
}
