#include <tools/dsplan/ground/version.hpp>

namespace dsplan {

std::string_view program_version() {
    return DSPLAN_VERSION;
}

std::string program_build() {
    std::string const commit = DSPLAN_COMMIT;
    std::string const type = DSPLAN_BUILD_TYPE;
    return DSPLAN_VERSION " (" + (commit.empty() ? "" : "commit " + commit + ", ") +
           (type.empty() ? "no build type" : type) + ")";
}

} // namespace dsplan
