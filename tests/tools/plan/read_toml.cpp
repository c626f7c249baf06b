#include <tools/dsplan/plan/request/read_toml.hpp>
#include <tools/dsplan/plan/request/write_toml.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(read_toml)

using namespace dsplan::plan;

namespace {

// What is wrong with a request, each error as people see it.
std::string errors_of(std::string const& text) {
    auto const read = dsplan::plan::read_toml(text, "request.toml");
    if (read)
        return "none";
    std::string errors;
    for (auto const& each : read.error())
        errors += each.what + "\n" + each.detail;
    return errors;
}

std::string const grant = "format = 1\n"
                          "[[grant]]\n"
                          "to = \"Helpdesk\"\n"
                          "on = \"OU=Sales,DC=contoso,DC=com\"\n"
                          "applies-to = \"descendant user objects\"\n"
                          "rights = [\"Reset Password\", \"read+write lockoutTime\"]\n";

} // namespace

BOOST_AUTO_TEST_CASE(a_grant_is_read) {
    auto const read = dsplan::plan::read_toml(grant, "request.toml").value();
    BOOST_TEST_REQUIRE(read.tables.size() == 1U);
    BOOST_TEST(place_text(read.tables[0].place) == "request.toml:2:1");
    auto const& table = std::get<permission_table>(read.tables[0].content);
    BOOST_TEST(table.trustee == "Helpdesk");
    BOOST_TEST(table.on.names.front() == "OU=Sales,DC=contoso,DC=com");
    BOOST_TEST(table.applies_to == "descendant user objects");
    BOOST_TEST(table.rights.size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again) {
    std::string const all =
        "format = 1\n"
        "title = \"Desk \\\"A\\\"\"\n"
        "[names]\n"
        "desk = \"S-1-5-21-1-2-3-1103\"\n"
        "[defaults]\n"
        "reason = \"ticket 12\"\n"
        "[[revoke]]\n"
        "from = \"desk\"\n"
        "on = [\"OU=A,DC=x\", { below = \"OU=B,DC=x\", class = \"organizationalUnit\", depth = "
        "\"one\" }]\n"
        "all = true\n"
        "sign = \"deny\"\n"
        "[[members]]\n"
        "group = \"Staff\"\n"
        "exactly = []\n"
        "allow-empty = true\n"
        "[[replace-trustee]]\n"
        "old = \"S-1-5-21-1-2-3-4711\"\n"
        "new = \"desk\"\n"
        "on = { below = \"DC=x\" }\n"
        "audit = false\n"
        "[[inheritance]]\n"
        "on = \"OU=A,DC=x\"\n"
        "set = \"block-drop\"\n"
        "[[owner]]\n"
        "on = \"OU=A,DC=x\"\n"
        "owner = \"Domain Admins\"\n"
        "[[deny]]\n"
        "to = \"Everyone\"\n"
        "on = \"OU=A,DC=x\"\n"
        "ace = \"(D;;DTSD;;;WD)\"\n";
    auto const read = dsplan::plan::read_toml(all, "all.toml").value();
    BOOST_TEST(read.tables.size() == 6U);
    auto again = dsplan::plan::read_toml(write_toml(read), "all.toml").value();
    for (std::size_t index = 0; index < again.tables.size(); ++index)
        again.tables[index].place = read.tables[index].place;
    BOOST_TEST((again == read), write_toml(read));
}

BOOST_AUTO_TEST_CASE(every_error_has_its_place_and_all_are_told) {
    BOOST_TEST(errors_of("format = 1\n[[grant]]\naplies-to = \"x\"\nto = 3\non = true\n") ==
               "request.toml:4:6: expected text for 'to', found a number or date\n"
               "request.toml:5:6: expected a DN or { below = DN } for 'on', found true or false\n"
               "request.toml:3:1: [[grant]] has no key 'aplies-to'\n"
               "  did you mean applies-to?\n");
    BOOST_TEST(errors_of("format = 1\n[[grant]]\nto = \"a\"\n") ==
               "request.toml:2:1: [[grant]] needs the key 'on'\n");
    BOOST_TEST(errors_of("format = 1\n[[grnat]]\n") ==
               "request.toml:2:3: a request has no key 'grnat'\n  did you mean grant?\n");
    BOOST_TEST(errors_of("[[grant]]\nto = \"a\"\non = \"b\"\n") ==
               "request.toml:1:1: a request needs the key 'format'\n  write: format = 1\n");
    BOOST_TEST(errors_of("format = 2\n[[grant]]\nto = \"a\"\non = \"b\"\n") ==
               "request.toml:1:10: expected format 1, found 2\n");
    BOOST_TEST(errors_of("format = 1\n[defaults]\naudt = true\n[[owner]]\non = \"b\"\nowner = \"a\"\n") ==
               "request.toml:3:1: no table has the key 'audt' of [defaults]\n");
    BOOST_TEST(errors_of("format = 1\n") ==
               "request.toml: the request asks for nothing\n"
               "  write a table: [[grant]], [[deny]], [[revoke]], [[members]], …\n");
    BOOST_TEST(errors_of("format = 1\n[[inheritance]]\non = \"b\"\nset = \"block\"\n") ==
               "request.toml:4:7: expected block-copy or block-drop or allow for 'set', found 'block'\n");
    BOOST_TEST(errors_of("format = 1\n[grant]\n") ==
               "request.toml:2:1: expected tables [[grant]], found a table\n");
}

BOOST_AUTO_TEST_CASE(what_is_no_toml_is_an_error_with_its_place) {
    BOOST_TEST(errors_of("format = \n").starts_with("request.toml:1:10: "));
    BOOST_TEST(errors_of("format = 1\nto = \"\xff\"\n").starts_with("request.toml:2:"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
