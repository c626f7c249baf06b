#include <tools/dsplan/plan/dsacls/script.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {

dsacls_script read_script(std::string_view text, std::string_view file, command_shell shell,
                          script_variables variables) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    return shell == command_shell::cmd ? read_cmd_script(text, file, std::move(variables))
                                       : read_powershell_script(text, file, std::move(variables));
}

bool is_dsacls(std::string_view program) {
    if (auto const place = program.find_last_of("\\/"); place != std::string_view::npos)
        program.remove_prefix(place + 1);
    return equal_ignoring_case(program, "dsacls") || equal_ignoring_case(program, "dsacls.exe");
}

bool mentions_dsacls(std::string_view text) {
    constexpr std::string_view name = "dsacls";
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
    auto const is_part_of_a_word = [&lower](std::size_t place) {
        if (place >= lower.size())
            return false;
        auto const octet = static_cast<unsigned char>(lower[place]);
        return octet == '-' || octet == '_' || (octet >= '0' && octet <= '9') ||
               (octet >= 'a' && octet <= 'z');
    };
    for (auto place = lower.find(name); place != std::string::npos; place = lower.find(name, place + 1))
        if ((place == 0 || !is_part_of_a_word(place - 1)) && !is_part_of_a_word(place + name.size()))
            return true;
    return false;
}

placed_failure at(request_place const& place, std::string_view what, std::string detail) {
    return {place, {fmt::format("{}: {}", place_text(place), what), std::move(detail)}};
}

} // namespace dsplan::plan
