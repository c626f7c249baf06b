#pragma once
#include <tools/dsplan/ground/failure.hpp>

#include <cstddef>
#include <filesystem>
#include <string>

namespace dsplan {

/// The octets of a file that is small by nature. Not found, not readable, or larger than `limit`: an error.
[[nodiscard]] result<std::string> read_whole_file(std::filesystem::path const& file, std::size_t limit);

} // namespace dsplan
