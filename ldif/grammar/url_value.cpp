#include <ldif/grammar/url_value.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <system_error>

namespace dsplan::ldif {
namespace {

namespace fs = std::filesystem;

tl::unexpected<parse_error> refuse(std::string expected, std::string_view url, std::string hint) {
    parse_error error;
    error.expected = std::move(expected);
    error.found = quoted(url);
    error.hint = std::move(hint);
    return tl::unexpected(std::move(error));
}

// RFC 3986 percent-encoding; nothing where it is broken or hides a NUL.
std::optional<std::string> percent_decode(std::string_view text) {
    std::string octets;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            octets += text[i];
            continue;
        }
        unsigned code = 0;
        auto const digits = text.substr(i + 1, 2);
        auto const [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (digits.size() != 2 || problem != std::errc() || end != digits.data() + 2 || code == 0)
            return std::nullopt;
        octets += static_cast<char>(code);
        i += 2;
    }
    return octets;
}

// The path after "file:///" or "file://localhost/".
std::optional<fs::path> path_of(std::string_view url) {
    for (std::string_view const prefix : {"file:///", "file://localhost/"})
        if (equals_keyword(url.substr(0, prefix.size()), prefix)) {
            auto const path = percent_decode(url.substr(prefix.size()));
            return path ? std::optional<fs::path>(fs::path("/") / *path) : std::nullopt;
        }
    return std::nullopt;
}

bool is_below(fs::path const& file, fs::path const& root) {
    auto const [end, rest] = std::mismatch(root.begin(), root.end(), file.begin(), file.end());
    return end == root.end() && rest != file.end();
}

} // namespace

result<std::string> read_url_value(std::string_view url, std::optional<url_values> const& allowed) {
    if (!allowed)
        return refuse("a value, not a URL", url,
                      "URLs are followed only with an option that names their root folder");
    auto const path = path_of(url);
    if (!path)
        return refuse("a URL file:///path", url, "no other kind of URL is followed");
    std::error_code problem;
    auto const file = fs::canonical(*path, problem);
    if (problem)
        return refuse("a file that can be read", url, problem.message());
    auto const root = fs::canonical(allowed->root, problem);
    if (problem || !is_below(file, root))
        return refuse("a file below the root folder", url, "copy the file there or name another root");
    if (!fs::is_regular_file(file, problem))
        return refuse("a file that can be read", url, "it is no regular file");
    auto const size = fs::file_size(file, problem);
    if (problem || size > allowed->maximum_size)
        return refuse(fmt::format("a file of at most {} octets", allowed->maximum_size), url, "");
    std::ifstream input(file, std::ios::binary);
    std::string octets(static_cast<std::size_t>(size), '\0');
    input.read(octets.data(), static_cast<std::streamsize>(size));
    if (input.gcount() != static_cast<std::streamsize>(size))
        return refuse("a file that can be read", url, "it became shorter while it was read");
    return octets;
}

} // namespace dsplan::ldif
