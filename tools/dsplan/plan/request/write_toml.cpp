#include <tools/dsplan/plan/request/request_fields.hpp>
#include <tools/dsplan/plan/request/write_toml.hpp>

#include <fmt/format.h>

#include <initializer_list>
#include <string_view>

namespace dsplan::plan {

// Control characters, quotation marks and backslashes are escaped.
std::string toml_string(std::string_view text) {
    std::string made = "\"";
    for (char const octet : text) {
        if (octet == '"' || octet == '\\')
            made += '\\';
        if (static_cast<unsigned char>(octet) < 0x20 || octet == 0x7F)
            made += fmt::format("\\u{:04X}", static_cast<unsigned>(octet));
        else
            made += octet;
    }
    return made + "\"";
}

namespace {

std::string toml_list(std::vector<std::string> const& texts) {
    std::string made;
    for (auto const& each : texts)
        made += (made.empty() ? "" : ", ") + toml_string(each);
    return "[" + made + "]";
}

class field_writer {
public:
    explicit field_writer(std::string& text) : text_(text) {}

    void text(std::string_view key, std::string const& value, bool = false) {
        if (!value.empty())
            line(key, toml_string(value));
    }

    void texts(std::string_view key, std::vector<std::string> const& values) {
        if (!values.empty())
            line(key, toml_list(values));
    }

    void list(std::string_view key, std::optional<std::vector<std::string>> const& values) {
        if (values)
            line(key, toml_list(*values));
    }

    // False says nothing, but for the flags that are set unless the request says otherwise.
    void flag(std::string_view key, bool value) {
        if (value != (key == "audit" || key == "on-success" || key == "report-only"))
            line(key, value ? "true" : "false");
    }

    void word(std::string_view key, std::string const& value,
              std::initializer_list<std::string_view> allowed) {
        if (value != *allowed.begin())
            line(key, toml_string(value));
    }

    void change(std::string_view key, inheritance_change value) {
        line(key, toml_string(inheritance_words[static_cast<std::size_t>(value)]));
    }

    void aces(std::string_view key, std::vector<state_ace> const& aces) {
        if (aces.empty())
            return;
        text_ += fmt::format("{} = [\n", key);
        for (auto each : aces) { // visit_fields reads and writes
            std::string lines;
            field_writer fields(lines);
            visit_fields(fields, each);
            lines.pop_back();
            for (auto end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', end))
                lines.replace(end, 1, ", ");
            text_ += fmt::format("  {{ {} }},\n", lines);
        }
        text_ += "]\n";
    }

    void objects(std::string_view key, object_choice const& chosen) {
        std::string made;
        for (auto const& name : chosen.names)
            made += (made.empty() ? "" : ", ") + toml_string(name);
        if (!chosen.below.empty())
            made += (made.empty() ? "" : ", ") + below(chosen);
        bool const is_one = chosen.names.size() + (chosen.below.empty() ? 0 : 1) == 1;
        line(key, is_one ? made : "[" + made + "]");
    }

private:
    static std::string below(object_choice const& chosen) {
        auto made = "{ below = " + toml_string(chosen.below);
        if (!chosen.class_name.empty())
            made += ", class = " + toml_string(chosen.class_name);
        if (chosen.only_children)
            made += ", depth = \"one\"";
        return made + " }";
    }

    void line(std::string_view key, std::string_view value) { text_ += fmt::format("{} = {}\n", key, value); }

    std::string& text_;
};

} // namespace

std::string write_toml(change_request const& request) {
    std::string text = "format = 1\n";
    field_writer head(text);
    head.text("title", request.title);
    head.text("ticket", request.ticket);
    head.text("requested-by", request.requested_by);
    if (!request.names.empty())
        text += "\n[names]\n";
    for (auto const& [name, meaning] : request.names)
        text += fmt::format("{} = {}\n", toml_string(name), toml_string(meaning));
    for (auto const& each : request.tables) {
        text += fmt::format("\n{}\n", table_name(each.content));
        auto table = each.content; // visit_fields reads and writes
        std::visit(
            [&text](auto& content) {
                field_writer fields(text);
                visit_fields(fields, content);
            },
            table);
    }
    return text;
}

} // namespace dsplan::plan
