#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>

/// What the systems do differently about files that are written.
namespace dsplan {

/// A file that is open for writing; closed with the object.
class written_file {
public:
    /// Makes a file that was not there: nothing is followed, nothing replaced. std::errc::file_exists where
    /// the name is taken, by a dangling link too.
    [[nodiscard]] static written_file create(std::filesystem::path const& path, std::error_code& error);

    /// Opens what is there and no regular file: a device, a pipe.
    [[nodiscard]] static written_file open_special(std::filesystem::path const& path, std::error_code& error);

    written_file() = default;
    written_file(written_file&& other) noexcept;
    written_file& operator=(written_file&& other) noexcept;
    ~written_file();

    void write(std::string_view octets, std::error_code& error);

    /// Returns when the octets are on the disk.
    void sync(std::error_code& error);
    void close(std::error_code& error);

private:
    static constexpr std::intptr_t closed = -1; ///< no file: on all systems
    std::intptr_t handle_ = closed;             ///< a descriptor; on Windows a handle
};

/// The path from the root, without "." and ".." in it; that of a share (\\server\share) stays one.
[[nodiscard]] std::filesystem::path full_path(std::filesystem::path const& path);

/// Whether the system keeps a name of the path for something else, as Windows does with "con" and "a.".
[[nodiscard]] bool has_reserved_name(std::filesystem::path const& path);

/// What is said of a path with such a name.
inline constexpr char const* reserved_name = "Windows keeps a name like this for itself";

/// Returns when the names in the folder are on the disk, where the system can do that.
void sync_folder(std::filesystem::path const& folder, std::error_code& error);

/// Each of two names gets what the other had, at one moment. std::errc::function_not_supported where the
/// system or the file system has no such call.
void exchange_names(std::filesystem::path const& one, std::filesystem::path const& other,
                    std::error_code& error);

} // namespace dsplan
