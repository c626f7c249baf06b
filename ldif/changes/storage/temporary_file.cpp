// What the systems do differently about files without a name.
#include <ldif/changes/storage/temporary_file.hpp>

#include <filesystem>
#include <string>
#include <system_error>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <random>
#include <share.h>
#include <sys/stat.h>
#else
#include <cerrno>
#include <cstdlib>
#include <sys/types.h>
#include <unistd.h>
#endif

namespace dsplan::ldif {

namespace fs = std::filesystem;

std::unique_ptr<temporary_file> temporary_file::make() {
    std::error_code problem;
    auto const folder = fs::temp_directory_path(problem);
    if (problem)
        return nullptr;
#ifdef _WIN32
    auto const name = folder / ("dsplan-" + std::to_string(std::random_device{}()) + ".tmp");
    int handle = -1;
    if (_wsopen_s(&handle, name.c_str(), _O_CREAT | _O_EXCL | _O_RDWR | _O_BINARY | _O_TEMPORARY, _SH_DENYRW,
                  _S_IREAD | _S_IWRITE) != 0)
        return nullptr;
    std::FILE* const file = _fdopen(handle, "w+b");
#else
    std::string name = (folder / "dsplan-XXXXXX").string();
    int const handle = ::mkstemp(name.data());
    if (handle < 0)
        return nullptr;
    std::FILE* const file = ::fdopen(handle, "w+b");
    ::unlink(name.c_str());
    if (file == nullptr)
        ::close(handle);
#endif
    if (file == nullptr)
        return nullptr;
    return std::unique_ptr<temporary_file>(new temporary_file(file));
}

temporary_file::~temporary_file() {
    std::fclose(file_);
}

#ifdef _WIN32

bool temporary_file::read_at(std::uint64_t offset, char* octets, std::size_t size) {
    return _fseeki64(file_, static_cast<__int64>(offset), SEEK_SET) == 0 &&
           std::fread(octets, 1, size, file_) == size;
}

bool temporary_file::write_at(std::uint64_t offset, char const* octets, std::size_t size) {
    return _fseeki64(file_, static_cast<__int64>(offset), SEEK_SET) == 0 &&
           std::fwrite(octets, 1, size, file_) == size;
}

#else

namespace {

// Until all is done: the system may do a part only.
template <class Part>
bool complete(std::uint64_t offset, std::size_t size, Part part) {
    for (std::size_t done = 0; done < size;) {
        auto const count = part(done, size - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

} // namespace

bool temporary_file::read_at(std::uint64_t offset, char* octets, std::size_t size) {
    return complete(offset, size, [&](std::size_t done, std::size_t left, off_t place) {
        return ::pread(::fileno(file_), octets + done, left, place);
    });
}

bool temporary_file::write_at(std::uint64_t offset, char const* octets, std::size_t size) {
    return complete(offset, size, [&](std::size_t done, std::size_t left, off_t place) {
        return ::pwrite(::fileno(file_), octets + done, left, place);
    });
}

#endif

} // namespace dsplan::ldif
