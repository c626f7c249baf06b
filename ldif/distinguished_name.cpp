#include <ldif/distinguished_name.hpp>
#include <ldif/grammar/rdn_scanner.hpp>
#include <ldif/text/name_folding.hpp>
#include <ldif/text/octet_classes.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace dsplan::ldif {
namespace {

constexpr bool is_special(char octet) {
    return octet == ',' || octet == '+' || octet == '"' || octet == '\\' || octet == '<' || octet == '>' ||
           octet == ';';
}

void append_escaped(std::string& text, std::string_view value) {
    bool const is_text = utf8::is_valid(value.begin(), value.end());
    for (std::size_t i = 0; i < value.size(); ++i) {
        char const octet = value[i];
        auto const code = static_cast<unsigned char>(octet);
        bool const edge = (octet == ' ' && (i == 0 || i + 1 == value.size())) || (octet == '#' && i == 0);
        if (code < 0x20 || code == 0x7F || (code >= 0x80 && !is_text)) {
            fmt::format_to(std::back_inserter(text), "\\{:02X}", code);
            continue;
        }
        if (edge || is_special(octet))
            text += '\\';
        text += octet;
    }
}

struct named_type {
    std::string_view oid;
    std::string_view name;
};
constexpr std::array<named_type, 9> named_types{{
    {"0.9.2342.19200300.100.1.1", "uid"},
    {"0.9.2342.19200300.100.1.25", "dc"},
    {"2.5.4.10", "o"},
    {"2.5.4.11", "ou"},
    {"2.5.4.3", "cn"},
    {"2.5.4.6", "c"},
    {"2.5.4.7", "l"},
    {"2.5.4.8", "st"},
    {"2.5.4.9", "street"},
}};

void append_type(std::string& key, std::string_view type) {
    if (type.size() > 4 && equals_keyword(type.substr(0, 4), "oid."))
        type.remove_prefix(4);
    auto const* const row = std::find_if(named_types.begin(), named_types.end(),
                                         [type](auto const& it) { return it.oid == type; });
    if (row != named_types.end())
        type = row->name;
    for (char const octet : type)
        key += to_lower(octet);
}

// "cn=ruth"; octets that are no UTF-8 are compared as they are.
void append_normalized(std::string& key, std::string_view type, std::string_view value) {
    append_type(key, type);
    key += '=';
    if (!utf8::is_valid(value.begin(), value.end()))
        return append_escaped(key, value);
    std::string folded;
    append_folded(folded, value);
    append_escaped(key, folded);
}

void append_normalized(std::string& key, relative_distinguished_name const& rdn) {
    std::vector<std::string> parts;
    for (auto const& part : rdn)
        append_normalized(parts.emplace_back(), part.type, part.value);
    std::sort(parts.begin(), parts.end());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        key += i == 0 ? "" : "+";
        key += parts[i];
    }
}

void append_plain(std::string& key, rdn_part const& part) {
    append_type(key, part.type);
    key += '=';
    for (char const octet : part.value)
        key += to_lower(octet);
}

// Octets that mean themselves wherever they stand in a value, but for blanks beside a separator.
constexpr std::array<bool, 256> plain_octets = [] {
    std::array<bool, 256> table{};
    for (char octet = 0x20; octet < 0x7F; ++octet)
        table[static_cast<std::size_t>(octet)] = octet == ',' || (octet != '#' && !is_special(octet));
    return table;
}();

// A name as exports spell nearly all: its key is its text in lower case. Of the others, the scanner decides.
bool is_plain_name(std::string_view text) {
    std::size_t parts = 1;
    bool in_type = true;
    char before = ',';
    for (char const octet : text) {
        if (!plain_octets[static_cast<unsigned char>(octet)])
            return false;
        if (in_type) {
            if (octet == '=' ? before == ',' : !is_letter(octet))
                return false;
            in_type = octet != '=';
        } else if (octet == ',') {
            if (before == ' ')
                return false;
            in_type = true;
            ++parts;
        } else if (octet == ' ' && before == '=') {
            return false;
        }
        before = octet;
    }
    return !in_type && before != ' ' && parts <= rdn_scanner::maximum_parts;
}

// The offset after the first RDN, at its comma or at the end.
std::size_t first_rdn_end(std::string_view text) {
    bool in_quotes = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            in_quotes = !in_quotes;
        else if (text[i] == ',' && !in_quotes)
            return i;
    }
    return text.size();
}

} // namespace

result<distinguished_name> parse_distinguished_name(std::string_view text) {
    distinguished_name name;
    if (text.find_first_not_of(' ') == std::string_view::npos)
        return name;
    rdn_scanner scanner(text);
    bool same_rdn = false;
    for (;;) {
        auto const part = scanner.next();
        if (!part)
            return tl::unexpected(part.error());
        auto value = unescape(*part);
        if (!value)
            return tl::unexpected(value.error());
        if (!same_rdn)
            name.rdns.emplace_back();
        name.rdns.back().push_back({std::string(part->type), std::move(*value)});
        if (part->separator == rdn_separator::end)
            return name;
        same_rdn = part->separator == rdn_separator::plus;
    }
}

result<void> check_distinguished_name(std::string_view text) {
    if (is_plain_name(text) || text.find_first_not_of(' ') == std::string_view::npos)
        return {};
    rdn_scanner scanner(text);
    for (;;) {
        auto const part = scanner.next();
        if (!part)
            return tl::unexpected(part.error());
        if (part->separator == rdn_separator::end)
            return {};
    }
}

std::string to_string(relative_distinguished_name const& name) {
    std::string text;
    for (auto const& part : name) {
        text += text.empty() ? "" : "+";
        text += part.type;
        text += '=';
        append_escaped(text, part.value);
    }
    return text;
}

std::string to_string(distinguished_name const& name) {
    std::string text;
    for (auto const& rdn : name.rdns) {
        text += text.empty() ? "" : ",";
        text += to_string(rdn);
    }
    return text;
}

std::string normalized(distinguished_name const& name) {
    std::string key;
    for (auto const& rdn : name.rdns) {
        key += key.empty() ? "" : ",";
        append_normalized(key, rdn);
    }
    return key;
}

result<std::string> normalize(std::string_view text) {
    if (is_plain_name(text))
        return lower_case(text);
    std::string key;
    if (text.find_first_not_of(' ') == std::string_view::npos)
        return key;
    key.reserve(text.size());
    rdn_scanner scanner(text);
    for (;;) {
        auto const part = scanner.next();
        if (!part)
            return tl::unexpected(part.error());
        if (part->separator == rdn_separator::plus)
            return parse_distinguished_name(text).map([](auto const& name) { return normalized(name); });
        if (part->is_plain) {
            append_plain(key, *part);
        } else if (auto const value = unescape(*part)) {
            append_normalized(key, part->type, *value);
        } else {
            return tl::unexpected(value.error());
        }
        if (part->separator == rdn_separator::end)
            return key;
        key += ',';
    }
}

std::optional<distinguished_name> parent(distinguished_name const& name) {
    if (name.rdns.empty())
        return std::nullopt;
    return distinguished_name{{name.rdns.begin() + 1, name.rdns.end()}};
}

distinguished_name child(relative_distinguished_name rdn, distinguished_name const& superior) {
    distinguished_name name;
    name.rdns.reserve(superior.rdns.size() + 1);
    name.rdns.push_back(std::move(rdn));
    name.rdns.insert(name.rdns.end(), superior.rdns.begin(), superior.rdns.end());
    return name;
}

std::string_view parent_text(std::string_view text) {
    std::size_t const end = first_rdn_end(text);
    if (end == text.size())
        return {};
    auto const behind = text.substr(end + 1);
    return behind.substr(std::min(behind.find_first_not_of(' '), behind.size()));
}

std::string_view first_rdn_text(std::string_view text) {
    return text.substr(0, first_rdn_end(text));
}

std::string tree_order(std::string_view normalized_name) {
    std::string key;
    key.reserve(normalized_name.size() + 1);
    if (normalized_name.find('\\') == std::string_view::npos) { // every comma separates
        for (auto rest = normalized_name; !rest.empty();) {
            auto const comma = rest.rfind(',');
            auto const begin = comma == std::string_view::npos ? 0 : comma + 1;
            key += rest.substr(begin);
            key += '\x01';
            rest = rest.substr(0, begin == 0 ? 0 : comma);
        }
        return key;
    }
    std::vector<std::string_view> rdns;
    for (auto rest = normalized_name; !rest.empty(); rest = parent_text(rest))
        rdns.push_back(first_rdn_text(rest));
    for (auto rdn = rdns.rbegin(); rdn != rdns.rend(); ++rdn) {
        key += *rdn;
        key += '\x01';
    }
    return key;
}

} // namespace dsplan::ldif
