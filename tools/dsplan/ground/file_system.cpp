#include <tools/dsplan/ground/file_system.hpp>

#include <algorithm>
#include <cerrno>
#include <utility>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <sys/stat.h>
#else
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace dsplan {
namespace {

std::error_code last_error() {
    return {errno, std::generic_category()};
}

#ifdef _WIN32

int open_file(std::filesystem::path const& path, int flags) {
    int descriptor = -1;
    _wsopen_s(&descriptor, path.c_str(), flags | _O_WRONLY | _O_BINARY, _SH_DENYWR, _S_IREAD | _S_IWRITE);
    return descriptor;
}
int create_file(std::filesystem::path const& path) {
    return open_file(path, _O_CREAT | _O_EXCL);
}
int open_special_file(std::filesystem::path const& path) {
    return open_file(path, 0);
}
std::ptrdiff_t write_some(int descriptor, std::string_view octets) {
    return _write(descriptor, octets.data(),
                  static_cast<unsigned>(std::min<std::size_t>(octets.size(), 1U << 30U)));
}
int sync_file(int descriptor) {
    return _commit(descriptor);
}
int close_file(int descriptor) {
    return _close(descriptor);
}

#else

int create_file(std::filesystem::path const& path) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}
int open_special_file(std::filesystem::path const& path) {
    return ::open(path.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
}
std::ptrdiff_t write_some(int descriptor, std::string_view octets) {
    return ::write(descriptor, octets.data(), octets.size());
}
int sync_file(int descriptor) {
    return ::fsync(descriptor);
}
int close_file(int descriptor) {
    return ::close(descriptor);
}

#endif

} // namespace

written_file written_file::create(std::filesystem::path const& path, std::error_code& error) {
    written_file made;
    made.descriptor_ = create_file(path);
    error = made.descriptor_ < 0 ? last_error() : std::error_code();
    return made;
}

written_file written_file::open_special(std::filesystem::path const& path, std::error_code& error) {
    written_file made;
    made.descriptor_ = open_special_file(path);
    error = made.descriptor_ < 0 ? last_error() : std::error_code();
    return made;
}

written_file::written_file(written_file&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

written_file& written_file::operator=(written_file&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

written_file::~written_file() {
    if (descriptor_ >= 0)
        close_file(descriptor_);
}

void written_file::write(std::string_view octets, std::error_code& error) {
    error.clear();
    while (!octets.empty()) {
        auto const count = write_some(descriptor_, octets);
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
    error = sync_file(descriptor_) == 0 ? std::error_code() : last_error();
}

void written_file::close(std::error_code& error) {
    error = close_file(std::exchange(descriptor_, -1)) == 0 ? std::error_code() : last_error();
}

#ifdef _WIN32

void sync_folder(std::filesystem::path const&, std::error_code& error) {
    error.clear();
}

void exchange_names(std::filesystem::path const&, std::filesystem::path const&, std::error_code& error) {
    error = std::make_error_code(std::errc::function_not_supported);
}

#else

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

#endif

} // namespace dsplan
