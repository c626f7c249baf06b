#include <tools/dsplan/commands/call_mistakes.hpp>
#include <tools/dsplan/commands/one_of.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace dsplan::commands {
namespace {

// "text, html or json"
std::string list_of(std::vector<std::string> const& words) {
    if (words.size() < 2)
        return fmt::format("{}", fmt::join(words, ""));
    return fmt::format("{} or {}", fmt::join(words.begin(), words.end() - 1, ", "), words.back());
}

std::string not_one_of(std::vector<std::string> const& words, std::string const& typed) {
    nearest_names near(typed);
    for (auto const& word : words)
        near.consider(word);
    return fmt::format("expected {}, found '{}'{}", list_of(words), printable(typed),
                       did_you_mean_line(near));
}

} // namespace

std::string did_you_mean_line(nearest_names const& near) {
    auto const hint = did_you_mean(near);
    return hint.empty() ? hint : "\n" + hint;
}

CLI::Validator one_of(std::vector<std::string> words) {
    return {[words = std::move(words)](std::string& typed) {
                auto const found = std::find_if(words.begin(), words.end(), [&](std::string const& word) {
                    return equal_ignoring_case(word, typed);
                });
                if (found == words.end())
                    return not_one_of(words, typed);
                typed = *found;
                return std::string();
            },
            ""};
}

} // namespace dsplan::commands
