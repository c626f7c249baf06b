#include <tools/dsplan/ground/input_digest.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/sha256.hpp>

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace dsplan {
namespace {

std::string file_name(std::filesystem::path const& file) {
    auto const name = file.filename().u8string();
    return {name.begin(), name.end()};
}

failure cannot(std::string_view what, std::filesystem::path const& file) {
    return {fmt::format("cannot {} {}: {}", what, shown(file),
                        std::error_code(errno, std::generic_category()).message()),
            {}};
}

} // namespace

result<input_digest> digest_of_input(std::filesystem::path const& file) {
    input_digest made{.name = file_name(file)};
    std::error_code unknown;
    if (!std::filesystem::is_regular_file(file, unknown))
        return made;
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return tl::unexpected(cannot("open", file));
    sha256_sum sum;
    std::uint64_t size = 0;
    for (std::array<char, 1 << 16> block{};
         stream.read(block.data(), std::streamsize{block.size()}), stream.gcount() > 0;) {
        auto const count = static_cast<std::size_t>(stream.gcount());
        sum.add({block.data(), count});
        size += count;
    }
    if (stream.bad())
        return tl::unexpected(cannot("read", file));
    made.size = size;
    made.sha256 = sum.hex();
    return made;
}

} // namespace dsplan
