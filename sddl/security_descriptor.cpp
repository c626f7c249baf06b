#include <sddl/security_descriptor.hpp>

#include <algorithm>
#include <utility>

namespace dsplan::sddl {
namespace {

acl_state state(bool has_bit, std::optional<acl> const& list) {
    if (!has_bit)
        return acl_state::absent;
    return list ? acl_state::present : acl_state::null;
}

} // namespace

bool layout::part_list::has(part::kind which) const {
    return std::any_of(begin(), end(), [which](part const& one) { return one.which == which; });
}

acl_state dacl_state(security_descriptor const& descriptor) {
    return state(descriptor.has(control_bit::dacl_present), descriptor.dacl);
}

acl_state sacl_state(security_descriptor const& descriptor) {
    return state(descriptor.has(control_bit::sacl_present), descriptor.sacl);
}

void set_dacl(security_descriptor& descriptor, acl list) {
    descriptor.dacl = std::move(list);
    descriptor.control |= control_bit::dacl_present;
}

void set_sacl(security_descriptor& descriptor, acl list) {
    descriptor.sacl = std::move(list);
    descriptor.control |= control_bit::sacl_present;
}

} // namespace dsplan::sddl
