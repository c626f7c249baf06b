#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace dsplan::plan {

std::string place_text(request_place const& place) {
    return place.file.empty() ? "the command line"
                              : fmt::format("{}:{}:{}", printable(place.file), place.line, place.column);
}

std::string table_name(table_content const& table) {
    if (auto const* const permission = std::get_if<permission_table>(&table)) {
        constexpr std::array<std::string_view, 3> names{"[[grant]]", "[[deny]]", "[[revoke]]"};
        return std::string(names[static_cast<std::size_t>(permission->verb)]);
    }
    constexpr std::array<std::string_view, 9> names{
        "",          "[[members]]", "[[replace-trustee]]", "[[inheritance]]", "[[owner]]",
        "[[audit]]", "[[restore]]", "[[state]]",           "[[clean]]"};
    return std::string(names[table.index()]);
}

} // namespace dsplan::plan
