#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/plan/dsacls/script.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace dsplan::plan {
namespace {

constexpr std::string_view shell_blanks = " \t\r";

// The text of a file and the place in it.
class powershell_text {
public:
    powershell_text(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    [[nodiscard]] bool at_end() const { return next_ >= text_.size(); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return next_ + ahead < text_.size() ? text_[next_ + ahead] : '\0';
    }
    [[nodiscard]] std::string_view rest() const { return text_.substr(next_); }
    [[nodiscard]] request_place place() const { return {file_, line_, column_}; }

    char take() {
        char const octet = text_[next_++];
        ++column_;
        if (octet == '\n') {
            ++line_;
            column_ = 1;
        }
        return octet;
    }
    void skip(std::size_t count) {
        while (count-- > 0 && !at_end())
            take();
    }
    void skip_blanks() {
        while (!at_end() && (shell_blanks.find(peek()) != std::string_view::npos || continues()))
            skip(continues() ? line_end() : 1);
    }
    // A backtick that ends the line.
    [[nodiscard]] bool continues() const { return peek() == '`' && line_end() > 0; }

private:
    [[nodiscard]] std::size_t line_end() const {
        return peek(1) == '\n' ? 2U : peek(1) == '\r' && peek(2) == '\n' ? 3U : 0U;
    }

    std::string_view text_;
    std::string file_;
    std::size_t next_ = 0;
    std::uint32_t line_ = 1;
    std::uint32_t column_ = 1;
};

enum class quote : std::uint8_t { none, single, twofold };

struct quote_mark {
    quote kind = quote::none;
    std::size_t size = 0;
};

// PowerShell takes typographic quotation marks for straight ones.
quote_mark quote_at(powershell_text const& text) {
    static constexpr std::array<std::pair<std::string_view, quote>, 9> marks{{{"\"", quote::twofold},
                                                                              {"\u201C", quote::twofold},
                                                                              {"\u201D", quote::twofold},
                                                                              {"\u201E", quote::twofold},
                                                                              {"'", quote::single},
                                                                              {"\u2018", quote::single},
                                                                              {"\u2019", quote::single},
                                                                              {"\u201A", quote::single},
                                                                              {"\u201B", quote::single}}};
    for (auto const& [mark, kind] : marks)
        if (text.rest().starts_with(mark))
            return {kind, mark.size()};
    return {};
}

struct powershell_reading {
    powershell_text text;
    script_variables variables;
    dsacls_script made{};
    std::size_t open_blocks = 0;
    bool is_silent = false; // while a command is read that nobody plans
    std::size_t failures = 0;

    void fail(request_place const& place, std::string_view what, std::string detail) {
        ++failures;
        if (!is_silent)
            made.errors.push_back(at(place, what, std::move(detail)));
    }
    void fail_to_run(request_place const& place, std::string_view what) {
        fail(place, fmt::format("{} cannot be read without running it", what),
             "  dsplan runs nothing: write the calls of dsacls out, one a line\n");
    }
};

bool is_of_a_name(char octet) {
    return octet == '_' || (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') ||
           (octet >= 'A' && octet <= 'Z');
}

std::string take_name(powershell_text& text) {
    std::string name;
    bool const is_braced = text.peek() == '{';
    if (is_braced)
        text.skip(1);
    while (!text.at_end() &&
           (is_braced ? text.peek() != '}' && text.peek() != '\n' : is_of_a_name(text.peek())))
        name += text.take();
    if (is_braced)
        text.skip(1);
    return name;
}

// "$name", "${name}"; "$(...)" and properties of objects only a run would tell.
void take_variable(powershell_reading& state, std::string& to) {
    auto const place = state.text.place();
    state.text.skip(1);
    bool const is_braced = state.text.peek() == '{';
    if (!is_braced && !is_of_a_name(state.text.peek())) {
        if (state.text.peek() == '(')
            return state.fail_to_run(place, "$(…)");
        to += '$';
        return;
    }
    auto const name = take_name(state.text);
    if (!is_braced && state.text.peek() == ':')
        return state.fail(place,
                          fmt::format("${0}: is not the variable {0} in PowerShell: it takes the colon for a "
                                      "part of the name",
                                      printable(name)),
                          fmt::format("  write ${{{}}}:\n", printable(name)));
    auto const known = state.variables.find(name);
    if (known == state.variables.end())
        return state.fail(place, fmt::format("${} is not set in this file to a text", printable(name)),
                          fmt::format("  give its value: --set {}=VALUE\n", printable(name)));
    to += known->second;
}

void take_escaped(powershell_text& text, std::string& to) {
    text.skip(1);
    if (text.at_end())
        return;
    char const octet = text.take();
    to += octet == 'n' ? '\n' : octet == 't' ? '\t' : octet;
}

// From a quotation mark to the one that ends it.
void take_quoted(powershell_reading& state, std::string& to) {
    auto& text = state.text;
    auto const place = text.place();
    auto const opening = quote_at(text);
    text.skip(opening.size);
    while (!text.at_end()) {
        auto const mark = quote_at(text);
        if (mark.kind == opening.kind) {
            text.skip(mark.size);
            auto const second = quote_at(text);
            if (second.kind != opening.kind)
                return;
            text.skip(second.size);
            to += opening.kind == quote::single ? '\'' : '"';
        } else if (opening.kind == quote::twofold && text.peek() == '$') {
            take_variable(state, to);
        } else if (opening.kind == quote::twofold && text.peek() == '`') {
            take_escaped(text, to);
        } else {
            to += text.take();
        }
    }
    state.fail(place, "expected a quotation mark at the end, found the end of the file", {});
}

bool ends_word(powershell_text const& text) {
    return text.at_end() || text.continues() ||
           std::string_view(" \t\r\n;|&(){}<>").find(text.peek()) != std::string_view::npos;
}

// Where PowerShell reads a part of an argument as something else.
bool take_odd_part(powershell_reading& state, script_word const& word) {
    auto const place = state.text.place();
    if (state.text.peek() == ',') {
        state.text.skip(1);
        state.fail(place, "in PowerShell a comma outside quotation marks makes a list",
                   "  write the whole argument in quotation marks\n");
        return true;
    }
    if (state.text.peek() == '@' && word.text.empty() &&
        (state.text.peek(1) == '(' || is_of_a_name(state.text.peek(1)))) {
        state.text.skip(1);
        state.fail_to_run(place, "a list of arguments");
        return true;
    }
    return false;
}

script_word take_word(powershell_reading& state) {
    auto& text = state.text;
    script_word made{{}, text.place()};
    bool began_quoted = false;
    while (!ends_word(text)) {
        if (began_quoted) {
            state.fail(text.place(),
                       "in PowerShell an argument that begins with a quotation mark ends with the next",
                       "  write the whole argument in one pair of quotation marks\n");
            began_quoted = false;
        }
        if (take_odd_part(state, made))
            continue;
        if (quote_at(text).kind != quote::none) {
            began_quoted = made.text.empty();
            take_quoted(state, made.text);
        } else if (text.peek() == '$') {
            take_variable(state, made.text);
        } else if (text.peek() == '`') {
            take_escaped(text, made.text);
        } else {
            made.text += text.take();
        }
    }
    if (made.text.find('"') != std::string::npos)
        state.fail(made.place, "a quotation mark within an argument",
                   "  versions of PowerShell pass it on in different ways: leave it out\n");
    return made;
}

// Over redirections, "2>&1", "> $null".
bool take_redirection(powershell_reading& state) {
    auto& text = state.text;
    std::size_t const number = text.peek() >= '0' && text.peek() <= '9' && text.peek(1) == '>' ? 1U : 0U;
    if (text.peek(number) != '>')
        return false;
    text.skip(number + (text.peek(number + 1) == '>' ? 2U : 1U));
    if (text.peek() == '&') {
        text.skip(2);
        return true;
    }
    text.skip_blanks();
    bool const was_silent = state.is_silent;
    state.is_silent = true;
    (void)take_word(state);
    state.is_silent = was_silent;
    return true;
}

void skip_to_line_end(powershell_text& text) {
    while (!text.at_end() && text.peek() != '\n')
        text.skip(1);
}

// The arguments of a command, to the end of the statement.
std::vector<script_word> take_words(powershell_reading& state) {
    auto& text = state.text;
    std::vector<script_word> made;
    for (text.skip_blanks(); !text.at_end(); text.skip_blanks()) {
        auto const place = text.place();
        char const octet = text.peek();
        if (octet == '\n' || octet == '|' || octet == '&' || octet == '}')
            break;
        if (octet == '#') {
            skip_to_line_end(text);
            break;
        }
        if (octet == ';')
            break;
        if (take_redirection(state))
            continue;
        if (octet == '(' || octet == ')' || octet == '{' || octet == '<') {
            state.fail_to_run(place, fmt::format("an argument in {}", octet));
            text.skip(1);
            continue;
        }
        if (text.rest().starts_with("--%")) {
            state.fail_to_run(place, "what stands behind --%");
            skip_to_line_end(text);
            break;
        }
        made.push_back(take_word(state));
        if (text.peek() == ';' && made.back().text.find(':') != std::string::npos) {
            state.fail(
                text.place(),
                "in PowerShell this line is cut here: a semicolon outside quotation marks ends a command",
                "  write the whole argument in quotation marks\n");
            skip_to_line_end(text);
            break;
        }
    }
    return made;
}

// "$name = 'text'": a variable whose text is known from now on; any other value makes it unknown.
bool take_assignment(powershell_reading& state) {
    auto const rest = state.text.rest();
    std::size_t end = 1;
    while (end < rest.size() && is_of_a_name(rest[end]))
        ++end;
    auto const sign = rest.find_first_not_of(shell_blanks, end);
    if (end == 1 || sign == std::string_view::npos || rest[sign] != '=' || rest.substr(sign, 2) == "==")
        return false;
    std::string const name(rest.substr(1, end - 1));
    state.text.skip(sign + 1);
    state.text.skip_blanks();
    bool const was_silent = state.is_silent;
    state.is_silent = true;
    std::optional<std::string> value;
    if (quote_at(state.text).kind != quote::none) {
        auto const failures = state.failures;
        take_quoted(state, value.emplace());
        state.text.skip_blanks();
        bool const is_whole =
            state.text.at_end() || std::string_view("\n;#").find(state.text.peek()) != std::string_view::npos;
        if (!is_whole || state.failures != failures)
            value.reset();
    }
    state.is_silent = was_silent;
    if (value && state.open_blocks == 0)
        state.variables[name] = *value;
    else
        state.variables.erase(name);
    return true;
}

// A statement that is no call of dsacls: over its words and into its blocks.
void skip_statement(powershell_reading& state, request_place const& place, std::string name) {
    auto& text = state.text;
    std::string seen = name;
    while (!text.at_end() && text.peek() != '\n' && text.peek() != ';' && text.peek() != '{' &&
           text.peek() != '}' && text.peek() != '|') {
        if (text.continues()) {
            text.skip_blanks();
        } else if (quote_at(text).kind != quote::none) {
            bool const was_silent = std::exchange(state.is_silent, true);
            take_quoted(state, seen);
            state.is_silent = was_silent;
        } else {
            seen += text.take();
        }
    }
    bool const mentions = mentions_dsacls(seen);
    bool const is_output = name.starts_with("Write-") || name.starts_with("Out-") ||
                           equal_ignoring_case(name, "Select-String") || equal_ignoring_case(name, "echo");
    if (mentions && !is_output)
        state.fail_to_run(place, "dsacls inside another command");
    bool const is_block = text.peek() == '{' || name.empty() || name.starts_with('$');
    if (!mentions && !is_output && !is_block)
        state.made.others.push_back({place, std::move(name)});
}

bool take_comment(powershell_text& text) {
    if (text.rest().starts_with("<#")) {
        auto const end = text.rest().find("#>");
        text.skip(end == std::string_view::npos ? text.rest().size() : end + 2);
        return true;
    }
    if (text.peek() != '#')
        return false;
    skip_to_line_end(text);
    return true;
}

std::string peek_program(powershell_reading& state) {
    auto& text = state.text;
    if (text.peek() == '&' || (text.peek() == '.' && text.peek(1) == ' ')) {
        text.skip(1);
        text.skip_blanks();
    }
    if (ends_word(text))
        return {};
    bool const was_silent = std::exchange(state.is_silent, true);
    auto const word = take_word(state);
    state.is_silent = was_silent;
    return word.text;
}

void take_statement(powershell_reading& state) {
    auto& text = state.text;
    auto const place = text.place();
    if (text.peek() == '$' && take_assignment(state)) {
        skip_statement(state, place, "$");
        return;
    }
    auto name = peek_program(state);
    if (!is_dsacls(name))
        return skip_statement(state, place, std::move(name));
    if (state.open_blocks > 0)
        state.fail_to_run(place, "dsacls inside a block");
    auto const failures = state.failures;
    auto words = take_words(state);
    if (state.failures == failures)
        state.made.calls.push_back({place, std::move(words)});
}

} // namespace

dsacls_script read_powershell_script(std::string_view text, std::string_view file,
                                     script_variables variables) {
    powershell_reading state{powershell_text(text, file), std::move(variables)};
    auto& from = state.text;
    for (from.skip_blanks(); !from.at_end(); from.skip_blanks()) {
        char const octet = from.peek();
        if (take_comment(from))
            continue;
        if (octet == '{' || octet == '}') {
            state.open_blocks += octet == '{' ? 1U : 0U;
            state.open_blocks -= octet == '}' && state.open_blocks > 0 ? 1U : 0U;
            from.skip(1);
        } else if (std::string_view("\n;|)(<>").find(octet) != std::string_view::npos) {
            from.skip(1);
        } else {
            take_statement(state);
        }
    }
    return std::move(state.made);
}

} // namespace dsplan::plan
