#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/plan/recipes/import_delegwiz.hpp>
#include <tools/dsplan/plan/request/write_toml.hpp>
#include <tools/dsplan/words/right_tokens.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace dsplan::plan {
namespace {

struct ini_line {
    std::string key;
    std::string value;
    std::size_t line = 0;
};
struct ini_section {
    std::size_t line = 0;
    std::vector<ini_line> lines;
};
struct ignoring_case {
    bool operator()(std::string const& a, std::string const& b) const {
        return compare_ignoring_case(a, b) < 0;
    }
};
using ini_file = std::map<std::string, ini_section, ignoring_case>;

struct importing {
    std::string file;
    std::vector<failure> errors{};
    ini_file sections{};

    void fail(std::size_t line, std::string_view what, std::string detail = {}) {
        errors.push_back({fmt::format("{}:{}: {}", file, line, what), std::move(detail)});
    }
    [[nodiscard]] ini_section const* find(std::string const& name) const {
        auto const found = sections.find(name);
        return found == sections.end() ? nullptr : &found->second;
    }
};

// ---- the file

// Without a comment, which a semicolon outside quotation marks begins.
std::string_view without_comment(std::string_view line) {
    bool is_quoted = false;
    for (std::size_t place = 0; place < line.size(); ++place)
        if (line[place] == '"')
            is_quoted = !is_quoted;
        else if (line[place] == ';' && !is_quoted)
            return line.substr(0, place);
    return line;
}

void read_line(importing& state, std::string_view text, std::size_t line, ini_section*& section) {
    text = words::trimmed(without_comment(text));
    if (text.empty())
        return;
    if (text.front() == '[') {
        if (text.back() != ']')
            return state.fail(line,
                              fmt::format("expected a section in brackets, found '{}'", printable(text)));
        section = &state.sections[std::string(words::trimmed(text.substr(1, text.size() - 2)))];
        section->line = line;
        return;
    }
    auto const sign = text.find('=');
    if (section == nullptr || sign == std::string_view::npos)
        return state.fail(line,
                          fmt::format("expected KEY = VALUE in a section, found '{}'", printable(text)));
    section->lines.push_back({std::string(words::trimmed(text.substr(0, sign))),
                              std::string(words::trimmed(text.substr(sign + 1))), line});
}

void read_sections(importing& state, std::string_view text) {
    ini_section* section = nullptr;
    for (std::size_t line = 1; !text.empty(); ++line) {
        auto const end = std::min(text.find('\n'), text.size());
        read_line(state, text.substr(0, end), line, section);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// "a, "b, c"": what commas part outside quotation marks, without these.
std::vector<std::string> list_of(std::string_view value) {
    std::vector<std::string> made(1);
    bool is_quoted = false;
    for (char const octet : value)
        if (octet == '"')
            is_quoted = !is_quoted;
        else if (octet == ',' && !is_quoted)
            made.emplace_back();
        else
            made.back() += octet;
    for (auto& each : made)
        each = std::string(words::trimmed(each));
    std::erase(made, std::string());
    return made;
}

std::vector<std::string> list_of(ini_section const& section, std::string_view key) {
    for (auto const& each : section.lines)
        if (equal_ignoring_case(each.key, key))
            return list_of(each.value);
    return {};
}

// ---- one template

std::optional<std::string> letters_of(importing& state, ini_line const& line) {
    std::string made;
    for (auto const& letters : list_of(line.value)) {
        if (letters.size() != 2 || !words::parse_letters(letters)) {
            state.fail(line.line, fmt::format("expected letters of rights, found '{}'", printable(letters)),
                       "  as in RP,WP\n");
            return std::nullopt;
        }
        made += letters;
    }
    if (made.empty()) {
        state.fail(line.line,
                   fmt::format("expected letters of rights for '{}', found none", printable(line.key)));
        return std::nullopt;
    }
    return made;
}

std::vector<std::string> rights_of(importing& state, ini_section const& section) {
    std::vector<std::string> made;
    for (auto const& line : section.lines) {
        if (equal_ignoring_case(line.key, "CONTROLRIGHT")) {
            auto const names = list_of(line.value);
            made.insert(made.end(), names.begin(), names.end());
        } else if (auto const letters = letters_of(state, line)) {
            made.push_back(line.key == "@" ? *letters : fmt::format("{};{}", *letters, line.key));
        }
    }
    return made;
}

request_table table_of(std::vector<std::string> rights, std::string_view type) {
    permission_table table;
    table.trustee = "${group}";
    table.on.names = {"${unit}"};
    table.rights = std::move(rights);
    table.applies_to = equal_ignoring_case(type, "SCOPE")
                           ? std::string("this object and all descendant objects")
                           : fmt::format("descendant {} objects", type);
    return {{}, std::move(table)};
}

std::string name_of(std::string_view description, std::set<std::string>& taken) {
    std::string made;
    for (char const octet : description) {
        char const letter = to_lower(octet);
        bool const is_plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (is_plain)
            made += letter;
        else if (!made.empty() && made.back() != '-')
            made += '-';
    }
    constexpr std::size_t longest = 60;
    made = made.substr(0, longest);
    while (made.ends_with('-'))
        made.pop_back();
    auto name = made.empty() ? std::string("task") : made;
    for (int number = 2; !taken.insert(name).second; ++number)
        name = fmt::format("{}-{}", made.empty() ? "task" : made, number);
    return name;
}

std::string recipe_text(std::string const& name, std::string const& title,
                        std::vector<std::string> const& classes, change_request const& request) {
    auto const tables = write_toml(request).substr(std::string_view("format = 1\n").size());
    auto const quoted = [](std::vector<std::string> const& texts) {
        std::string made;
        for (auto const& each : texts)
            made += (made.empty() ? "" : ", ") + toml_string(each);
        return "[" + made + "]";
    };
    auto const of_classes = classes.empty() ? std::string() : fmt::format("class = {}\n", quoted(classes));
    return fmt::format("format = 1\n\n[recipe]\nname = \"{}\"\ntitle = {}\nsource = \"delegwiz.inf\"\n"
                       "confidence = \"imported\"\n\n"
                       "[parameter.group]\nkind = \"account\"\ntext = \"the group that gets the rights\"\n\n"
                       "[parameter.unit]\nkind = \"object\"\n{}text = \"where it gets them\"\n{}",
                       name, toml_string(title), of_classes, tables);
}

void import_template(importing& state, std::string const& name, std::set<std::string>& taken,
                     std::vector<artifact>& to) {
    auto const* const section = state.find(name);
    if (section == nullptr)
        return state.fail(
            1, fmt::format("there is no section [{}], and the list of templates names it", printable(name)));
    change_request request;
    for (auto const& type : list_of(*section, "ObjectTypes")) {
        auto const* const rights = state.find(name + "." + type);
        if (rights == nullptr)
            state.fail(section->line,
                       fmt::format("there is no section [{}.{}], and ObjectTypes of [{}] names it",
                                   printable(name), printable(type), printable(name)));
        else if (auto found = rights_of(state, *rights); !found.empty())
            request.tables.push_back(table_of(std::move(found), type));
    }
    if (request.tables.empty())
        return state.fail(section->line, fmt::format("[{}] grants nothing", printable(name)));
    auto const described = list_of(*section, "Description");
    auto const title = described.empty() ? name : fmt::format("{}", fmt::join(described, ", "));
    auto const file = name_of(title, taken);
    to.push_back({file + ".toml", recipe_text(file, title, list_of(*section, "AppliesToClasses"), request)});
}

} // namespace

tl::expected<std::vector<artifact>, std::vector<failure>> import_delegwiz(std::string_view text,
                                                                          std::string_view file) {
    importing state{printable(file)};
    read_sections(state, text);
    auto const* const list = state.find("DelegationTemplates");
    auto const names = list == nullptr ? std::vector<std::string>() : list_of(*list, "Templates");
    if (names.empty())
        state.fail(1, "expected the section [DelegationTemplates] with Templates = …, found none");
    std::vector<artifact> made;
    std::set<std::string> taken;
    for (auto const& name : names)
        import_template(state, name, taken, made);
    if (!state.errors.empty())
        return tl::unexpected(std::move(state.errors));
    return made;
}

} // namespace dsplan::plan
