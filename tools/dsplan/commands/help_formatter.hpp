#pragma once
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <sstream>
#include <string>

namespace dsplan::commands {

/// Help texts whose descriptions are broken between words, so that they read well at 110 columns.
class help_formatter : public CLI::Formatter {
public:
    // The first long name alone: the others are old spellings.
    std::string make_option_name(CLI::Option const* option, bool is_positional) const override {
        if (is_positional || option->get_lnames().empty())
            return CLI::Formatter::make_option_name(option, is_positional);
        std::string names;
        for (std::string const& name : option->get_snames())
            names += '-' + name + ',';
        return names + "--" + option->get_lnames().front();
    }

    // What an option needs and excludes in the order of the names: CLI11 has them in that of their addresses.
    std::string make_option_opts(CLI::Option const* option) const override {
        auto text = CLI::Formatter::make_option_opts(option);
        text.resize(std::min({text.size(), text.find(" " + get_label("Needs") + ":"),
                              text.find(" " + get_label("Excludes") + ":")}));
        return text + names_text("Needs", option->get_needs()) +
               names_text("Excludes", option->get_excludes());
    }

    std::string make_option_desc(CLI::Option const* option) const override {
        constexpr std::size_t width = 78;
        std::istringstream words(CLI::Formatter::make_option_desc(option));
        std::string broken;
        std::size_t column = 0;
        for (std::string word; words >> word; column += word.size() + 1) {
            if (column != 0 && column + word.size() > width) {
                broken += '\n';
                column = 0;
            } else if (column != 0) {
                broken += ' ';
            }
            broken += word;
        }
        return broken;
    }

private:
    std::string names_text(char const* label, std::set<CLI::Option*> const& options) const {
        std::set<std::string> names;
        for (CLI::Option const* const option : options)
            names.insert(option->get_name());
        std::string text;
        for (std::string const& name : names)
            text += ' ' + name;
        return text.empty() ? text : ' ' + get_label(label) + ':' + text;
    }
};

} // namespace dsplan::commands
