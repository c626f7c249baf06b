#include <sddl/condition.hpp>
#include <sddl/evaluate.hpp>
#include <sddl/resource_claim.hpp>

#include <cstdint>
#include <string_view>
#include <tests/fuzz/invariant.hpp>

using namespace dsplan::sddl;

namespace {

void check_condition(std::string_view text) {
    auto const parsed = parse_condition(text);
    if (!parsed) {
        DSPLAN_INVARIANT(parsed.error().begin <= parsed.error().end && parsed.error().end <= text.size());
        return;
    }
    auto const written = write_condition(*parsed);
    DSPLAN_INVARIANT(written.has_value());
    DSPLAN_INVARIANT(parse_condition(*written) == *parsed);
    DSPLAN_INVARIANT(decode_condition(encode_condition(*parsed)) == *parsed);
    static_cast<void>(evaluate(*parsed, {.groups = security_token{}}));
}

void check_claim(std::string_view text) {
    auto const parsed = parse_claim(text);
    if (!parsed) {
        DSPLAN_INVARIANT(parsed.error().begin <= parsed.error().end && parsed.error().end <= text.size());
        return;
    }
    auto const decoded = decode_claim(encode_claim(*parsed));
    DSPLAN_INVARIANT(decoded.has_value());
    if (auto const written = write_claim(*decoded))
        DSPLAN_INVARIANT(parse_claim(*written) == *decoded);
}

} // namespace

// Conditions and claims: what is printed reads back as the same, and so does what is encoded.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    check_condition(text);
    check_claim(text);
    return 0;
}
