#include <ldif/comments.hpp>

#include <boost/test/unit_test.hpp>

using dsplan::ldif::with_comments;

BOOST_AUTO_TEST_SUITE(comments)

BOOST_AUTO_TEST_CASE(stay_in_front_of_their_lines) {
    BOOST_TEST(
        with_comments("dn: DC=x\na: 1\nb: 2\n\n", "# 1\ndn: DC=x\n# 2\n  more\na:1\n# 3\n# 4\nb: 2\n# 5") ==
        "# 1\ndn: DC=x\n# 2\n  more\na: 1\n# 3\n# 4\nb: 2\n# 5\n\n");
}

BOOST_AUTO_TEST_CASE(know_the_lines_that_the_writer_adds) {
    BOOST_TEST(with_comments("dn: DC=x\r\nchangetype: add\r\na: 1\r\n\r\n", "dn: DC=x\n# why\na: 1\n") ==
               "dn: DC=x\r\nchangetype: add\r\n# why\r\na: 1\r\n\r\n");
    BOOST_TEST(with_comments("dn: DC=x\nchangetype: modify\nadd: a\na: 1\n-\n\n",
                             "dn: DC=x\nchangetype: modify\nadd: a\na: 1\n# end\n") ==
               "dn: DC=x\nchangetype: modify\nadd: a\na: 1\n# end\n-\n\n");
}

BOOST_AUTO_TEST_CASE(an_explanation_is_made_once) {
    std::string const explained = "dn: DC=x\n# a SID\na:: AQ==\n\n";
    BOOST_TEST(with_comments(explained, "dn: DC=x\na:: AQ==\n") == explained);
    BOOST_TEST(with_comments(explained, explained) == explained);
}

BOOST_AUTO_TEST_SUITE_END()
