#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/plan/dsacls/marked_text.hpp>
#include <tools/dsplan/plan/dsacls/script.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::plan {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view only_a_run = "  dsplan runs nothing: write the calls of dsacls out, one a line\n";

struct cmd_reading {
    std::string file;
    script_variables variables;
    dsacls_script made{};
    std::size_t open_blocks = 0;
    bool has_ended = false;
    bool expands_later = false; // "!NAME!" after setlocal enabledelayedexpansion
};

std::string_view trimmed_start(std::string_view text) {
    auto const start = text.find_first_not_of(blanks);
    return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

bool begins_with_word(std::string_view text, std::string_view word) {
    return text.size() >= word.size() && equal_ignoring_case(text.substr(0, word.size()), word) &&
           (text.size() == word.size() ||
            std::string_view(" \t.(/:;,=").find(text[word.size()]) != std::string_view::npos);
}

// ---- lines, joined where a caret ends them

std::vector<marked_text> lines_of(std::string_view text) {
    std::vector<marked_text> made;
    bool goes_on = false;
    for (std::uint32_t line = 1; !text.empty(); ++line) {
        auto const end = std::min(text.find('\n'), text.size());
        auto own = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (own.ends_with('\r'))
            own.remove_suffix(1);
        if (!goes_on)
            made.emplace_back();
        goes_on = own.ends_with('^') && !own.ends_with("^^");
        if (goes_on)
            own.remove_suffix(1);
        for (std::uint32_t column = 0; column < own.size(); ++column)
            made.back().add(own[column], {{}, line, column + 1});
    }
    return made;
}

// ---- variables

placed_failure unknown_variable(cmd_reading const& state, request_place place, std::string_view name) {
    place.file = state.file;
    return at(place, fmt::format("%{}% is not set in this file", printable(name)),
              fmt::format("  give its value: --set {}=VALUE\n", printable(name)));
}

placed_failure not_without_running(cmd_reading const& state, request_place place, std::string_view what) {
    place.file = state.file;
    return at(place, fmt::format("{} cannot be read without running it", what), std::string(only_a_run));
}

// A variable from its percent or exclamation mark on; the number of octets that it took.
std::size_t expand_one(cmd_reading const& state, marked_text const& line, std::size_t start, char mark,
                       marked_text& to, std::vector<placed_failure>& problems) {
    std::string_view const rest = std::string_view(line.octets).substr(start + 1);
    auto const& place = line.places[start];
    if (mark == '%' && !rest.empty() &&
        (rest.front() == '*' || (rest.front() >= '0' && rest.front() <= '9'))) {
        problems.push_back(
            not_without_running(state, place, fmt::format("%{}, an argument of the script,", rest.front())));
        return 2;
    }
    auto const end = rest.find(mark);
    if (end == std::string_view::npos)
        return 1; // cmd.exe drops a mark that stands alone
    auto const name = rest.substr(0, end);
    auto const known = state.variables.find(name);
    if (known != state.variables.end())
        to.add(known->second, place);
    else
        problems.push_back(unknown_variable(state, place, name));
    return end + 2;
}

marked_text expanded(cmd_reading const& state, marked_text const& line,
                     std::vector<placed_failure>& problems) {
    marked_text made;
    for (std::size_t next = 0; next < line.octets.size();) {
        char const octet = line.octets[next];
        if (octet == '%' && line.octets.substr(next, 2) == "%%") {
            made.add('%', line.places[next]);
            next += 2;
        } else if (octet == '%' || (octet == '!' && state.expands_later)) {
            next += expand_one(state, line, next, octet, made, problems);
        } else {
            made.add(octet, line.places[next]);
            ++next;
        }
    }
    return made;
}

// ---- one command after the other

struct simple_command {
    marked_text line;
    bool is_in_a_block = false;
};

// Over a redirection: "> file", ">> file", "2>&1"; the place behind it.
std::size_t after_redirection(marked_text const& line, std::size_t next, marked_text& command) {
    if (!command.octets.empty() && command.octets.back() >= '0' && command.octets.back() <= '9' &&
        (command.octets.size() == 1 ||
         blanks.find(command.octets[command.octets.size() - 2]) != std::string_view::npos)) {
        command.octets.pop_back(); // the number of the handle
        command.places.pop_back();
    }
    auto const& text = line.octets;
    next = std::min(text.find_first_not_of("<>", next), text.size());
    if (next < text.size() && text[next] == '&')
        return next + 2;
    next = std::min(text.find_first_not_of(blanks, next), text.size());
    for (bool is_quoted = false; next < text.size(); ++next) {
        if (text[next] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && std::string_view(" \t&|<>)").find(text[next]) != std::string_view::npos)
            break;
    }
    return next;
}

// Cuts a line at & and |, takes carets and redirections out, and follows the blocks that it opens and closes.
std::vector<simple_command> commands_of(cmd_reading& state, marked_text const& line) {
    std::vector<simple_command> made(1);
    bool is_quoted = false;
    for (std::size_t next = 0; next < line.octets.size(); ++next) {
        char const octet = line.octets[next];
        auto& command = made.back().line;
        bool const begins = trimmed_start(command.octets).empty();
        if (octet == '"') {
            is_quoted = !is_quoted;
        } else if (!is_quoted) {
            if (octet == '^' && next + 1 < line.octets.size()) {
                ++next;
                command.add(line.octets[next], line.places[next]);
                continue;
            }
            if (octet == '&' || octet == '|') {
                made.emplace_back();
                continue;
            }
            if (octet == '>' || octet == '<') {
                next = after_redirection(line, next, command) - 1;
                continue;
            }
            bool const ends = line.octets.find_first_not_of(blanks, next + 1) == std::string::npos;
            if (octet == '(' && (begins || ends)) {
                ++state.open_blocks;
                made.emplace_back();
                continue;
            }
            if (octet == ')' && state.open_blocks > 0 && (begins || ends)) {
                --state.open_blocks;
                made.emplace_back();
                continue;
            }
        }
        made.back().is_in_a_block = made.back().is_in_a_block || state.open_blocks > 0;
        command.add(octet, line.places[next]);
    }
    return made;
}

// ---- what a command is

void read_set(cmd_reading& state, std::string_view rest) {
    rest = trimmed_start(rest);
    bool const is_quoted = rest.starts_with('"');
    if (is_quoted) {
        rest.remove_prefix(1);
        rest = rest.substr(0, rest.rfind('"'));
    }
    auto const sign = rest.find('=');
    if (sign == std::string_view::npos)
        return;
    auto const name = std::string(rest.substr(0, sign));
    if (name.starts_with('/')) { // set /p asks, set /a computes
        auto const start = name.find_last_of(blanks);
        state.variables.erase(start == std::string::npos ? name : name.substr(start + 1));
        return;
    }
    state.variables[name] = rest.substr(sign + 1);
}

// The quotation marks of another shell, which cmd.exe and dsacls take for letters.
bool check_quotes(cmd_reading& state, std::vector<script_word> const& words) {
    auto const errors = state.made.errors.size();
    static constexpr std::array<std::string_view, 4> typographic{"\u201C", "\u201D", "\u201E", "\u2019"};
    for (auto const& word : words) {
        bool const has_typographic =
            std::any_of(typographic.begin(), typographic.end(),
                        [&word](auto const& mark) { return word.text.find(mark) != std::string::npos; });
        if (has_typographic)
            state.made.errors.push_back(at(word.place,
                                           "expected straight quotation marks, found typographic ones",
                                           "  cmd.exe takes them for letters of the name: write \"\n"));
        else if (word.text.starts_with('\''))
            state.made.errors.push_back(at(word.place, "expected double quotation marks, found single ones",
                                           "  cmd.exe takes them for letters of the name; a PowerShell file "
                                           "needs --shell powershell\n"));
        else if (word.text.find('`') != std::string::npos)
            state.made.errors.push_back(at(word.place, "expected no backtick in a file of cmd.exe",
                                           "  a PowerShell file needs --shell powershell\n"));
    }
    return state.made.errors.size() == errors;
}

void read_call(cmd_reading& state, simple_command const& command, std::vector<script_word> words,
               std::vector<placed_failure>& problems) {
    auto place = words.front().place;
    if (command.is_in_a_block)
        state.made.errors.push_back(not_without_running(state, place, "dsacls inside a block"));
    state.made.errors.insert(state.made.errors.end(), problems.begin(), problems.end());
    problems.clear();
    words.erase(words.begin());
    if (check_quotes(state, words))
        state.made.calls.push_back({std::move(place), std::move(words)});
}

bool is_harmless(std::string_view name) {
    constexpr std::array<std::string_view, 16> names{
        "else", "echo", "setlocal", "endlocal", "pause",   "title", "color", "cls",
        "chcp", "cd",   "pushd",    "popd",     "findstr", "find",  "more",  "timeout"};
    return std::any_of(names.begin(), names.end(),
                       [name](auto const& each) { return begins_with_word(name, each); });
}

void read_other(cmd_reading& state, std::string_view text, script_word const& program) {
    if (begins_with_word(text, "set"))
        return read_set(state, text.substr(3));
    if (begins_with_word(text, "setlocal")) {
        state.expands_later = state.expands_later ||
                              text.find("nabledelayedexpansion") != std::string::npos ||
                              text.find("NABLEDELAYEDEXPANSION") != std::string::npos ||
                              text.find("nableDelayedExpansion") != std::string::npos;
        return;
    }
    if (begins_with_word(text, "exit") || begins_with_word(text, "goto")) {
        state.has_ended = state.open_blocks == 0;
        return;
    }
    if (is_harmless(text))
        return;
    if (mentions_dsacls(text))
        state.made.errors.push_back(not_without_running(
            state, program.place, fmt::format("dsacls inside {}", printable(program.text))));
    else if (!begins_with_word(text, "if") && !begins_with_word(text, "for"))
        state.made.others.push_back({program.place, program.text});
}

void read_command(cmd_reading& state, simple_command const& command, std::vector<placed_failure>& problems) {
    auto start = command.line.octets.find_first_not_of(" \t@");
    if (start == std::string::npos)
        return;
    auto text = command.line.from(start);
    if (begins_with_word(text.octets, "call"))
        text = text.from(std::min(text.octets.find_first_not_of(blanks, 4), text.octets.size()));
    if (text.octets.empty())
        return;
    auto words = windows_arguments(text, state.file);
    if (is_dsacls(words.front().text))
        read_call(state, command, std::move(words), problems);
    else
        read_other(state, text.octets, words.front());
}

bool is_comment(std::string_view line) {
    line = line.substr(std::min(line.find_first_not_of(" \t@"), line.size()));
    return line.empty() || line.starts_with(':') || begins_with_word(line, "rem");
}

void read_line(cmd_reading& state, marked_text const& line) {
    if (is_comment(line.octets))
        return;
    if (state.has_ended) {
        if (mentions_dsacls(line.octets)) {
            auto place = line.places.front();
            place.file = state.file;
            state.made.errors.push_back(
                at(place, "dsacls stands after a command that leaves the script", std::string(only_a_run)));
        }
        return;
    }
    std::vector<placed_failure> problems;
    auto const text = expanded(state, line, problems);
    for (auto const& command : commands_of(state, text))
        read_command(state, command, problems);
}

} // namespace

dsacls_script read_cmd_script(std::string_view text, std::string_view file, script_variables variables) {
    cmd_reading state{std::string(file), std::move(variables)};
    for (auto const& line : lines_of(text))
        read_line(state, line);
    return std::move(state.made);
}

} // namespace dsplan::plan
