#include <ldif/reader.hpp>
#include <sddl/self_relative.hpp>

#include <fmt/format.h>

#include <span>

// Prints the owner of the descriptor that a record holds: one call into each library.
int main() {
    auto file = dsplan::ldif::reader::from_text(
        "dn: DC=contoso,DC=com\n"
        "nTSecurityDescriptor:: AQAAgBQAAAAAAAAAAAAAAAAAAAABAgAAAAAABSAAAAAgAgAA\n");
    auto const record = file.next();
    if (!record || *record == nullptr || (*record)->attributes.empty())
        return 1;
    auto const descriptor =
        dsplan::sddl::read_self_relative(std::as_bytes(std::span((*record)->attributes.front().value)));
    if (!descriptor || !descriptor->owner)
        return 1;
    fmt::print("{} is owned by {}\n", (*record)->dn, *descriptor->owner);
}
