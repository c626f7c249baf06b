#include <tools/dsplan/ground/file_system.hpp>
#include <tools/dsplan/ground/windows_name.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <windows.h>

namespace dsplan {
namespace {

std::error_code last_error() {
    return {static_cast<int>(GetLastError()), std::system_category()};
}

// Others may read the file meanwhile, as they may on other systems.
std::intptr_t open_file(std::filesystem::path const& path, DWORD how, std::error_code& error) {
    auto* const handle = CreateFileW(path.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                                     nullptr, how, FILE_ATTRIBUTE_NORMAL, nullptr);
    error = handle == INVALID_HANDLE_VALUE ? last_error() : std::error_code();
    return reinterpret_cast<std::intptr_t>(handle);
}

HANDLE as_handle(std::intptr_t value) {
    return reinterpret_cast<HANDLE>(value);
}

} // namespace

written_file written_file::create(std::filesystem::path const& path, std::error_code& error) {
    written_file made;
    made.handle_ = open_file(path, CREATE_NEW, error);
    return made;
}

written_file written_file::open_special(std::filesystem::path const& path, std::error_code& error) {
    written_file made;
    made.handle_ = open_file(path, OPEN_EXISTING, error);
    return made;
}

void written_file::write(std::string_view octets, std::error_code& error) {
    constexpr std::size_t largest = std::size_t{1} << 30U; // Windows counts in 32 bits
    error.clear();
    while (!octets.empty()) {
        DWORD count = 0;
        auto const size = static_cast<DWORD>(std::min(octets.size(), largest));
        if (WriteFile(as_handle(handle_), octets.data(), size, &count, nullptr) == 0 || count == 0) {
            error = count == 0 && GetLastError() == 0 ? std::make_error_code(std::errc::no_space_on_device)
                                                      : last_error();
            return;
        }
        octets.remove_prefix(count);
    }
}

void written_file::sync(std::error_code& error) {
    error = FlushFileBuffers(as_handle(handle_)) != 0 ? std::error_code() : last_error();
}

void written_file::close(std::error_code& error) {
    error = CloseHandle(as_handle(std::exchange(handle_, closed))) != 0 ? std::error_code() : last_error();
}

// The library takes the two backslashes before the name of a server for one: what it normalises is another
// folder.
std::filesystem::path full_path(std::filesystem::path const& path) {
    DWORD const size = GetFullPathNameW(path.c_str(), 0, nullptr, nullptr);
    std::wstring made(size, L'\0');
    made.resize(GetFullPathNameW(path.c_str(), size, made.data(), nullptr));
    return made.empty() ? path : std::filesystem::path(made);
}

bool has_reserved_name(std::filesystem::path const& path) {
    auto const names = path.relative_path();
    return std::any_of(names.begin(), names.end(), [](std::filesystem::path const& name) {
        auto const text = name.u8string();
        return is_reserved_on_windows({reinterpret_cast<char const*>(text.data()), text.size()});
    });
}

// Windows keeps the names by itself.
void sync_folder(std::filesystem::path const&, std::error_code& error) {
    error.clear();
}

void exchange_names(std::filesystem::path const&, std::filesystem::path const&, std::error_code& error) {
    error = std::make_error_code(std::errc::function_not_supported);
}

} // namespace dsplan
