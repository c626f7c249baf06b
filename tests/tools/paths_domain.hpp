#pragma once
#include <ldif/reader.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/paths/control_paths.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

/// A domain whose root Server Admins may take over: Ann is in Helpdesk; Sync, in Server Admins, is what
/// somebody may take over first.
namespace paths_domain {

inline std::string const root = "DC=contoso,DC=com";
inline std::string const own = "O:DAG:DAD:AI(A;;GA;;;DA)";
inline std::string const user = "top person organizationalPerson user";
inline std::string const reset = "00299570-246d-11d0-a768-00aa006e0529";
inline std::string const keys = "5b47d60f-6090-40b2-9f37-2a4de88f3063";
inline std::string const ann = test_domain_sid + "-1101";
inline std::string const helpdesk = test_domain_sid + "-1200";
inline std::string const contractors = test_domain_sid + "-1201";

inline std::string account(std::string_view dn, std::string_view rid, std::string_view name,
                           std::string_view sddl = own, std::string_view lines = {},
                           std::string_view classes = user) {
    return entry_text(fmt::format("{},{}", dn, root), classes, sddl,
                      sid_line(rid) + fmt::format("sAMAccountName: {}\nuserAccountControl: 512\n", name) +
                          std::string(lines));
}

inline std::string members(std::vector<std::string> const& names) {
    std::string made;
    for (auto const& name : names)
        made += fmt::format("member: {},{}\n", name, root);
    return made;
}

inline std::string group(std::string_view dn, std::string_view rid, std::string_view name,
                         std::vector<std::string> const& of = {}, std::string_view sddl = own,
                         std::string_view lines = {}) {
    bool const is_built_in = rid.starts_with("S-1-5-32-");
    return entry_text(fmt::format("{},{}", dn, root), "top group", sddl,
                      sid_line(rid) + fmt::format("sAMAccountName: {}\n", name) +
                          (is_built_in ? "groupType: -2147483643\n" : "groupType: -2147483646\n") +
                          members(of) + std::string(lines));
}

inline std::string unit(std::string_view dn, std::string_view sddl = own, std::string_view lines = {}) {
    return entry_text(fmt::format("{},{}", dn, root), "top organizationalUnit", sddl, lines);
}

/// What every case has: `on_root` are further ACEs of the domain root.
inline std::string base(std::string_view on_root = {}) {
    auto const held = "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;LCRPLORC;;;AU)";
    return entry_text(root, "top domain domainDNS",
                      fmt::format("O:BAG:BAD:AI(A;;GA;;;DA)(A;;WD;;;{}-1310){}", test_domain_sid, on_root),
                      "instanceType: 5\n" + sid_line(test_domain_sid)) +
           entry_text("CN=System," + root, "top container", own) +
           entry_text("CN=AdminSDHolder,CN=System," + root, "top container", held) +
           entry_text("CN=Users," + root, "top container", own) +
           entry_text("CN=Builtin," + root, "top builtinDomain", own) + unit("OU=Staff") +
           unit("OU=Service") + group("CN=Domain Admins,CN=Users", "512", "Domain Admins", {}, held) +
           group("CN=Administrators,CN=Builtin", "S-1-5-32-544", "Administrators",
                 {"CN=Domain Admins,CN=Users"}, held) +
           group("CN=Server Admins,OU=Staff", "1310", "Server Admins", {"CN=Sync,OU=Service"}) +
           account("CN=Ann,OU=Staff", "1101", "ann");
}

inline std::string in_helpdesk(std::vector<std::string> const& more = {}) {
    auto names = more;
    names.insert(names.begin(), "CN=Ann,OU=Staff");
    return group("CN=Helpdesk,OU=Staff", "1200", "Helpdesk", names);
}

inline std::string sync_account(std::string_view sddl = own, std::string_view lines = {}) {
    return account("CN=Sync,OU=Service", "1300", "sync", sddl, lines);
}

inline std::vector<dsplan::ldif::record> records(std::string const& text) {
    std::vector<dsplan::ldif::record> made;
    auto reader = dsplan::ldif::reader::from_text(text);
    while (auto const* const next = reader.next().value())
        made.push_back(*next);
    return made;
}

struct options {
    bool conditional = false;
    std::string from{};
    dsplan::directory::schema const* known = &dsplan::directory::schema::built_in();
};

inline dsplan::paths::path_report ask(std::string const& text, std::string const& change,
                                      options const& how = {}) {
    using namespace dsplan;
    auto const exported = load_text(text);
    dsplan::directory::membership const of(exported);
    dsplan::effect::change_context const context{exported, *how.known, [](dsplan::directory::entry const*) {
                                                     return test_sids();
                                                 }};
    auto const projected = dsplan::effect::project(context, of, records(change)).value();
    dsplan::paths::path_question asked{
        .exported = exported, .known = *how.known, .sids = test_sids(), .with_conditional = how.conditional};
    for (auto const& each : exported.entries())
        if (!how.from.empty() && each.first(dsplan::directory::attribute::sam_account_name) == how.from)
            asked.from = static_cast<dsplan::paths::object_index>(&each - exported.entries().data());
    return change.empty() ? dsplan::paths::find_paths(asked, projected)
                          : dsplan::paths::compare_paths(asked, projected);
}

/// "Helpdesk reset-password sync, sync member Server Admins, … if …"
inline std::string text_of(dsplan::paths::control_path const& path) {
    std::string made;
    for (auto const& step : path.steps)
        made += fmt::format("{}{}{} {} {}{}{}", made.empty() ? "" : ", ", step.is_new ? "+" : "",
                            step.from.name, dsplan::paths::row_of(step.kind).id, step.to.name,
                            step.condition.empty() ? "" : " ", step.condition);
    return made;
}

using lines = std::vector<std::string>;

/// "2: Helpdesk reset-password sync, …" by the number of accounts.
inline lines ways(std::string const& text, options const& how = {}) {
    lines made;
    for (auto const& path : ask(text, {}, how).paths)
        made.push_back(fmt::format("{}: {}", path.sources.accounts, text_of(path)));
    return made;
}

/// "opens 2: …"
inline lines changes(std::string const& text, std::string const& change, options const& how = {}) {
    lines made;
    for (auto const& each : ask(text, change, how).changes)
        made.push_back(fmt::format("{}{} {}: {}", each.is_tier_zero_member ? "tier0-member " : "",
                                   name_of(each.what), each.path.sources.accounts, text_of(each.path)));
    return made;
}

} // namespace paths_domain

#define TEST_LINES(actual, ...) BOOST_TEST((actual) == (lines __VA_ARGS__), boost::test_tools::per_element())
