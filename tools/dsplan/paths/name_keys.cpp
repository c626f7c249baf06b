#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/paths/name_keys.hpp>

namespace dsplan::paths {

std::string lower_case(std::string_view text) {
    std::string made(text);
    for (char& each : made)
        each = to_lower(each);
    return made;
}

std::string host_of_service(std::string_view service) {
    auto const slash = service.find('/');
    if (slash == std::string_view::npos)
        return {};
    auto host = service.substr(slash + 1);
    return lower_case(host.substr(0, host.find_first_of(":/")));
}

} // namespace dsplan::paths
