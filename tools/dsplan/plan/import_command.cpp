#include <tools/dsplan/plan/import_command.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {

std::string import_command(std::string_view file) {
    std::string windows_path(file);
    std::replace(windows_path.begin(), windows_path.end(), '/', '\\');
    return fmt::format(R"(ldifde -i -f {} -s DC -h -v -j "C:\logs")", windows_path);
}

} // namespace dsplan::plan
