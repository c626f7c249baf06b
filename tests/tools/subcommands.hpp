#pragma once
#include <algorithm>
#include <sstream>
#include <string>
#include <tests/tools/command_run.hpp>
#include <vector>

/// What the program says about its subcommands.

inline std::vector<std::string> words_of(std::string const& line) {
    std::istringstream text(line);
    std::vector<std::string> words;
    for (std::string word; text >> word;)
        words.push_back(word);
    return words;
}

/// Every subcommand that has none below it, without "dsplan".
inline std::vector<std::vector<std::string>> all_subcommands() {
    std::istringstream lines(run_command({"__commands"}).out);
    std::vector<std::vector<std::string>> all;
    for (std::string line; std::getline(lines, line);) {
        auto words = words_of(line);
        words.erase(words.begin());
        if (!all.empty() && all.back().size() < words.size() &&
            std::equal(all.back().begin(), all.back().end(), words.begin()))
            all.pop_back();
        if (!words.empty() && words.front() != "help")
            all.push_back(std::move(words));
    }
    return all;
}

inline std::string help_of(std::vector<std::string> words) {
    words.emplace_back("--help");
    return run_command(std::move(words)).out;
}

inline std::string text_of(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}
