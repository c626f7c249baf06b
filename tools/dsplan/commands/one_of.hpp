#pragma once
#include <tools/dsplan/ground/nearest_names.hpp>

#include <map>
#include <string>
#include <vector>

namespace CLI {
class Validator;
}

namespace dsplan::commands {

/// For `transform`: takes one of the words in any case and gives it as it is spelled here. The error for
/// another has the nearest ones on a line of its own.
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> words);

/// What `did_you_mean` says, as a line of its own behind the error of an option.
[[nodiscard]] std::string did_you_mean_line(nearest_names const& near);

/// The words of a table.
template <class Value>
[[nodiscard]] std::vector<std::string> words_in(std::map<std::string, Value> const& table) {
    std::vector<std::string> made;
    for (auto const& [word, value] : table)
        made.push_back(word);
    return made;
}

} // namespace dsplan::commands
