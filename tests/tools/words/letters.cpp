#include <sddl/parse.hpp>
#include <tools/dsplan/words/letters.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(words)
BOOST_AUTO_TEST_SUITE(letters)

using namespace dsplan;

namespace {

std::string letters(std::string_view text,
                    dsplan::words::object_kind kind = dsplan::words::object_kind::directory) {
    std::string all;
    for (auto const& group : dsplan::words::letters_of(dsplan::sddl::parse(text).value(), {}, kind)) {
        all += std::string(group.title) + ":";
        for (auto const& one : group.letters)
            all += " " + one.text;
        all += "\n";
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_that_occurs_once) {
    BOOST_TEST(
        letters("O:BAD:PAI(A;CIIO;CCRP;;;AU)(OA;CI;CC;bf967aba-0de6-11d0-a285-00aa003049e2;;S-1-5-21-1-2-3-4)"
                "S:(ML;;NW;;;LW)") == "Flags of a list: P AI\n"
                                      "Types of ACEs: A OA ML\n"
                                      "Flags of an ACE: CI IO\n"
                                      "Rights: CC RP\n"
                                      "Labels: NW\n"
                                      "Accounts: AU BA LW\n");
    BOOST_TEST(letters("D:") == "");
}

BOOST_AUTO_TEST_CASE(rights_in_the_words_of_the_kind) {
    auto const meaning = [](std::string_view text, dsplan::words::object_kind kind) {
        for (auto const& group : dsplan::words::letters_of(dsplan::sddl::parse(text).value(), {}, kind))
            if (group.title == "Rights")
                return group.letters.front().words;
        return std::string();
    };
    BOOST_TEST(meaning("D:(A;;CC;;;WD)", dsplan::words::object_kind::directory) ==
               "create children (0x1; ADS_RIGHT_DS_CREATE_CHILD)");
    BOOST_TEST(meaning("D:(A;;CC;;;WD)", dsplan::words::object_kind::service) ==
               "query the configuration (0x1; ADS_RIGHT_DS_CREATE_CHILD)");
    BOOST_TEST(meaning("D:(A;;0x1200a9;;;WD)", dsplan::words::object_kind::file) == "read and execute");
    BOOST_TEST(meaning("D:(A;;FA;;;WD)", dsplan::words::object_kind::file) == "file: full access (0x1f01ff)");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
