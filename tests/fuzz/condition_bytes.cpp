#include <sddl/condition.hpp>
#include <sddl/evaluate.hpp>
#include <sddl/resource_claim.hpp>

#include <cstdint>
#include <span>
#include <tests/fuzz/invariant.hpp>

using namespace dsplan::sddl;

// Octets that are a condition or a claim encode to what decodes as the same, and their text reads back.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::as_bytes(std::span(data, size));
    if (auto const read = decode_condition(bytes)) {
        DSPLAN_INVARIANT(decode_condition(encode_condition(*read)) == *read);
        if (auto const written = write_condition(*read)) {
            auto const parsed = parse_condition(*written);
            DSPLAN_INVARIANT(parsed.has_value());
            DSPLAN_INVARIANT(write_condition(*parsed) == written);
        }
        static_cast<void>(evaluate(*read, {.groups = security_token{}}));
    } else {
        DSPLAN_INVARIANT(read.error().begin <= read.error().end && read.error().end <= size);
    }
    if (auto const claim = decode_claim(bytes)) {
        DSPLAN_INVARIANT(decode_claim(encode_claim(*claim)) == *claim);
        if (auto const written = write_claim(*claim))
            DSPLAN_INVARIANT(parse_claim(*written) == *claim);
    } else {
        DSPLAN_INVARIANT(claim.error().begin <= claim.error().end && claim.error().end <= size);
    }
    return 0;
}
