#pragma once
#include <tools/dsplan/command_line.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

/// What one command line did.
struct command_run {
    dsplan::exit_status status;
    std::string out;
    std::string err;
};

/// Runs a command line as main() does, without a terminal.
inline command_run run_command(std::vector<std::string> arguments, std::string const& input = {}) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    dsplan::console console{.in = in, .out = out, .err = err};
    auto const status = dsplan::run(std::move(arguments), console);
    return {status, out.str(), err.str()};
}

inline std::string read_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_file(std::filesystem::path const& path, std::string const& content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
}

/// What stands in <main>: the frame around it belongs to all pages.
inline std::string content_of_page(std::string const& page) {
    auto const begin = page.find("<main>");
    return page.substr(begin, page.find("</main>") - begin) + "</main>\n";
}

/// A directory of its own for a test, gone with it.
class temporary_directory {
public:
    temporary_directory() {
        static int number = 0;
        do
            path_ = std::filesystem::temp_directory_path() / ("dsplan-test-" + std::to_string(++number));
        while (!std::filesystem::create_directory(path_));
    }
    temporary_directory(temporary_directory const&) = delete;
    temporary_directory& operator=(temporary_directory const&) = delete;
    ~temporary_directory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Makes `path` the current directory, so that messages name files as a user in it would, and goes back.
class working_directory {
public:
    explicit working_directory(std::filesystem::path const& path) : before_(std::filesystem::current_path()) {
        std::filesystem::current_path(path);
    }
    working_directory(working_directory const&) = delete;
    working_directory& operator=(working_directory const&) = delete;
    ~working_directory() { std::filesystem::current_path(before_); }

private:
    std::filesystem::path before_;
};
