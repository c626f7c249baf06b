#include <tools/dsplan/directory/policy_link.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>

#include <algorithm>
#include <iterator>

namespace dsplan::directory {

std::vector<policy_link> policy_links_in(std::string_view value) {
    constexpr std::string_view scheme = "LDAP://";
    std::vector<policy_link> links;
    while (true) {
        auto const begin = value.find('[');
        auto const end = value.find(']', begin == std::string_view::npos ? 0 : begin);
        if (begin == std::string_view::npos || end == std::string_view::npos)
            return links;
        auto link = value.substr(begin + 1, end - begin - 1);
        value.remove_prefix(end + 1);
        auto const semicolon = link.rfind(';');
        unsigned options = 0;
        if (semicolon != std::string_view::npos && semicolon + 1 < link.size())
            options = static_cast<unsigned>(link[semicolon + 1] - '0');
        link = link.substr(0, semicolon);
        if (link.size() >= scheme.size() && equal_ignoring_case(link.substr(0, scheme.size()), scheme))
            link.remove_prefix(scheme.size());
        links.push_back({link, options});
    }
}

std::vector<policy_link> policy_links_in(std::span<std::string const> values) {
    std::vector<policy_link> links;
    for (auto const& value : values) {
        auto of_value = policy_links_in(std::string_view(value));
        std::move(of_value.begin(), of_value.end(), std::back_inserter(links));
    }
    return links;
}

} // namespace dsplan::directory
