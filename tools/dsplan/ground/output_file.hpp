#pragma once
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string_view>

namespace dsplan {

/// A file that appears complete or not at all: it is written beside its name and takes it when all is well.
/// Without a name the text goes to `console.out` as it comes.
class output_file {
public:
    /// Opens the file beside `path`; an empty path is standard output.
    [[nodiscard]] static result<output_file> open(std::filesystem::path const& path, console& console);

    output_file(output_file&&) = default;
    output_file& operator=(output_file&&) = delete;
    ~output_file();

    void write(std::string_view text);

    /// Gives the file its name. Without this call nothing is left of it.
    [[nodiscard]] result<void> commit();

private:
    output_file(std::filesystem::path path, console& console) : path_(std::move(path)), console_(&console) {}

    std::filesystem::path path_;
    std::filesystem::path beside_; ///< empty for standard output, and when there is nothing to remove
    std::ofstream file_;
    console* console_;
};

} // namespace dsplan
