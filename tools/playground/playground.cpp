// What the page calls: the program itself, with files and streams in memory, and words for its forms.
#include <sddl/domain_sids.hpp>
#include <sddl/parse.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/command_line.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/words/applies_to.hpp>
#include <tools/dsplan/words/object_kind.hpp>
#include <tools/dsplan/words/right_list.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <emscripten.h>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace dsplan;
using nlohmann::json;

// The files stand where the command runs, so that messages name them as they were given.
void write_files(json const& files) {
    for (auto const& [name, text] : files.items())
        std::ofstream(name, std::ios::binary | std::ios::trunc) << text.get_ref<std::string const&>();
}

// What the page shows; the others would make it larger.
constexpr std::array known{commands::add_review, commands::add_access, commands::add_convert,
                           commands::add_explain, commands::add_diff};

json run_program(json const& call) {
    write_files(call.value("files", json::object()));
    std::istringstream in(call.value("input", std::string()));
    std::ostringstream out;
    std::ostringstream err;
    console console{.in = in, .out = out, .err = err};
    auto const status = run(call.at("arguments").get<std::vector<std::string>>(), console, known);
    return {{"status", static_cast<int>(status)}, {"out", out.str()}, {"err", err.str()}};
}

sddl::domain_sids domains_of(json const& call) {
    auto const domain = sddl::parse_sid(call.value("domain", std::string()));
    return domain ? sddl::domain_sids{.domain = *domain, .forest_root = *domain} : sddl::domain_sids{};
}

sddl::ace ace_of(bool allows, sddl::sid const& trustee, words::right const& right,
                 words::application const& where) {
    bool const has_types = right.type || where.inherited_type;
    sddl::ace made;
    if (allows)
        made.type = has_types ? sddl::ace_type::access_allowed_object : sddl::ace_type::access_allowed;
    else
        made.type = has_types ? sddl::ace_type::access_denied_object : sddl::ace_type::access_denied;
    made.flags = where.flags;
    made.mask = right.mask;
    made.object_type = right.type;
    made.inherited_object_type = where.inherited_type;
    made.trustee = trustee;
    return made;
}

json fault(std::string_view field, failure const& found) {
    return {{"field", field}, {"error", found.what}, {"detail", found.detail}};
}

// {"effect": "allow", "who": "AU", "right": "write description", "applies_to": "this object only"} as ACEs in
// SDDL.
json write_aces(json const& call) {
    auto const& known = directory::schema::built_in();
    auto const sids = domains_of(call);
    auto const trustee = sddl::parse_trustee(call.at("who").get<std::string>(), sids);
    if (!trustee)
        return fault("who", {message(trustee.error()), {}});
    auto const rights = words::parse_rights(call.at("right").get<std::string>(), known);
    if (!rights)
        return fault("right", rights.error());
    auto const places = words::parse_application(call.at("applies_to").get<std::string>(), known);
    if (!places)
        return fault("applies_to", places.error());
    auto aces = json::array();
    for (auto const& right : *rights)
        for (auto const& where : *places)
            aces.push_back(
                sddl::write_ace(ace_of(call.at("effect") == "allow", *trustee, right, where), sids));
    return {{"aces", std::move(aces)}};
}

// What the forms offer to choose from.
json form_words() {
    auto accounts = json::array();
    for (auto const& each : sddl::well_known_sids)
        accounts.push_back({{"name", each.name},
                            {"value", each.alias.empty() && each.scope == sddl::sid_scope::universal
                                          ? fmt::format("{}", each.value)
                                          : std::string(each.alias)}});
    auto places = json::array();
    for (auto const& form : words::application_forms)
        places.push_back(fmt::format(fmt::runtime(form.words), "user"));
    auto kinds = json::array();
    for (auto const& row : words::object_kinds())
        kinds.push_back({{"name", row.name}, {"words", row.words}});
    auto rights = json::array();
    for (auto const& each : words::list_rights(directory::schema::built_in(), {}))
        rights.push_back(each.named.text);
    return {{"accounts", std::move(accounts)},
            {"applies_to", std::move(places)},
            {"kinds", std::move(kinds)},
            {"rights", std::move(rights)}};
}

json answer_to(json const& call) {
    if (call.at("what") == "run")
        return run_program(call);
    return call.at("what") == "aces" ? write_aces(call) : form_words();
}

} // namespace

/// Takes {"what": "run", "arguments": ["explain", "-"], "input": "…", "files": {"base.ldf": "…"}} and gives
/// {"status", "out", "err"}; or {"what": "aces", …} or {"what": "words"}. The text that it gives stands until
/// the next call.
extern "C" EMSCRIPTEN_KEEPALIVE char const* dsplan_answer(char const* call) {
    static std::string answer;
    answer = answer_to(json::parse(call)).dump(-1, ' ', false, json::error_handler_t::replace);
    return answer.c_str();
}
