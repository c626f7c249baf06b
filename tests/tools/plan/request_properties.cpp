#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(request_properties)

using dsplan::exit_status;

namespace {

#define ROOT "DC=contoso,DC=com"
#define SID "S-1-5-21-1111111111-2222222222-3333333333-"

using generator = std::mt19937;

std::string one_of(generator& from, std::vector<std::string> const& choices) {
    return choices[from() % choices.size()];
}

std::string random_aces(generator& from) {
    std::vector<std::string> const aces{
        "(D;CI;DTSD;;;" SID "1105)",
        "(A;CI;RPWPCR;;;" SID "1200)",
        "(OA;CIIO;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;bf967aba-0de6-11d0-a285-00aa003049e2;" SID
        "1200)",
        "(OA;CIIO;RPWP;4c164200-20c0-11d0-a768-00aa006e0529;bf967aba-0de6-11d0-a285-00aa003049e2;" SID
        "1105)",
        "(A;;CCDC;;;" SID "1106)",
        "(XA;;WP;;;" SID "1106;(@USER.a == \"b\"))",
        "(A;CI;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;" SID "1201)"};
    std::string made;
    for (auto const& each : aces)
        if (from() % 2 == 0)
            made += each;
    return made;
}

std::string base_of(generator& from) {
    auto const account = [](std::string_view name, std::string_view classes, std::string_view rid,
                            std::string const& lines) {
        return entry_text(fmt::format("CN={},OU=Sales," ROOT, name), classes,
                          "O:DAG:DAD:AI(A;;RPWP;;;" SID "1106)S:AI",
                          sid_line(rid) + fmt::format("sAMAccountName: {}\n", name) + lines);
    };
    std::string const user = "top person organizationalPerson user";
    std::string const group = "groupType: -2147483646\n";
    return entry_text(ROOT, "top domain domainDNS", "O:BAG:BAD:AI(A;CI;LCRPLORC;;;AU)S:AI",
                      "instanceType: 5\n" + sid_line(test_domain_sid)) +
           entry_text("OU=Sales," ROOT, "top organizationalUnit",
                      "O:DAG:DAD:AI" + random_aces(from) + "S:AI") +
           entry_text("OU=Desks,OU=Sales," ROOT, "top organizationalUnit",
                      "O:DAG:DAD:AI" + random_aces(from) + "S:AI") +
           account("ruth", user, "1105", {}) + account("theo", user, "1106", {}) +
           account("Staff", "top group", "1200", group + "member: CN=ruth,OU=Sales," ROOT "\n") +
           account("Outer", "top group", "1201", group + "member: CN=Staff,OU=Sales," ROOT "\n");
}

std::string random_permission(generator& from) {
    auto const verb = one_of(from, {"grant", "grant", "deny", "revoke", "revoke"});
    auto made =
        fmt::format("[[{}]]\n{} = \"{}\"\non = \"{}\"\nrights = [\"{}\"]\napplies-to = \"{}\"\n", verb,
                    verb == "revoke" ? "from" : "to", one_of(from, {"Staff", "ruth", "theo", "Outer"}),
                    one_of(from, {"OU=Sales," ROOT, "OU=Desks,OU=Sales," ROOT}),
                    one_of(from, {"Reset Password", "write lockoutTime", "read+write lockoutTime",
                                  "write Account Restrictions", "create+delete computer", "full control",
                                  "delete", "change permissions\", \"take ownership"}),
                    one_of(from, {"this object and all descendant objects", "descendant user objects",
                                  "all descendant objects", "direct children",
                                  "this object and descendant computer objects"}));
    return verb == "revoke" ? made + "missing-is-ok = true\n" : made;
}

std::string random_members(generator& from) {
    return fmt::format(
        "[[members]]\ngroup = \"{}\"\nadd = [\"{}\"]\nremove = [\"{}\"]\nmissing-is-ok = true\n",
        one_of(from, {"Staff", "Outer"}), one_of(from, {"theo", "ruth"}), one_of(from, {"ruth", "Staff"}));
}

std::string random_edit(generator& from) {
    auto const on = "on = \"" + one_of(from, {"OU=Sales," ROOT, "OU=Desks,OU=Sales," ROOT}) + "\"\n";
    return one_of(from, {"[[owner]]\n" + on + "owner = \"BA\"\n",
                         "[[inheritance]]\n" + on + "set = \"block-copy\"\norder = \"keep\"\n",
                         "[[inheritance]]\n" + on + "set = \"block-drop\"\n",
                         "[[replace-trustee]]\n" + on + "old = \"Staff\"\nnew = \"Outer\"\n",
                         "[[audit]]\n" + on + "who = \"Everyone\"\nrights = \"change permissions\"\n",
                         "[[restore]]\n" + on + "as = \"class-default\"\n",
                         "[[state]]\n" + on + "aces = [ { ace = \"(A;CI;LCRPLORC;;;AU)\" } ]\n",
                         "[[clean]]\n" + on + "what = [\"subsumed\"]\nreport-only = false\n"});
}

std::vector<std::string> random_tables(generator& from) {
    std::vector<std::string> made;
    for (auto left = 1 + from() % 3; left > 0; --left) {
        auto const kind = from() % 6;
        made.push_back(kind == 0   ? random_members(from)
                       : kind <= 2 ? random_edit(from)
                                   : random_permission(from));
    }
    return made;
}

class planned_case {
public:
    explicit planned_case(std::string const& base) { write_file(file("base.ldf"), base); }

    [[nodiscard]] std::string file(std::string const& name) const {
        return (scratch_.path() / name).string();
    }

    command_run plan(std::vector<std::string> const& tables, std::string const& base,
                     std::string const& out) {
        std::string text = "format = 1\n";
        for (auto const& each : tables)
            text += each;
        write_file(file("request.toml"), text);
        return run_command({"plan", "request", file("request.toml"), "--base", file(base),
                            "--detailed-exitcode", "-o", file(out)});
    }

    // Imports one file of a plan, where the plan has it; the name of the export after it.
    std::string import_file(std::string const& base, std::string const& name) {
        if (!std::filesystem::exists(file(name)))
            return base;
        auto const after = fmt::format("after-{}.ldf", ++imports_);
        auto const run = run_command(
            {"ldif", "apply", file(name), "--to", file(base), "--no-propagation", "-o", file(after)});
        BOOST_TEST((run.status == exit_status::success), run.err);
        return after;
    }

    std::string import_all(std::string base, std::string const& out) {
        for (std::string const name : {"/01-descriptors.ldf", "/01-permissions.ldf", "/02-members.ldf"})
            base = import_file(base, out + name);
        return base;
    }

    // The change itself: without the digest of the plan, which names the order of the wishes.
    [[nodiscard]] std::string changes(std::string const& out) const {
        std::string made;
        for (std::string const name : {"/01-descriptors.ldf", "/01-permissions.ldf", "/02-members.ldf"}) {
            std::istringstream lines(read_file(file(out + name)));
            for (std::string line; std::getline(lines, line);)
                if (!line.starts_with("#"))
                    made += line + "\n";
        }
        return made;
    }

private:
    temporary_directory scratch_;
    int imports_ = 0;
};

void check_plan(unsigned seed, std::size_t& planned) {
    generator from(seed);
    planned_case each(base_of(from));
    auto tables = random_tables(from);
    auto const run = each.plan(tables, "base.ldf", "out");
    std::reverse(tables.begin(), tables.end());
    auto const reversed = each.plan(tables, "base.ldf", "reversed");
    BOOST_TEST((run.status == reversed.status), run.out + run.err + reversed.out + reversed.err);
    if (run.status != exit_status::planned)
        return;
    ++planned;
    BOOST_TEST(each.changes("out") == each.changes("reversed"));

    auto const after = each.import_all("base.ldf", "out");
    auto const again = each.plan(tables, after, "again");
    BOOST_TEST((again.status == exit_status::success), again.out + again.err);
    BOOST_TEST(again.out.find("No changes.") != std::string::npos, again.out);
    auto const verified = run_command({"verify", "--plan", each.file("out"), "--after", each.file(after)});
    BOOST_TEST((verified.status == exit_status::success), verified.out + verified.err);

    auto const restored = each.import_file(after, "out/rollback.ldf");
    auto const difference = run_command({"ldif", "diff", each.file("base.ldf"), each.file(restored)});
    BOOST_TEST((difference.status == exit_status::success), difference.out + difference.err);
}

} // namespace

// Whatever is asked for: done once it is done, the same in any order, undone by its rollback.
BOOST_AUTO_TEST_CASE(a_plan_is_idempotent_ordered_and_undone) {
    std::size_t planned = 0;
    for (unsigned seed = 1; seed <= 120; ++seed)
        BOOST_TEST_CONTEXT("seed " << seed) {
            check_plan(seed, planned);
        }
    BOOST_TEST(planned >= 50U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
#undef SID
