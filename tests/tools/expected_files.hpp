#pragma once
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <tests/tools/command_run.hpp>
#include <vector>

/// The lines of a text but empty ones and comments.
inline std::vector<std::string> lines_of(std::string const& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        if (!line.empty() && line.front() != '#')
            lines.push_back(line);
    return lines;
}

/// Content by path, with '/' between its parts.
using named_files = std::map<std::string, std::string>;

inline named_files files_below(std::filesystem::path const& directory) {
    named_files files;
    if (std::filesystem::exists(directory))
        for (auto const& each : std::filesystem::recursive_directory_iterator(directory))
            if (each.is_regular_file())
                files.emplace(std::filesystem::relative(each.path(), directory).generic_string(),
                              read_file(each.path()));
    return files;
}

/// Compares what a case gave with its folder. With DSPLAN_WRITE_EXPECTED=1 the folder is rewritten; read
/// the difference before you keep it. Empty content has no file; of a page only the content counts.
inline void check_expected(std::filesystem::path const& folder, named_files actual) {
    std::erase_if(actual, [](auto const& file) { return file.second.empty(); });
    for (auto& [name, content] : actual)
        if (name.ends_with(".html"))
            content = content_of_page(content);
    if (std::getenv("DSPLAN_WRITE_EXPECTED") != nullptr) {
        std::filesystem::remove_all(folder);
        for (auto const& [name, content] : actual)
            write_file(folder / name, content);
    }
    auto const wanted = files_below(folder);
    for (auto const& [name, content] : wanted)
        BOOST_TEST(actual[name] == content, name << " differs; found:\n" << actual[name]);
    BOOST_TEST(actual.size() == wanted.size());
}
