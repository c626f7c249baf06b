#include <tools/dsplan/ground/version.hpp>

namespace dsplan {

std::string_view program_version() {
    return DSPLAN_VERSION;
}

} // namespace dsplan
