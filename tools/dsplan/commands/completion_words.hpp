#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace dsplan::commands {

/// A word that may come next, with what it means in a line, which may be empty.
struct candidate {
    std::string word;
    std::string meaning;
};

/// What may stand for the last of `words`, which is being typed and may be empty; the name of the program is
/// none of them. Nothing where any file may follow.
[[nodiscard]] std::vector<candidate> complete(CLI::App const& application, std::vector<std::string> words);

/// The name that help and completion show: the first long one, which the others are old spellings of.
[[nodiscard]] std::string shown_name(CLI::Option const& option);

} // namespace dsplan::commands
