#pragma once
#include <string>
#include <vector>

namespace dsplan {

/// A file to be written: a path below the output directory, parts separated by '/', and its octets.
struct artifact {
    std::string path;
    std::string content;
};

} // namespace dsplan
