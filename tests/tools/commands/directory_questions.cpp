#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(directory_questions)

namespace {

#define ROOT "DC=contoso,DC=com"
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"

// The small domain with a unit whose telephone numbers Staff may write, and Ruth's too.
struct exported {
    temporary_directory scratch;
    std::string file = (scratch.path() / "export.ldf").string();

    explicit exported(std::string text = with_grant(small_domain())) { write_file(file, text); }

    static std::string with_grant(std::string text) {
        std::string const own = "O:DAG:DAD:AI(A;CIID;LCRPLORC;;;AU)";
        std::string const phone = ";WP;bf967a49-0de6-11d0-a285-00aa003049e2;;" DOMAIN_SID "-1200)";
        replace(text, "dn: OU=Sales," ROOT, own, "O:DAG:DAD:AI(OA;CI" + phone + "(A;CIID;LCRPLORC;;;AU)");
        for (auto const* const user : {"dn: CN=Ruth,", "dn: CN=Theo,"})
            replace(text, user, own, "O:DAG:DAD:AI(OA;CIID" + phone + "(A;CIID;LCRPLORC;;;AU)");
        return text;
    }

    static void replace(std::string& text, std::string const& dn, std::string const& from,
                        std::string const& to) {
        auto const old_line = descriptor_line(from);
        text.replace(text.find(old_line, text.find(dn)), old_line.size(), descriptor_line(to));
    }

    [[nodiscard]] command_run ask(std::vector<std::string> arguments, std::string const& input = {}) const {
        arguments.insert(arguments.begin() + 1, {"--base", file});
        return run_command(std::move(arguments), input);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(access_answers_one_right_with_its_reason) {
    exported const from;
    auto const yes = from.ask(
        {"access", "--who", "ruth", "--on", "CN=Theo,OU=Sales," ROOT, "--right", "write telephoneNumber"});
    BOOST_TEST(yes.out == "yes: ruth, write telephoneNumber on CN=Theo,OU=Sales," ROOT "\n"
                          "    (OA;CIID;WP;bf967a49-0de6-11d0-a285-00aa003049e2;;" DOMAIN_SID "-1200), "
                          "inherited from OU=Sales," ROOT "\n");
    BOOST_TEST((yes.status == dsplan::exit_status::success));
    auto const no = from.ask(
        {"access", "--who", "vera", "--on", "CN=Theo,OU=Sales," ROOT, "--right", "write telephoneNumber"});
    BOOST_TEST(no.out == "no: vera, write telephoneNumber on CN=Theo,OU=Sales," ROOT
                         "\n    no ACE allows it\n");
    BOOST_TEST((no.status == dsplan::exit_status::findings));
}

BOOST_AUTO_TEST_CASE(access_fills_its_lines_with_names) {
    exported const from;
    auto const out = from.ask({"access", "--who", "ruth", "--on", "CN=Theo,OU=Sales," ROOT}).out;
    auto const list = out.find("\nReads (");
    BOOST_TEST_REQUIRE(list != std::string::npos, out);
    auto const begin = out.find('\n', list + 1) + 1;
    auto const width = out.find('\n', begin) - begin;
    BOOST_TEST(width > 80U, out);
    BOOST_TEST(width <= 109U, out);
}

BOOST_AUTO_TEST_CASE(access_tells_everything_as_json) {
    exported const from;
    auto const run = from.ask({"access", "--who", "ruth", "--on", "CN=Theo,OU=Sales," ROOT, "--json"});
    auto const told = nlohmann::json::parse(run.out);
    BOOST_TEST(told.at("writable_attributes") == nlohmann::json({"telephoneNumber"}));
    BOOST_TEST(told.at("creatable_classes").empty());
    BOOST_TEST(told.at("deletable_classes").empty());
    BOOST_TEST(told.at("extended_rights").empty());
    BOOST_TEST(told.at("validated_writes").empty());
    BOOST_TEST(told.at("descriptor_rights") == 0);
    BOOST_TEST(told.at("object_rights") ==
               nlohmann::json({"list children", "list object", "read permissions"}));
    BOOST_TEST(told.at("readable_attributes").size() > 200U);
    BOOST_TEST(told.at("decided_by").at(0).at("from") == "OU=Sales," ROOT);
    BOOST_TEST(told.at("unknown").empty());
}

BOOST_AUTO_TEST_CASE(access_answers_line_by_line) {
    exported const from;
    auto const run = from.ask({"access", "--lines"},
                              "ruth\tCN=Theo,OU=Sales," ROOT "\r\nnobody\tx\nruth\tCN=X," ROOT "\nruth\n");
    std::vector<nlohmann::json> told;
    std::istringstream lines(run.out);
    for (std::string line; std::getline(lines, line);)
        told.push_back(nlohmann::json::parse(line));
    BOOST_REQUIRE(told.size() == 4U);
    BOOST_TEST(told[0].at("writable_attributes") == nlohmann::json({"telephoneNumber"}));
    BOOST_TEST(told[1].at("error") == "expected the name of one account of the export, found 'nobody'");
    BOOST_TEST(told[2].at("error") ==
               "expected the DN, SID or name of one object of the export, found 'CN=X," ROOT "'");
    BOOST_TEST(told[3].at("error") == "expected ACCOUNT, a tab and a DN");
    BOOST_TEST((run.status == dsplan::exit_status::findings));
}

BOOST_AUTO_TEST_CASE(access_says_what_the_export_lacks) {
    exported const from(small_domain() +
                        entry_text("CN=Bare,OU=Sales," ROOT, "top contact", "", "memberOf: CN=X," ROOT "\n"));
    auto const run = from.ask({"access", "--who", "ruth", "--on", "CN=Bare,OU=Sales," ROOT, "--json"});
    BOOST_TEST(nlohmann::json::parse(run.out).at("unknown") ==
               nlohmann::json({"the export has no nTSecurityDescriptor of the object"}));
    auto const right =
        from.ask({"access", "--who", "ruth", "--on", "CN=Bare,OU=Sales," ROOT, "--right", "delete"});
    BOOST_TEST((right.status == dsplan::exit_status::error));
}

BOOST_AUTO_TEST_CASE(access_refuses_a_right_that_the_schema_lacks) {
    exported const from;
    auto const run =
        from.ask({"access", "--who", "ruth", "--on", "CN=Theo,OU=Sales," ROOT, "--right", "write shoeSize"});
    BOOST_TEST(run.err == "error: expected the name of an attribute or a property set, found 'shoeSize'\n"
                          "  names are those of the schema; a forest with its own ones needs --schema\n");
    BOOST_TEST((run.status == dsplan::exit_status::error));
}

BOOST_AUTO_TEST_CASE(who_can_names_trustees_accounts_and_groups) {
    exported const from;
    auto const run = from.ask({"who-can", "--right", "write telephoneNumber", "--class", "user"});
    BOOST_TEST(run.out == "Who can: write telephoneNumber, on 4 objects\n"
                          "\n"
                          "  Administrators  on 1 object\n"
                          "      (A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA), AdminSDHolder\n"
                          "      adm in Administrators\n"
                          "\n"
                          "  Staff  on 2 objects\n"
                          "      (OA;CIID;WP;bf967a49-0de6-11d0-a285-00aa003049e2;;" DOMAIN_SID
                          "-1200), inherited from OU=Sales," ROOT "\n"
                          "      ruth in Staff\n");
    auto const one = from.ask({"who-can", "--right", "delete tree", "--on", "CN=Theo,OU=Sales," ROOT});
    BOOST_TEST(one.out == "Who can: delete tree, on 1 object\n  Nobody.\n");
    auto const never = from.ask({"who-can", "--right", "write memberOf", "--class", "user"});
    BOOST_TEST(never.out == "Who can: write memberOf, on 4 objects\n"
                            "  Nobody: the directory maintains memberOf: no client writes it.\n");
    auto const password = from.ask({"who-can", "--right", "write unicodePwd"});
    BOOST_TEST(password.err == "error: no right on properties writes unicodePwd\n"
                               "  ask for \"Reset Password\" or \"Change Password\"\n");
}

BOOST_AUTO_TEST_CASE(inherit_reports_what_is_missing_and_left_over) {
    exported const from;
    auto const run = from.ask({"inherit", "--below", "OU=Sales," ROOT});
    // Computers and groups did not get the unit's ACE in this export.
    BOOST_TEST(run.out.find("CN=PC1,OU=Sales," ROOT "\n    - missing  (OA;CIID;WP;") != std::string::npos,
               run.out);
    BOOST_TEST(run.out.find("    ? ") == std::string::npos, run.out);
    BOOST_TEST(run.out.ends_with(
                   "Inheritance: 4 objects equal to what the parents make, 4 different, 0 not known.\n"),
               run.out);
    BOOST_TEST((run.status == dsplan::exit_status::findings));
    auto const equal = from.ask({"inherit", "--on", "CN=Theo,OU=Sales," ROOT, "--lines"});
    BOOST_TEST(equal.out ==
               "{\"format\":\"dsplan.inherit-object\",\"version\":1,\"dn\":\"CN=Theo,OU=Sales," ROOT
               "\",\"equal\":true,\"missing\":[],\"extra\":[],\"order\":false,\"unknown\":null}\n");
    BOOST_TEST((equal.status == dsplan::exit_status::success));
}

BOOST_AUTO_TEST_CASE(inherit_says_why_it_cannot_know) {
    exported const from(entry_text("OU=Sales," ROOT, "top organizationalUnit", "O:DAG:DAD:AI"));
    auto const run = from.ask({"inherit", "--lines"});
    BOOST_TEST(nlohmann::json::parse(run.out).at("unknown") == "its parent is not in the export");
    BOOST_TEST((run.status == dsplan::exit_status::findings));
    BOOST_TEST(from.ask({"inherit"})
                   .out.starts_with("OU=Sales," ROOT "\n"
                                    "    ? its parent is not in the export\n"
                                    "Inheritance: 0 objects equal"));
}

BOOST_AUTO_TEST_CASE(effect_shows_gains_and_where_they_do_not_arrive) {
    exported const from(small_domain());
    auto const change = from.scratch.path() / "change.ldf";
    write_file(change,
               descriptor_change("OU=Closed," ROOT,
                                 "O:DAG:DAD:PAI(A;CI;LCRPLORC;;;AU)(A;CIIO;SD;;;" DOMAIN_SID "-1105)"));
    auto const run = from.ask({"effect", change.string()});
    BOOST_TEST(run.out == "Change: 1 record: 1 descriptor written. 2 descriptors change.\n"
                          "\n"
                          "Effect\n"
                          "  ruth\n"
                          "    + delete  on 1 user object: CN=Vera,OU=Closed," ROOT "\n"
                          "  Nobody else gains or loses anything.\n"
                          "  + (A;CIIO;SD;;;" DOMAIN_SID "-1105) on OU=Closed," ROOT
                          ": makes a difference on 1 object\n");
    BOOST_TEST((run.status == dsplan::exit_status::success));
}

#define SALES_ONLY "(XA;;WD;;;AU;(@User.Department == \"Sales\"))"

BOOST_AUTO_TEST_CASE(access_decides_conditions_with_the_claims_that_are_given) {
    exported const from(small_domain() +
                        entry_text("OU=Claims," ROOT, "top organizationalUnit", "O:DAG:DAD:P" SALES_ONLY));
    std::vector<std::string> const question{
        "access", "--who", "ruth", "--on", "OU=Claims," ROOT, "--right", "change permissions"};
    auto const ask = [&](std::string const& option, std::string const& claim) {
        auto arguments = question;
        if (!claim.empty())
            arguments.insert(arguments.end(), {option, claim});
        return from.ask(arguments);
    };
    BOOST_TEST(
        (ask("--user-claim", "(\"Department\",TS,0x0,\"Sales\")").status == dsplan::exit_status::success));
    BOOST_TEST(
        (ask("--user-claim", "(\"Department\",TS,0x0,\"Works\")").status == dsplan::exit_status::findings));
    auto const unknown = ask("", "");
    BOOST_TEST((unknown.status == dsplan::exit_status::findings));
    BOOST_TEST(unknown.err ==
               "warning: a conditional ACE asks for claims that are not known: one that allows is "
               "not counted, one that denies is\n");
    BOOST_TEST(
        ask("--device-claim", "(\"Department\",TS,0x0").err ==
        "error: --device-claim: expected ',' and a value, or ')', found the end of the resource attribute\n"
        "    (\"Department\",TS,0x0\n"
        "                        ^\n");
}

BOOST_AUTO_TEST_CASE(conditions_over_groups_need_no_claims) {
    exported const from(small_domain() + entry_text("OU=Claims," ROOT, "top organizationalUnit",
                                                    "O:DAG:DAD:P(XA;;WD;;;AU;(Member_of {SID(" DOMAIN_SID
                                                    "-1200)}))"));
    auto const run = from.ask({"who-can", "--right", "change permissions", "--on", "OU=Claims," ROOT});
    BOOST_TEST(run.out == "Who can: change permissions, on 1 object\n"
                          "\n"
                          "  S-1-5-11 (Authenticated Users)  on 1 object\n"
                          "      (XA;;WD;;;AU;(Member_of {SID(" DOMAIN_SID "-1200)})), explicit\n"
                          "      ruth\n"
                          "\n"
                          "  " DOMAIN_SID "-512 (Domain Admins) as owner  on 1 object\n"
                          "      ownership\n");
}

BOOST_AUTO_TEST_CASE(the_owner_of_a_computer_may_be_left_without_rights) {
    auto const pc = entry_text("CN=PC2,OU=Sales," ROOT, "top person organizationalPerson user computer",
                               "O:" DOMAIN_SID "-1105G:DAD:P");
    auto const heuristics = [&](std::string const& value) {
        exported const from(
            small_domain() + pc +
            entry_text("CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration," ROOT,
                       "top nTDSService", "O:DAG:DAD:AI", "dSHeuristics: " + value + "\n"));
        return from.ask(
            {"access", "--who", "ruth", "--on", "CN=PC2,OU=Sales," ROOT, "--right", "change permissions"});
    };
    BOOST_TEST((heuristics("00000000010000000002000000001").status == dsplan::exit_status::findings));
    BOOST_TEST((heuristics("00000000010000000002000000002").status == dsplan::exit_status::success));
    auto const unsaid = heuristics("0000000001");
    BOOST_TEST((unsaid.status == dsplan::exit_status::success));
    BOOST_TEST(unsaid.err ==
               "warning: whether the owner of a computer may change its permissions without an ACE "
               "depends on the domain controllers' updates: dSHeuristics does not say\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
#undef DOMAIN_SID
#undef SALES_ONLY
