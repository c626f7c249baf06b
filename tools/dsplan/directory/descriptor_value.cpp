#include <ldif/attribute_description.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/directory/descriptor_value.hpp>

#include <fmt/format.h>

namespace dsplan::directory {
namespace {

// The binary form starts with its revision, the octet 1.
bool is_sddl_text(std::string_view value) {
    return value.size() > 1 && value[1] == ':' &&
           std::string_view("OGDS").find(value[0]) != std::string_view::npos;
}

} // namespace

std::optional<ldif::value_fault> fault_of_descriptor(std::string_view description, std::string_view value) {
    if (!ldif::same_description(ldif::attribute_name(description), "nTSecurityDescriptor"))
        return std::nullopt;
    if (is_sddl_text(value))
        return ldif::value_fault{"the octets of a security descriptor", "SDDL text",
                                 "dsplan convert --to base64 makes octets of it"};
    auto const descriptor = sddl::read_self_relative(std::as_bytes(std::span(value)));
    if (!descriptor)
        return ldif::value_fault{descriptor.error().expected, descriptor.error().found,
                                 fmt::format("octet {} of nTSecurityDescriptor; was the value cut off?",
                                             descriptor.error().begin)};
    if (!descriptor->dacl)
        return ldif::value_fault{"a security descriptor with a DACL",
                                 "one without: a domain controller refuses it"};
    return std::nullopt;
}

} // namespace dsplan::directory
