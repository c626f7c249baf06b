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

namespace {

void check(bool done) {
    if (!done)
        throw storage_failure();
}

void count_call() {
    auto& trial = storage_on_trial();
    check(++trial.calls != trial.failing_call);
}

// Null where none can be made.
std::FILE* make_file() {
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
    return _fdopen(handle, "w+b");
#else
    std::string name = (folder / "dsplan-XXXXXX").string();
    int const handle = ::mkstemp(name.data());
    if (handle < 0)
        return nullptr;
    std::FILE* const file = ::fdopen(handle, "w+b");
    ::unlink(name.c_str());
    if (file == nullptr)
        ::close(handle);
    return file;
#endif
}

} // namespace

storage_trial& storage_on_trial() {
    static storage_trial trial;
    return trial;
}

temporary_file::temporary_file() {
    count_call();
    file_ = make_file();
    check(file_ != nullptr);
}

temporary_file::~temporary_file() {
    std::fclose(file_);
}

void temporary_file::append(void const* octets, std::size_t size) {
    count_call();
    check(std::fwrite(octets, 1, size, file_) == size);
}

void temporary_file::rewind() {
    count_call();
    check(std::fflush(file_) == 0);
    std::rewind(file_);
}

bool temporary_file::read_next(void* octets, std::size_t size) {
    count_call();
    auto const count = std::fread(octets, 1, size, file_);
    check(count == size || (count == 0 && std::ferror(file_) == 0));
    return count == size;
}

#ifdef _WIN32

void temporary_file::read_at(std::uint64_t offset, char* octets, std::size_t size) {
    count_call();
    check(_fseeki64(file_, static_cast<__int64>(offset), SEEK_SET) == 0 &&
          std::fread(octets, 1, size, file_) == size);
}

void temporary_file::write_at(std::uint64_t offset, char const* octets, std::size_t size) {
    count_call();
    check(_fseeki64(file_, static_cast<__int64>(offset), SEEK_SET) == 0 &&
          std::fwrite(octets, 1, size, file_) == size);
}

#else

namespace {

// Until all is done: the system may do a part only.
template <class Part>
void complete(std::uint64_t offset, std::size_t size, Part part) {
    for (std::size_t done = 0; done < size;) {
        auto const count = part(done, size - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        check(count > 0);
        done += static_cast<std::size_t>(count);
    }
}

} // namespace

void temporary_file::read_at(std::uint64_t offset, char* octets, std::size_t size) {
    count_call();
    complete(offset, size, [&](std::size_t done, std::size_t left, off_t place) {
        return ::pread(::fileno(file_), octets + done, left, place);
    });
}

void temporary_file::write_at(std::uint64_t offset, char const* octets, std::size_t size) {
    count_call();
    complete(offset, size, [&](std::size_t done, std::size_t left, off_t place) {
        return ::pwrite(::fileno(file_), octets + done, left, place);
    });
}

#endif

} // namespace dsplan::ldif
