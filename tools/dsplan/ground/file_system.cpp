#include <tools/dsplan/ground/file_system.hpp>

#include <utility>

namespace dsplan {

written_file::written_file(written_file&& other) noexcept : handle_(std::exchange(other.handle_, closed)) {}

written_file& written_file::operator=(written_file&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
}

written_file::~written_file() {
    std::error_code ignored;
    if (handle_ != closed)
        close(ignored);
}

} // namespace dsplan
