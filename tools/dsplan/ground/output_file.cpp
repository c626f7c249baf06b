#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>

#include <fmt/format.h>

#include <system_error>
#include <utility>

namespace dsplan {
namespace {

failure cannot_write(std::filesystem::path const& path, std::string const& why) {
    return {fmt::format("cannot write {}: {}", shown(path), why), "  nothing was written\n"};
}

// A name that nobody has, so that the rename stays on one file system.
std::filesystem::path name_beside(std::filesystem::path const& path) {
    for (unsigned number = 0;; ++number) {
        auto candidate = path;
        candidate += fmt::format(".part{}", number == 0 ? "" : std::to_string(number));
        std::error_code error;
        if (!std::filesystem::exists(candidate, error))
            return candidate;
    }
}

} // namespace

result<output_file> output_file::open(std::filesystem::path const& path, console& console) {
    output_file opened(path, console);
    if (path.empty())
        return opened;
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return tl::unexpected(cannot_write(path, "it is a directory"));
    auto const beside = name_beside(path);
    opened.file_.open(beside, std::ios::binary);
    if (!opened.file_)
        return tl::unexpected(cannot_write(path, "its folder does not exist or may not be written"));
    opened.beside_ = beside;
    return opened;
}

output_file::~output_file() {
    if (beside_.empty())
        return;
    file_.close();
    std::error_code ignored;
    std::filesystem::remove(beside_, ignored);
}

void output_file::write(std::string_view text) {
    std::ostream& target = path_.empty() ? console_->out : file_;
    target.write(text.data(), static_cast<std::streamsize>(text.size()));
}

result<void> output_file::commit() {
    if (path_.empty())
        return {};
    file_.close();
    if (!file_)
        return tl::unexpected(cannot_write(path_, "the disk may be full"));
    std::error_code error;
    std::filesystem::rename(beside_, path_, error);
    if (error)
        return tl::unexpected(cannot_write(path_, error.message()));
    beside_.clear();
    return {};
}

} // namespace dsplan
