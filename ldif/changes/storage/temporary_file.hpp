#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>

namespace dsplan::ldif {

/// A file in the folder for temporary files (TMPDIR) that nobody else can open and that goes with the object,
/// whatever happens.
class temporary_file {
public:
    /// Null where none can be made.
    [[nodiscard]] static std::unique_ptr<temporary_file> make();

    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;
    ~temporary_file();

    /// For reading and writing in turn from the beginning; std::rewind lies between the two.
    [[nodiscard]] std::FILE* stream() const { return file_; }

    /// At any place, of a file that stream() is not used for; false where the system fails.
    [[nodiscard]] bool read_at(std::uint64_t offset, char* octets, std::size_t size);
    [[nodiscard]] bool write_at(std::uint64_t offset, char const* octets, std::size_t size);

private:
    explicit temporary_file(std::FILE* file) : file_(file) {}

    std::FILE* file_;
};

} // namespace dsplan::ldif
