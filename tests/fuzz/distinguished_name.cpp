#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>

#include <cstdint>
#include <string_view>
#include <tests/fuzz/invariant.hpp>

using namespace dsplan::ldif;

// A name comes back from its text and keeps its key; an error stays inside of the text.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    if (auto const value = parse_name_with_data(text))
        DSPLAN_INVARIANT(parse_name_with_data(to_string(*value)) == *value);
    auto const name = parse_distinguished_name(text);
    DSPLAN_INVARIANT(check_distinguished_name(text).has_value() == name.has_value());
    auto const key = normalize(text);
    DSPLAN_INVARIANT(key.has_value() == name.has_value());
    if (!name) {
        DSPLAN_INVARIANT(name.error().column >= 1 && name.error().column <= size + 1);
        return 0;
    }
    auto const written = to_string(*name);
    DSPLAN_INVARIANT(parse_distinguished_name(written) == *name);
    DSPLAN_INVARIANT(*key == normalized(*name));
    DSPLAN_INVARIANT(normalize(written) == *key);
    DSPLAN_INVARIANT(normalize(*key) == *key);
    DSPLAN_INVARIANT(normalize(parent_text(written)) ==
                     normalized(parent(*name).value_or(distinguished_name())));
    (void)tree_order(*key);
    return 0;
}
