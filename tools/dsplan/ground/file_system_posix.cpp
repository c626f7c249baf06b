#include <tools/dsplan/ground/file_system.hpp>

#include <cerrno>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace dsplan {
namespace {

std::error_code last_error() {
    return {errno, std::generic_category()};
}

std::intptr_t open_file(std::filesystem::path const& path, int flags, std::error_code& error) {
    int const descriptor = ::open(path.c_str(), flags | O_WRONLY | O_CLOEXEC, 0666);
    error = descriptor < 0 ? last_error() : std::error_code();
    return descriptor;
}

} // namespace

written_file written_file::create(std::filesystem::path const& path, std::error_code& error) {
    written_file made;
    made.handle_ = open_file(path, O_CREAT | O_EXCL | O_NOFOLLOW, error);
    return made;
}

written_file written_file::open_special(std::filesystem::path const& path, std::error_code& error) {
    written_file made;
    made.handle_ = open_file(path, O_NOCTTY, error);
    return made;
}

void written_file::write(std::string_view octets, std::error_code& error) {
    error.clear();
    while (!octets.empty()) {
        auto const count = ::write(static_cast<int>(handle_), octets.data(), octets.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            error = count < 0 ? last_error() : std::make_error_code(std::errc::no_space_on_device);
            return;
        }
        octets.remove_prefix(static_cast<std::size_t>(count));
    }
}

void written_file::sync(std::error_code& error) {
    error = ::fsync(static_cast<int>(handle_)) == 0 ? std::error_code() : last_error();
}

void written_file::close(std::error_code& error) {
    error = ::close(static_cast<int>(std::exchange(handle_, closed))) == 0 ? std::error_code() : last_error();
}

std::filesystem::path full_path(std::filesystem::path const& path) {
    return std::filesystem::absolute(path).lexically_normal();
}

bool has_reserved_name(std::filesystem::path const&) {
    return false;
}

void sync_folder(std::filesystem::path const& folder, std::error_code& error) {
    int const descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool const done = descriptor >= 0 && ::fsync(descriptor) == 0;
    // Some file systems cannot sync a folder.
    error = done || errno == EINVAL ? std::error_code() : last_error();
    if (descriptor >= 0)
        ::close(descriptor);
}

void exchange_names(std::filesystem::path const& one, std::filesystem::path const& other,
                    std::error_code& error) {
    error = std::make_error_code(std::errc::function_not_supported);
#ifdef SYS_renameat2
    constexpr unsigned exchange = 2; // RENAME_EXCHANGE
    if (::syscall(SYS_renameat2, AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), exchange) == 0)
        error.clear();
    else if (errno != EINVAL && errno != ENOSYS)
        error = last_error();
#endif
}

} // namespace dsplan
