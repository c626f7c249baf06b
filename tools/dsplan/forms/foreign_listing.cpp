#include <tools/dsplan/forms/foreign_listing.hpp>
#include <tools/dsplan/forms/pasted_lines.hpp>

#include <algorithm>
#include <array>

namespace dsplan {
namespace {

// Lines as the tools print them; blanks before and after do not count.
constexpr std::array<std::string_view, 6> dsacls_starts{
    "Access list:",
    "Audit list:",
    "Effective Permissions on this object are:",
    "Permissions inherited to subobjects are:",
    "Inherited to all subobjects",
    "{This object is protected from inheriting permissions from the parent}"};

bool starts_with_word(std::string_view line, std::string_view word) {
    return line.starts_with(word) && line.size() > word.size() + 1 && line[word.size()] == ' ';
}

// "Allow BUILTIN\Administrators     FULL CONTROL"
bool is_of_dsacls(std::string_view line) {
    if (std::any_of(dsacls_starts.begin(), dsacls_starts.end(),
                    [line](std::string_view start) { return line.starts_with(start); }))
        return true;
    return (starts_with_word(line, "Allow") || starts_with_word(line, "Deny")) &&
           line.find("  ") != std::string_view::npos;
}

bool is_right_of_icacls(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char letter) {
        return (letter >= 'A' && letter <= 'Z') || letter == ',';
    });
}

// "C:\Data BUILTIN\Administrators:(I)(OI)(CI)(F)"
bool is_of_icacls(std::string_view line) {
    auto const mark = line.rfind(":(");
    if (mark == std::string_view::npos || mark < 2 || line.back() != ')')
        return false;
    for (auto rest = line.substr(mark + 1); !rest.empty();) {
        auto const end = rest.find(')');
        if (rest[0] != '(' || end == std::string_view::npos || !is_right_of_icacls(rest.substr(1, end - 1)))
            return false;
        rest.remove_prefix(end + 1);
    }
    return true;
}

// "Path   Owner   Access" above a line of dashes
bool is_heading_of_get_acl(std::string_view line) {
    auto const owner = line.find(" Owner ");
    return line.starts_with("Path ") && owner != std::string_view::npos &&
           line.find(" Access", owner) != std::string_view::npos;
}

} // namespace

std::string_view foreign_listing(std::string_view text) {
    for (auto const whole : lines_of(text)) {
        auto const line = trimmed(whole);
        if (is_of_dsacls(line))
            return "output of dsacls";
        if (is_of_icacls(line) || line.starts_with("Successfully processed "))
            return "output of icacls";
        if (is_heading_of_get_acl(line))
            return "a table of Get-Acl";
    }
    return {};
}

} // namespace dsplan
