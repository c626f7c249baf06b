#include <sddl/write.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/words/shown_ace.hpp>

namespace dsplan::words {

std::string shown_ace(sddl::ace const& value, sddl::domain_sids const& sids) {
    return printable(sddl::write_ace(value, sids));
}

std::string shown_descriptor(sddl::security_descriptor const& value, sddl::domain_sids const& sids) {
    return printable(sddl::write(value, sids));
}

} // namespace dsplan::words
