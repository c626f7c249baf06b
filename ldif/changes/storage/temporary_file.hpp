#pragma once
#include <ldif/changes/storage_failure.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>

namespace dsplan::ldif {

/// A file in the folder for temporary files (TMPDIR) that nobody else can open and that goes with the object,
/// whatever happens. Every function throws storage_failure where the system fails.
class temporary_file {
public:
    temporary_file();
    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;
    ~temporary_file();

    /// One after the other, of a file that is first written, then read from its beginning.
    void append(void const* octets, std::size_t size);
    void rewind();

    /// False at the end of the file; an end within the octets is a failure.
    [[nodiscard]] bool read_next(void* octets, std::size_t size);

    /// At any place, of a file that the functions above are not used for.
    void read_at(std::uint64_t offset, char* octets, std::size_t size);
    void write_at(std::uint64_t offset, char const* octets, std::size_t size);

private:
    std::FILE* file_;
};

/// How tests make temporary files necessary, and fail.
struct storage_trial {
    std::atomic<std::size_t> memory_at_most = SIZE_MAX; ///< whatever was asked for
    std::atomic<std::uint64_t> calls = 0;               ///< of functions of temporary files so far
    std::atomic<std::uint64_t> failing_call = 0;        ///< counted from 1; 0 for none
};
[[nodiscard]] storage_trial& storage_on_trial();

} // namespace dsplan::ldif
