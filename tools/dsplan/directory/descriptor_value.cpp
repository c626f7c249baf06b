#include <ldif/attribute_description.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/directory/descriptor_value.hpp>

#include <fmt/format.h>

namespace dsplan::directory {
std::optional<ldif::value_fault> fault_of_descriptor(std::string_view description, std::string_view value) {
    auto const descriptor = sddl::read_self_relative(std::as_bytes(std::span(value)));
    if (!descriptor)
        return ldif::value_fault{
            descriptor.error().expected, descriptor.error().found,
            fmt::format("octet {} of {}; was the value cut off?", descriptor.error().begin, description)};
    if (!descriptor->dacl &&
        ldif::same_description(ldif::attribute_name(description), "nTSecurityDescriptor"))
        return ldif::value_fault{"a security descriptor with a DACL",
                                 "one without: a domain controller refuses it"};
    return std::nullopt;
}

} // namespace dsplan::directory
