#include <tools/dsplan/ground/input_file.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace dsplan {

result<std::string> read_whole_file(std::filesystem::path const& file, std::size_t limit) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return tl::unexpected(failure{fmt::format("cannot open {}: {}", shown(file),
                                                  std::error_code(errno, std::generic_category()).message()),
                                      {}});
    std::string text;
    for (char block[1 << 16]; stream.read(block, sizeof block), stream.gcount() > 0;) {
        text.append(block, static_cast<std::size_t>(stream.gcount()));
        if (text.size() > limit)
            return tl::unexpected(
                failure{fmt::format("expected at most {} octets in {}, found more", limit, shown(file)), {}});
    }
    if (stream.bad())
        return tl::unexpected(failure{fmt::format("cannot read {}", shown(file)), {}});
    return text;
}

} // namespace dsplan
