#include <sddl/write.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/rights.hpp>
#include <tools/dsplan/words/applies_to.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace dsplan::render {
namespace {

std::string guid_text(words::listed_right const& listed) {
    return listed.named.type ? fmt::format("{}", *listed.named.type) : std::string("-");
}

std::string flag_letters(std::uint8_t flags) {
    std::string made;
    for (auto const& [bit, letters] :
         {std::pair(sddl::ace_flag::container_inherit, "CI"), std::pair(sddl::ace_flag::no_propagate, "NP"),
          std::pair(sddl::ace_flag::inherit_only, "IO")})
        if ((flags & bit) != 0)
            made += letters;
    return made.empty() ? "-" : made;
}

std::string with_class(std::string_view form) {
    std::string made(form);
    for (auto place = made.find("{}"); place != std::string::npos; place = made.find("{}", place))
        made.replace(place, 2, "CLASS");
    return made;
}

nlohmann::ordered_json spellings_json(std::string_view others) {
    auto made = nlohmann::ordered_json::array();
    while (!others.empty()) {
        auto const end = std::min(others.find('|'), others.size());
        made.push_back(with_class(others.substr(0, end)));
        others.remove_prefix(std::min(end + 1, others.size()));
    }
    return made;
}

} // namespace

std::string rights_text(std::vector<words::listed_right> const& rights) {
    std::size_t widest = 0;
    std::size_t widest_letters = 0;
    for (auto const& listed : rights) {
        widest = std::max(widest, printable(listed.named.text).size());
        widest_letters = std::max(widest_letters, listed.letters.size());
    }
    std::string text;
    for (auto const& listed : rights) {
        auto line = fmt::format("{:{}}  {:22}  {:{}}  {:36}  {}", printable(listed.named.text), widest,
                                listed.kind, listed.letters, widest_letters, guid_text(listed),
                                printable(fmt::format("{}", fmt::join(listed.others, ", "))));
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text + fmt::format("{}\n", counted(rights.size(), "right", "rights"));
}

nlohmann::ordered_json rights_json(std::vector<words::listed_right> const& rights) {
    auto rows = nlohmann::ordered_json::array();
    for (auto const& listed : rights) {
        nlohmann::ordered_json row{{"right", listed.named.text},
                                   {"kind", listed.kind},
                                   {"letters", listed.letters},
                                   {"mask", fmt::format("0x{:x}", listed.named.mask.bits)}};
        if (listed.named.type)
            row["guid"] = guid_text(listed);
        row["also"] = listed.others;
        rows.push_back(std::move(row));
    }
    return json_document("rights", {{"rights", std::move(rows)}});
}

std::string applications_text() {
    std::string text;
    for (auto const& form : words::application_forms) {
        text +=
            fmt::format("{:44}  {:6}  {:5}  {:15}  {}\n", with_class(form.words), flag_letters(form.flags),
                        form.has_class ? "CLASS" : "-", form.dotnet, form.dsacls.empty() ? "-" : form.dsacls);
    }
    return text;
}

nlohmann::ordered_json applications_json() {
    auto rows = nlohmann::ordered_json::array();
    for (auto const& form : words::application_forms) {
        auto const letters = flag_letters(form.flags);
        rows.push_back({{"words", with_class(form.words)},
                        {"flags", letters == "-" ? "" : letters},
                        {"names_class", form.has_class},
                        {"security_inheritance", form.dotnet},
                        {"dsacls", form.dsacls.empty() ? nlohmann::ordered_json(nullptr)
                                                       : nlohmann::ordered_json(form.dsacls)},
                        {"also", spellings_json(form.others)}});
    }
    return json_document("applications", {{"applications", std::move(rows)}});
}

} // namespace dsplan::render
