#include <tools/dsplan/directory/key_credential.hpp>
#include <tools/dsplan/directory/public_key.hpp>

#include <cstdint>
#include <string_view>
#include <tests/fuzz/invariant.hpp>

using namespace dsplan::directory;

// A value is read, or refused at a place within it; what was read can be told.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const octets(reinterpret_cast<char const*>(data), size);
    auto const read = read_key_credential(octets);
    if (!read) {
        DSPLAN_INVARIANT(read.error().begin <= read.error().end && read.error().end <= size);
        return 0;
    }
    DSPLAN_INVARIANT(read->material.has_value() == !read->expected_key_id.empty());
    DSPLAN_INVARIANT(read->key_hash.has_value() == !read->expected_key_hash.empty());
    static_cast<void>(usage_text(*read));
    if (read->created)
        static_cast<void>(time_text(*read, *read->created));
    if (read->material) {
        auto const key = read_public_key(*read->material);
        DSPLAN_INVARIANT(key.bits() <= 8 * read->material->size());
        static_cast<void>(has_roca_fingerprint(key.modulus));
    }
    return 0;
}
