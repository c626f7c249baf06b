#pragma once
#include <ldif/changes/storage/external_sorter.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/ground/file_system.hpp>

#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

namespace dsplan {

/// Text that appears complete or not at all. A file is written beside its name and takes it when all is well;
/// what goes to standard output, a device or a pipe is kept until then, on disk where it is much: write() and
/// commit() throw ldif::storage_failure.
class output_file {
public:
    /// Opens the file beside `path`; an empty path is standard output. What an earlier run that was stopped
    /// left there is a warning.
    [[nodiscard]] static result<output_file> open(std::filesystem::path const& path, console& console);

    output_file(output_file&& other) noexcept;
    output_file& operator=(output_file&&) = delete;
    ~output_file();

    void write(std::string_view text);

    /// Gives the file its name. Without this call nothing is left of it.
    [[nodiscard]] result<void> commit();

private:
    explicit output_file(console& console) : console_(&console) {}
    [[nodiscard]] std::error_code open_beside();
    [[nodiscard]] std::error_code take_name();
    [[nodiscard]] std::error_code pour();

    std::filesystem::path path_;
    std::filesystem::path beside_; ///< empty where the text is kept, and when there is nothing to remove
    written_file file_;
    std::unique_ptr<ldif::external_sorter> kept_; ///< with equal keys, so that the text keeps its order
    std::error_code error_;
    console* console_;
};

} // namespace dsplan
